"""Plans again: agreed, given in the review, once made, and made anew when something changed."""

from __future__ import annotations

from datetime import date

import pytest

from imp2art.record.patient import Registration, RegistrationKind
from tests.audit_people import CodedEvent, entry, issue, outcome_of, someone
from tests.spec.plan_codes import HAS_PLAN, PLAN_AGREED, PLAN_REVIEWED, coded

DIAGNOSED, TREATED = entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01")
DAY = "2026-10-31"


def answer(slug: str, *entries, treated=TREATED) -> str:
    return outcome_of(slug, someone(DIAGNOSED, treated, *entries), DAY)


# --- has a plan, in a narrower and in a wider sense ---------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"), [(PLAN_AGREED, "met"), (PLAN_REVIEWED, "met"), (HAS_PLAN, "not met")]
)
def test_that_someone_has_a_plan_does_not_say_that_it_was_agreed(code, expected):
    assert answer("plan-agreed", coded(code, "2026-06-01")) == expected
    assert answer("plan-12-months", coded(code, "2026-06-01")) == "met"


def test_an_agreement_of_long_ago_counts_no_more():
    assert answer("plan-agreed", coded(PLAN_AGREED, "2025-06-01")) == "not met"


def test_a_plan_of_ten_years_ago_was_once_made():
    assert answer("plan-ever", entry("asthma-plan", "2016-06-01")) == "met"
    assert answer("plan-12-months", entry("asthma-plan", "2016-06-01")) == "not met"
    assert answer("plan-ever") == "not met"


def test_off_the_register_nobody_s_plan_counts():
    planned = someone(entry("asthma-plan", "2026-06-01"))
    for slug in ("plan-ever", "plan-agreed", "plan-in-review", "education-12-months"):
        assert outcome_of(slug, planned, DAY) == "outside"


# --- given in the review -----------------------------------------------------------------------------


def test_a_plan_is_given_in_the_review_where_both_are_of_one_day():
    review = entry("asthma-review", "2026-06-10")
    assert answer("plan-in-review", review, entry("asthma-plan", "2026-06-10")) == "met"
    assert answer("plan-in-review", review, entry("asthma-plan", "2026-06-11")) == "not met"


def test_attacks_need_not_be_counted_for_it_as_they_must_for_the_contract():
    both = (entry("asthma-review", "2026-06-10"), entry("asthma-plan", "2026-06-10"))
    assert answer("plan-in-review", *both) == "met"
    assert answer("qof-ast007", *both) == "not met"


def test_both_in_one_month_cannot_be_told_to_be_of_one_day():
    both = (entry("asthma-review", "2026-06"), entry("asthma-plan", "2026-06"))
    assert answer("plan-in-review", *both) == "cannot tell"


# --- education ---------------------------------------------------------------------------------------


def test_education_counts_for_12_months():
    assert answer("education-12-months", entry("self-management-education", "2026-06-01")) == "met"
    assert answer("education-12-months", entry("self-management-education", "2025-06-01")) == "not met"


# --- made anew after an attack -----------------------------------------------------------------------

ATTACKS: list[tuple[str, CodedEvent | object]] = [
    ("attack code", entry("exacerbation", "2026-02-01")),
    ("admission", entry("emergency-admission", "2026-02-01")),
    ("emergency department", entry("emergency-attendance", "2026-02-01")),
    ("steroid course", issue("oral-steroid", "2026-02-01", "40", "tablet")),
]


@pytest.mark.parametrize("attack", [each for _, each in ATTACKS], ids=[name for name, _ in ATTACKS])
@pytest.mark.parametrize(
    ("plan", "expected"), [("2026-01-31", "not met"), ("2026-02-01", "met"), ("2026-09-01", "met")]
)
def test_a_plan_is_made_anew_on_the_day_of_the_attack_or_later(attack, plan, expected):
    assert answer("plan-updated-after-attack", attack, entry("asthma-plan", plan)) == expected


def test_a_plan_before_the_attack_is_current_and_not_made_anew():
    before = (entry("asthma-plan", "2026-01-10"), entry("exacerbation", "2026-02-01"))
    assert answer("plan-after-attack", *before) == "met"
    assert answer("plan-updated-after-attack", *before) == "not met"


def test_the_latest_attack_counts():
    attacks = (entry("exacerbation", "2026-02-01"), entry("exacerbation", "2026-08-01"))
    assert answer("plan-updated-after-attack", *attacks, entry("asthma-plan", "2026-05-01")) == "not met"


def test_without_an_attack_this_year_nobody_needs_a_new_plan():
    old = entry("exacerbation", "2025-02-01")
    assert answer("plan-updated-after-attack", old, entry("asthma-plan", "2026-05-01")) == "outside"


def test_a_plan_of_some_day_in_the_month_of_the_attack_cannot_be_told():
    entries = (entry("exacerbation", "2026-02-10"), entry("asthma-plan", "2026-02"))
    assert answer("plan-updated-after-attack", *entries) == "cannot tell"


# --- made anew after a change of medicine ------------------------------------------------------------

MONTELUKAST = issue("ltra", "2026-07-01", "28", "tablet")
LONG_ON_ICS = (issue("ics", "2025-09-01"), issue("ics", "2026-03-01"))


@pytest.mark.parametrize(
    ("plan", "expected"), [("2026-06-30", "not met"), ("2026-07-01", "met"), ("2026-10-01", "met")]
)
def test_a_plan_is_made_anew_when_a_new_kind_of_medicine_begins(plan, expected):
    entries = (*LONG_ON_ICS, MONTELUKAST, entry("asthma-plan", plan))
    assert answer("plan-updated-after-regimen", *entries) == expected


def test_more_of_the_same_is_no_change():
    same = (*LONG_ON_ICS, issue("ics", "2024-12-01"))
    assert answer("plan-updated-after-regimen", *same, entry("asthma-plan", "2026-07-02")) == "outside"


def test_another_product_of_the_same_kind_is_no_change():
    first, second = issue("ltra", "2025-10-01", place=0), issue("ltra", "2026-08-01", place=1)
    assert answer("plan-updated-after-regimen", first, second, treated=first) == "outside"


def test_a_medicine_taken_up_again_after_a_year_is_a_change():
    again = (issue("ics", "2024-06-01"), issue("ics", "2026-06-01"))
    assert answer("plan-updated-after-regimen", *again) == "not met"


def test_of_someone_who_came_within_two_years_nobody_knows_what_is_new():
    def of_someone_here_since(day: date) -> str:
        spells = (Registration(day, None, RegistrationKind.GMS),)
        record = someone(DIAGNOSED, *LONG_ON_ICS, MONTELUKAST, spells=spells)
        return outcome_of("plan-updated-after-regimen", record, DAY)

    assert of_someone_here_since(date(2024, 10, 31)) == "not met"
    assert of_someone_here_since(date(2024, 11, 1)) == "outside"
