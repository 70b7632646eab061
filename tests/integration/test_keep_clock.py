"""What the import writes on a practice's clock, and who may write on one at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from imp2art.access.rights import MayNot
from imp2art.audit.reports.report_clock import Cause, Deadlines, MonthClock, Step, lateness
from imp2art.cli.main import app
from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.flows.keep_clock import note_delay, note_extract, note_run, open_clocks
from imp2art.store import report_clock as clocks
from imp2art.store.scope import AuditEntry
from tests.builders import AT, OPERATOR
from tests.conftest import OURS, World
from tests.extract_files import write_files

OCTOBER = date(2026, 10, 31)
SEPTEMBER = date(2026, 9, 30)
TODAY = date(2026, 11, 24)


@pytest.fixture
def run(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IMP2ART_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("IMP2ART_SECRET_KEY", "a secret of the tests")
    for month in (SEPTEMBER, OCTOBER):
        entry = AuditEntry(AT, OPERATOR, "report-due")
        clocks.open_month(OURS, month, month, Deadlines(), entry)
    return lambda *words: CliRunner().invoke(app, ["import", *map(str, words)])


def clock_of(month: date) -> MonthClock:
    clock = clocks.read_clock(OURS, month)
    assert clock is not None
    return clock


def newest(tmp_path: Path) -> Path:
    """An extract of our practice that is newer than the one in force."""
    return write_files(tmp_path / "newest", taken_on="2026-11-22")


def test_an_extract_that_waits_for_a_person_is_received_and_not_accepted(run, tmp_path: Path) -> None:
    assert run(newest(tmp_path), "--reason", "the register was cleaned").exit_code == 3
    assert clock_of(OCTOBER).step is Step.RECEIVED
    run(newest(tmp_path), "--reason", "the register was cleaned")
    assert [entry.step for entry in clock_of(OCTOBER).entries] == [Step.DUE, Step.RECEIVED]


def test_a_check_alone_writes_nothing(run, tmp_path: Path) -> None:
    run(newest(tmp_path), "--check")
    assert clock_of(OCTOBER).step is Step.DUE


def test_a_register_that_moved_without_a_reason_is_the_named_cause(run, tmp_path: Path) -> None:
    assert run(newest(tmp_path), "--accept").exit_code == 1  # from 1 person on the register to 2
    named = clock_of(OCTOBER).entries[-1]
    assert (named.step, named.cause, named.of) == (Step.DELAYED, Cause.REGISTER_MOVED, Step.ACCEPTED)
    late = {each.step: each.cause for each in lateness(clock_of(OCTOBER), TODAY)}
    assert late[Step.ACCEPTED] is Cause.REGISTER_MOVED


def test_an_accepted_extract_is_noted_for_every_month_that_it_covers(world: World) -> None:
    months = open_clocks(OPERATOR, OURS, TODAY, AT, Deadlines())
    assert months == (OCTOBER,)
    clock = note_extract(OPERATOR, OURS, OCTOBER, AT)
    assert clock.step is Step.ACCEPTED
    again = note_extract(OPERATOR, OURS, OCTOBER, AT)
    assert again == clock


def test_a_run_is_noted_only_where_there_is_a_report(world: World) -> None:
    open_clocks(OPERATOR, OURS, TODAY, AT, Deadlines())
    with pytest.raises(Refusal, match="No report"):
        note_run(OPERATOR, OURS, OCTOBER, AT)


def test_a_month_without_a_clock_is_not_there(world: World) -> None:
    with pytest.raises(NotHere):
        note_extract(OPERATOR, OURS, OCTOBER, AT)


@pytest.mark.parametrize("role", [Role.NURSE, Role.MANAGER, Role.FACILITATOR, Role.RESEARCHER])
def test_who_keeps_no_clock_writes_nothing_on_one(world: World, role: Role) -> None:
    open_clocks(OPERATOR, OURS, TODAY, AT, Deadlines())
    practice = OURS if (role, OURS) in world.actors else None
    actor: Actor = world.actors[role, practice]
    with pytest.raises((MayNot, NotHere)):
        note_delay(actor, OURS, OCTOBER, AT, Step.RECEIVED, Cause.NOT_SENT, "Ann")
    assert clock_of(OCTOBER).step is Step.DUE
    assert len(clock_of(OCTOBER).entries) == 1
    assert clocks.read_clock(PracticeCode("Z99999"), OCTOBER) is None
