"""Chapter 6. Who comes first.

Worst first: by the level of the worst flag, then by how many there are of it, then by how many in all.
"""

from datetime import date

from imp2art.asthma.need import Need, rank_need
from imp2art.asthma.plan.state import PlanState
from tests.spec.people import (
    ADMISSION,
    ATTACK,
    ATTENDANCE,
    DECLINED,
    LIBRARY,
    SALBUTAMOL,
    SMOKER,
    TODAY,
    Life,
    person,
    someone_with_asthma,
)

settled = someone_with_asthma()


def need_of(life: Life) -> Need:
    return rank_need(life.record, LIBRARY, TODAY, TODAY)


def test_the_order_is_worst_first():
    lives = {
        "nothing": settled,
        "smokes": settled.coded(SMOKER, "2026-01-05"),
        "five relievers": settled.took(SALBUTAMOL, "2026-10-05", quantity="4"),
        "nine relievers": settled.took(SALBUTAMOL, "2026-10-05", quantity="8"),
        "nine relievers and an admission": settled.took(SALBUTAMOL, "2026-10-05", quantity="8")
        .coded(ADMISSION, "2026-02-01")
        .reviewed("2026-02-02"),
        "emergency care, not followed up": settled.coded(ATTENDANCE, "2026-11-12"),
    }
    ranked = sorted(lives, key=lambda name: need_of(lives[name]).priority)
    assert ranked == list(reversed(lives))


def test_the_flags_are_told_most_urgent_first():
    life = (
        settled.coded(SMOKER, "2026-01-05")
        .coded(ATTENDANCE, "2026-11-12")
        .took(SALBUTAMOL, "2026-10-05", quantity="8")
    )
    levels = [flag.level for flag in need_of(life).flags]
    assert levels == sorted(levels)
    assert need_of(life).flags[0].rule == "attack-not-followed-up"


def test_those_who_need_you_first_have_a_flag_of_level_1():
    assert need_of(settled.coded(ATTACK, "2026-11-12")).first
    assert not need_of(settled.coded(ATTACK, "2026-03-12")).first


def test_the_next_review_is_due_twelve_months_after_the_last():
    assert need_of(settled).review_due == date(2027, 5, 11)
    assert need_of(person().diagnosed("2019")).review_due is None


class TestHowThePlanStands:
    def test_made_here_this_year(self):
        assert need_of(settled).plan_state is PlanState.CURRENT

    def test_coded_elsewhere_this_year(self):
        assert need_of(person().given_plan("2026-05-11", source="extract")).plan_state is PlanState.OUTSIDE

    def test_a_plan_of_ours_and_an_extract_row_of_the_same_day_is_ours(self):
        life = person().given_plan("2026-05-11", source="extract").given_plan("2026-05-11")
        assert need_of(life).plan_state is PlanState.CURRENT

    def test_overtaken_by_an_attack(self):
        assert need_of(settled.coded(ATTACK, "2026-06-12")).plan_state is PlanState.REPLACED

    def test_over_a_year_old(self):
        assert need_of(person().given_plan("2025-11-23")).plan_state is PlanState.STALE

    def test_declined(self):
        assert need_of(person().coded(DECLINED, "2026-05-11")).plan_state is PlanState.DECLINED

    def test_declined_and_then_given(self):
        life = person().coded(DECLINED, "2026-05-11").given_plan("2026-06-11")
        assert need_of(life).plan_state is PlanState.CURRENT

    def test_none(self):
        assert need_of(person()).plan_state is PlanState.NONE
