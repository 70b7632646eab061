"""A round of the worker: registers ranked afresh each day, reports made again when the record changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from imp2art.cli import rounds
from imp2art.cli.home import now
from imp2art.core.period import month_end
from imp2art.store.scope import PracticeScope
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


def test_a_round_ranks_the_register_and_makes_the_month(treated: World, tmp_path: Path) -> None:
    rounds.go_round(tmp_path)
    assert [need.as_at for need in PracticeScope(OURS).needs()] == [now().date()]
    assert PracticeScope(OURS).report(month_end(now().date())) is not None


def test_a_round_with_nothing_new_keeps_nothing_new(treated: World, tmp_path: Path) -> None:
    rounds.go_round(tmp_path)
    rounds.go_round(tmp_path)
    assert reports() == 1


def test_a_finished_review_makes_the_month_again(treated: World, tmp_path: Path) -> None:
    rounds.go_round(tmp_path)
    finish(a_review(treated.our_person, "d" * 32, at=now()))
    rounds.go_round(tmp_path)
    assert reports() == 2


def test_one_practice_that_refuses_does_not_stop_the_next(
    treated: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imp2art.core.refusal import Refusal

    real = rounds.rank_register

    def refuse_first(actor: object, practice: str, *rest: object) -> int:
        if practice == OURS:
            raise Refusal("not today")
        return real(actor, practice, *rest)

    monkeypatch.setattr(rounds, "rank_register", refuse_first)
    rounds.go_round(tmp_path)
    assert PracticeScope(treated.theirs).report(month_end(now().date())) is not None
