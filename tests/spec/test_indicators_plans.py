"""Reviews and plans: who has them, and what a review must hold for QOF."""

from __future__ import annotations

import pytest

from tests.audit_people import entry, issue, outcome_of, someone

ON_REGISTER = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))
DAY = "2026-10-31"


def answer(slug: str, *entries, on: str = DAY) -> str:
    return outcome_of(slug, someone(*ON_REGISTER, *entries), on)


@pytest.mark.parametrize(("when", "expected"), [("2025-10-31", "not met"), ("2025-11-01", "met")])
def test_a_plan_counts_for_12_months(when, expected):
    assert answer("plan-12-months", entry("asthma-plan", when)) == expected


def test_someone_without_a_plan_code_has_none():
    assert answer("plan-12-months", entry("asthma-review", "2026-06-01")) == "not met"


def test_a_declined_plan_is_no_plan():
    assert answer("plan-12-months", entry("plan-declined", "2026-06-01")) == "not met"


def test_someone_off_the_register_is_in_no_number():
    assert outcome_of("plan-12-months", someone(entry("asthma-plan", "2026-06-01")), DAY) == "outside"


def test_a_review_counts_for_12_months():
    assert answer("review-12-months", entry("asthma-review", "2026-06-01")) == "met"
    assert answer("review-12-months", entry("asthma-review", "2025-06-01")) == "not met"


@pytest.mark.parametrize(
    "attack",
    [
        entry("exacerbation", "2026-02-01"),
        entry("emergency-admission", "2026-02-01"),
        entry("emergency-attendance", "2026-02-01"),
        issue("oral-steroid", "2026-02-01", "40", "tablet"),
    ],
    ids=["attack code", "admission", "emergency department", "steroid course"],
)
def test_after_an_attack_of_any_kind_a_plan_is_looked_for(attack):
    assert answer("plan-after-attack", attack) == "not met"
    assert answer("plan-after-attack", attack, entry("asthma-plan", "2026-02-20")) == "met"


def test_without_an_attack_this_year_nobody_is_counted():
    assert answer("plan-after-attack", entry("exacerbation", "2025-02-01")) == "outside"


def qof(review="2026-06-10", plan="2026-06-10", attacks="2026-06-10") -> str:
    return answer(
        "qof-ast007",
        entry("asthma-review", review),
        entry("asthma-plan", plan),
        entry("exacerbation-count", attacks),
    )


def test_qof_wants_all_on_one_day_or_the_attacks_before():
    assert qof() == "met"
    assert qof(attacks="2026-05-20") == "met"


def test_qof_does_not_take_a_plan_of_the_day_before():
    assert qof(plan="2026-06-09") == "not met"


def test_qof_does_not_take_attacks_counted_after_the_review():
    assert qof(attacks="2026-06-11") == "not met"


@pytest.mark.parametrize(("attacks", "expected"), [("2026-05-10", "not met"), ("2026-05-11", "met")])
def test_qof_takes_attacks_counted_in_the_calendar_month_up_to_the_review(attacks, expected):
    assert qof(attacks=attacks) == expected


def test_qof_takes_any_review_of_the_year_not_only_the_latest():
    later = entry("asthma-review", "2026-09-01")
    entries = (entry(slug, "2026-06-10") for slug in ("asthma-review", "asthma-plan", "exacerbation-count"))
    assert answer("qof-ast007", *entries, later) == "met"


@pytest.mark.parametrize("slug", ["unsuitable", "monitoring-declined", "informed-dissent"])
def test_qof_takes_out_who_was_excluded_this_year(slug):
    assert answer("qof-ast007", entry(slug, "2026-02-01")) == "excluded"
    assert answer("qof-ast007", entry(slug, "2025-02-01")) == "not met"


def test_invitations_of_different_years_are_not_two_of_one():
    two = (entry("invitation", "2025-10-01"), entry("invitation", "2026-06-01"))
    assert answer("qof-ast007", *two) == "not met"
