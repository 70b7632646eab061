"""A plugin of pytest: a test of the clinical safety file that is left out, or is not there, fails the run.

A failing test fails the run by itself. A run of some tests only is held to those; a run of all of them is
held to the whole file. With several workers, the one that gathers the reports decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pytest

from scripts.clinical_safety.registers import SafetyFile, read_safety_file


@dataclass
class Outcomes:
    """What became of each test, without the brackets of its cases."""

    passed: set[str] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)

    def note(self, report: pytest.TestReport) -> None:
        """Keep one report. A case that is left out leaves the whole test not verified."""
        name = report.nodeid.split("[", 1)[0]
        if report.skipped:
            self.left_out[name] = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else "")
        elif report.passed and report.when == "call":
            self.passed.add(name)


def not_verified(safety: SafetyFile, outcomes: Outcomes, whole: bool) -> tuple[str, ...]:
    """A sentence for each test of the file that this run did not verify."""
    allowed = {test.id for test in safety.may_skip}
    named = [test for test in safety.tests if test not in allowed]
    return (*_left_out(named, outcomes.left_out), *(_not_run(named, outcomes) if whole else ()))


def _left_out(named: Iterable[str], left_out: Mapping[str, str]) -> Iterable[str]:
    for test in named:
        if test in left_out:
            yield f"{test} was left out ({left_out[test]}): see docs/clinical_safety/may_skip.toml."


def _not_run(named: Iterable[str], outcomes: Outcomes) -> Iterable[str]:
    for test in named:
        if test not in outcomes.passed and test not in outcomes.left_out:
            yield f"{test} did not pass in this run, though it verifies a control."


class SafetyRun:
    """Gathers the outcomes of one run and gives its verdict at the end."""

    def __init__(self, safety: SafetyFile) -> None:
        self.safety = safety
        self.outcomes = Outcomes()
        self.sentences: tuple[str, ...] = ()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Every report of this process and of its workers."""
        self.outcomes.note(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Turn a green run red where something was not verified; a red one has its own words."""
        if exitstatus != pytest.ExitCode.OK:
            return
        self.sentences = not_verified(self.safety, self.outcomes, _whole(session.config))
        if self.sentences:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was not verified, below the summary of the run."""
        for sentence in self.sentences:
            terminalreporter.write_line(f"clinical safety: {sentence}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Only where reports are gathered: a worker sees a part of them."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        config.pluginmanager.register(SafetyRun(read_safety_file()), "clinical-safety")


def _whole(config: pytest.Config) -> bool:
    chosen = config.option.keyword or config.option.markexpr or config.option.maxfail
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen
