"""What a person looks at before a month's report is released, and what forbids its release.

A check answers with a code, a grade and a number; the sentences are in content/clock.toml. `STOP`
forbids the release. `LOOK` asks for a look: whoever releases takes it upon themselves, by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from imp2art.audit.register import REGISTER_SLUG
from imp2art.audit.reports.report import AuditReport, Verdict
from imp2art.audit.reports.report_clock import ORDER, MonthClock, Step
from imp2art.core.refusal import Refusal

# An import asks for a reason where the register moves by more than this; so does a report.
MOST_MOVED = 0.2
# [C] a choice of this project, for the reader of the list: no source gives a limit.
MOST_REJECTED = 0.01
OLDEST_DATA_DAYS = 45


class Version(StrEnum):
    """Which report a practice gets; its trial arm decides. Stored names: never rename one."""

    STANDARD = "standard"
    IMP2ART = "imp2art"


class Grade(StrEnum):
    """How a check turned out."""

    OK = "ok"
    NOTE = "note"  # to be known, the same for every practice of the site: nothing to look into
    LOOK = "look"
    STOP = "stop"


class CheckCode(StrEnum):
    """What is looked at."""

    ENGINES = "engines"  # number: differences between the two engines
    COVERED = "covered"  # number: days of the month that the extract does not cover
    DATA_AGE = "data-age"  # number: days from the extract to the check
    REGISTER = "register"  # number: per cent that the register moved since the month before
    REJECTED = "rejected"  # number: rejected rows
    JUMPED = "jumped"  # number: indicators beyond what chance alone would give
    NOT_CONFIGURED = "not-configured"  # number: indicators that lack a codelist
    VERSION = "version"  # number: 0 where nobody said which version the practice gets


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    """One line of the list. `slugs` names the indicators concerned."""

    code: CheckCode
    grade: Grade
    number: int
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractRows:
    """How many rows the extract had, and how many of them were rejected."""

    rows: int
    rejected: int

    @classmethod
    def of(cls, counts: Mapping[str, Any]) -> ExtractRows:
        """From the counts that an accepted import keeps."""
        tables = counts.get("tables", {}).values()
        return cls(sum(table["rows"] for table in tables), sum(table["rejected"] for table in tables))


def check_report(report: AuditReport, rows: ExtractRows) -> tuple[ReleaseCheck, ...]:
    """The checks that the report itself answers, kept with its run."""
    return tuple(_checks(report, rows))


def checks_now(
    kept: tuple[ReleaseCheck, ...], taken_on: date, version: Version | None, today: date
) -> tuple[ReleaseCheck, ...]:
    """Every check in the order of the list: those kept with the run, and those that a day can change."""
    age = (today - taken_on).days
    return (
        *kept,
        _graded(CheckCode.DATA_AGE, age, look=age > OLDEST_DATA_DAYS),
        _graded(CheckCode.VERSION, int(version is not None), stop=version is None),
    )


def _checks(report: AuditReport, rows: ExtractRows) -> Iterator[ReleaseCheck]:
    differences, taken_on = report.checks.differences, report.manifest.extract_taken_on
    nothing_compared = report.checks.people > 0 and not report.checks.comparisons
    yield _graded(CheckCode.ENGINES, differences, stop=differences > 0 or nothing_compared)
    missing = max(0, (report.as_at - taken_on).days)
    yield _graded(CheckCode.COVERED, missing, stop=missing > 0)
    moved = _register_moved(report)
    yield _graded(CheckCode.REGISTER, round(moved * 100), look=abs(moved) > MOST_MOVED)
    share = rows.rejected / rows.rows if rows.rows else 0.0
    yield _graded(CheckCode.REJECTED, rows.rejected, look=share > MOST_REJECTED)
    jumped = tuple(
        each.slug for each in report.series if each.verdict not in (Verdict.WITHIN_CHANCE, Verdict.TOO_FEW)
    )
    yield _graded(CheckCode.JUMPED, len(jumped), look=bool(jumped), slugs=jumped)
    lacking = tuple(report.not_configured)
    grade = Grade.NOTE if lacking else Grade.OK
    yield ReleaseCheck(CheckCode.NOT_CONFIGURED, grade, len(lacking), lacking)


def _graded(
    code: CheckCode, number: int, *, look: bool = False, stop: bool = False, slugs: tuple[str, ...] = ()
) -> ReleaseCheck:
    return ReleaseCheck(code, Grade.STOP if stop else Grade.LOOK if look else Grade.OK, number, slugs)


def _register_moved(report: AuditReport) -> float:
    """By what share the register grew or shrank since the month before; 0 where there is none before."""
    series = report.series_of(REGISTER_SLUG)
    if series is None or len(series.figures) < 2:
        return 0.0
    before, now = series.figures[-2].numerator, series.newest.numerator
    return (now - before) / before if before else 0.0


def check_may_release(clock: MonthClock, checks: tuple[ReleaseCheck, ...], checker_id: str) -> None:
    """Raise `Refusal` where this month may not be released, or not by this person."""
    if clock.held:
        raise Refusal("This report is held back. Resume it first.")
    if ORDER.index(clock.step) < ORDER.index(Step.RUN):
        raise Refusal("This month's report is not made yet: there is nothing to release.")
    if any(check.grade is Grade.STOP for check in checks):
        stopped = ", ".join(check.code.value for check in checks if check.grade is Grade.STOP)
        raise Refusal(f"A check forbids it: {stopped}.")
    if clock.standing[Step.RUN].actor_id == checker_id:
        raise Refusal("You ran this report by hand, so someone else must check and release it.")


def check_given(version: Version | None) -> Version:
    """The version that a practice gets. Raises `Refusal` where nobody said."""
    if version is None:
        raise Refusal("Nobody said yet which version of the report this practice gets.")
    return version


def check_prepared(given: Version | None, prepared: Version) -> Version:
    """The version that a practice gets. Raises `Refusal` where what was prepared is another."""
    if check_given(given) is not prepared:
        raise Refusal("The report that was prepared is not of the version that this practice gets.")
    return prepared
