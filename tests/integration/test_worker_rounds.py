"""A round of the worker: registers ranked afresh each day, reports made again when the record changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from imp2art.audit.compare import EnginesDiffer
from imp2art.audit.reports.report_clock import Cause, Deadlines, MonthClock, Step, lateness
from imp2art.cli import rounds
from imp2art.cli.home import WORKER, now
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import month_end, month_ends
from imp2art.core.refusal import Refusal
from imp2art.store.models import ExtractImport
from imp2art.store.report_clock import open_month, opened_months, read_clock
from imp2art.store.scope import AuditEntry, PracticeScope
from tests.builders import build_issue, build_record
from tests.conftest import OURS, World, keep_people
from tests.integration.reviews import a_review, finish


@pytest.fixture
def treated(world: World) -> World:
    """Our person is treated, so that she is on the register."""
    month = now().date().strftime("%Y-%m")
    keep_people(
        OURS, [build_record(family_name="Ourcanary", issues=(build_issue(f"{month}-01"),))], now().date()
    )
    return world


def reports() -> int:
    from imp2art.store.models import ReportRow

    return ReportRow.objects.filter(practice_id=OURS).count()


def ended() -> date:
    """The end of the last whole month."""
    return now().date().replace(day=1) - timedelta(days=1)


def clock_of(month: date, practice: PracticeCode = OURS) -> MonthClock:
    clock = read_clock(practice, month)
    assert clock is not None
    return clock


def test_a_round_ranks_the_register_and_makes_the_month(treated: World, tmp_path: Path) -> None:
    rounds.go_round(tmp_path)
    assert [need.as_at for need in PracticeScope(OURS).needs()] == [now().date()]
    assert PracticeScope(OURS).report(month_end(now().date())) is not None


def test_a_round_with_nothing_new_keeps_nothing_new(treated: World, tmp_path: Path) -> None:
    rounds.go_round(tmp_path)
    rounds.go_round(tmp_path)
    assert reports() == 2  # the month so far, and the one that ended
    lines = len(clock_of(ended()).entries)
    rounds.go_round(tmp_path)
    assert (reports(), len(clock_of(ended()).entries)) == (2, lines)


def test_a_finished_review_makes_the_month_again(treated: World, tmp_path: Path) -> None:
    rounds.go_round(tmp_path)
    finish(a_review(treated.our_person, "d" * 32, at=now()))
    rounds.go_round(tmp_path)
    assert reports() == 3  # of the month so far only: what ended is not made again for it


def test_one_practice_that_refuses_does_not_stop_the_next(
    treated: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rounds.rank_register

    def refuse_first(actor: object, practice: str, *rest: object) -> int:
        if practice == OURS:
            raise Refusal("not today")
        return real(actor, practice, *rest)

    monkeypatch.setattr(rounds, "rank_register", refuse_first)
    rounds.go_round(tmp_path)
    assert PracticeScope(treated.theirs).report(month_end(now().date())) is not None


def test_a_round_makes_the_ended_month_as_at_its_end_and_notes_each_step(
    treated: World, tmp_path: Path
) -> None:
    rounds.go_round(tmp_path)
    kept = PracticeScope(OURS).report(ended())
    assert kept is not None
    assert kept.body["month_ends"][-1] == ended().isoformat()
    clock = clock_of(ended())
    assert [entry.step for entry in clock.entries] == [Step.DUE, Step.RECEIVED, Step.ACCEPTED, Step.RUN]
    assert clock.entries[2].by == "Olive Operator"
    assert lateness(clock, now().date()) == ()  # the practice joined today
    codes = [check["code"] for check in clock.entries[3].facts["checks"]]
    assert codes == ["engines", "covered", "register", "rejected", "jumped", "not-configured"]


def test_an_extract_that_does_not_cover_the_month_leaves_it_waiting(treated: World, tmp_path: Path) -> None:
    keep_people(treated.theirs, [build_record(2)], ended() - timedelta(days=1))
    rounds.go_round(tmp_path)
    assert clock_of(ended(), treated.theirs).step is Step.DUE


def test_a_newer_extract_makes_the_ended_month_again(treated: World, tmp_path: Path) -> None:
    rounds.go_round(tmp_path)
    first = clock_of(ended()).standing[Step.RUN]
    keep_people(OURS, [build_record(family_name="Ourcanary", issues=())], now().date())
    newest = ExtractImport.objects.filter(practice_id=OURS).latest("id")
    ExtractImport.objects.filter(pk=newest.pk).update(accepted_at=now())
    rounds.go_round(tmp_path)
    again = clock_of(ended()).standing[Step.RUN]
    assert again.report != first.report


def test_an_audit_that_cannot_be_made_is_tried_once_a_day_and_named_on_the_clock(
    treated: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[date] = []

    def refuse(actor: object, practice: str, library: object, on: date, at: object) -> None:
        tried.append(on)
        raise EnginesDiffer("The two engines differ.")

    monkeypatch.setattr(rounds, "audit_practice", refuse)
    for _ in range(3):
        rounds.go_round(tmp_path)
    assert tried.count(ended()) == 2  # once for each practice
    newest = clock_of(ended()).entries[-1]
    assert (newest.step, newest.of, newest.owner) == (Step.DELAYED, Step.RUN, "site operator")
    assert (newest.cause, newest.words) == (Cause.ENGINES_DIFFER, "The two engines differ.")


def test_nothing_is_late_silently_while_the_worker_stands_still(treated: World, tmp_path: Path) -> None:
    three = month_ends(ended(), 3)
    entry = AuditEntry(now(), WORKER, "report-due")
    open_month(treated.theirs, three[0], three[0], Deadlines(), entry)
    rounds.go_round(tmp_path)
    assert sorted(opened_months(treated.theirs)) == list(three)
    late = lateness(clock_of(three[1], treated.theirs), now().date())
    assert late[0].is_silent
