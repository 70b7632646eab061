"""Attacks, emergency care, and who was seen soon after it."""

from __future__ import annotations

import pytest

from tests.audit_people import entry, issue, outcome_of, someone

ON_REGISTER = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))
DAY = "2026-10-31"  # a Saturday


def answer(slug: str, *entries, on: str = DAY) -> str:
    return outcome_of(slug, someone(*ON_REGISTER, *entries), on)


def course(on: str):
    return issue("oral-steroid", on, "40", "tablet")


# --- an attack ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        entry("exacerbation", "2026-02-01"),
        entry("emergency-admission", "2026-02-01"),
        entry("emergency-attendance", "2026-02-01"),
        course("2026-02-01"),
    ],
    ids=["attack code", "admission", "emergency department", "steroid course"],
)
def test_an_attack_is_any_of_four_things(attack):
    assert answer("attacks-1", attack) == "met"
    assert answer("attacks-2", attack) == "not met"


def test_no_attack_and_an_attack_of_long_ago_are_the_same():
    assert answer("attacks-1") == "not met"
    assert answer("attacks-1", entry("exacerbation", "2025-10-31")) == "not met"


def test_a_number_told_at_a_review_is_no_attack_of_this_year():
    assert answer("attacks-1", entry("exacerbation-count", "2026-06-01")) == "not met"


def test_tablets_for_good_are_no_attack():
    steady = [course(day) for day in ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01")]
    assert answer("attacks-1", *steady) == "not met"


def test_an_attack_of_some_day_of_last_year_cannot_be_told():
    assert answer("attacks-1", entry("exacerbation", "2025")) == "cannot tell"


def test_off_the_register_no_attack_is_counted():
    attacked = someone(entry("exacerbation", "2026-02-01"))
    for slug in ("attacks-1", "attacks-2", "unscheduled-care", "emergency-admissions", "oral-steroids-1"):
        assert outcome_of(slug, attacked, DAY) == "outside"


# --- two attacks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("second", "expected"), [("2026-02-15", "not met"), ("2026-02-16", "met")])
def test_two_codes_are_two_attacks_when_more_than_14_days_lie_between(second, expected):
    codes = (entry("exacerbation", "2026-02-01"), entry("emergency-attendance", second))
    assert answer("attacks-2", *codes) == expected


def test_two_courses_are_two_attacks():
    assert answer("attacks-2", course("2026-02-01"), course("2026-05-01")) == "met"


def test_a_course_and_a_code_are_not_added_up():
    assert answer("attacks-2", course("2026-02-01"), entry("exacerbation", "2026-05-01")) == "not met"


def test_two_attacks_of_one_month_cannot_be_told_apart():
    assert answer("attacks-2", *[entry("exacerbation", "2026-02")] * 2) == "cannot tell"


# --- a course of steroid tablets ---------------------------------------------------------------------


def test_one_course_is_enough_for_one():
    assert answer("oral-steroids-1", course("2026-02-01")) == "met"
    assert answer("oral-steroids-1", course("2025-02-01")) == "not met"


# --- the number of attacks, asked and recorded -------------------------------------------------------


def test_the_number_of_attacks_is_recorded_once_a_year():
    assert answer("exacerbations-recorded", entry("exacerbation-count", "2026-02-01")) == "met"
    assert answer("exacerbations-recorded", entry("exacerbation-count", "2025-02-01")) == "not met"
    assert answer("exacerbations-recorded", entry("exacerbation", "2026-02-01")) == "not met"


# --- emergency care ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "admitted"), [("emergency-admission", "met"), ("emergency-attendance", "not met")]
)
def test_an_admission_is_emergency_care_but_not_every_emergency_is_an_admission(kind, admitted):
    care = entry(kind, "2026-02-01")
    assert answer("unscheduled-care", care) == "met"
    assert answer("emergency-admissions", care) == admitted


def test_an_attack_treated_at_the_practice_is_no_emergency_care():
    assert answer("unscheduled-care", entry("exacerbation", "2026-02-01"), course("2026-02-01")) == "not met"


# --- seen within 2 working days ----------------------------------------------------------------------

FRIDAY = "2026-06-12"


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ("2026-06-12", "met"),
        ("2026-06-15", "met"),  # Monday
        ("2026-06-16", "met"),  # Tuesday, the second working day
        ("2026-06-17", "not met"),
        ("2026-06-11", "not met"),  # the day before the care is no follow-up of it
    ],
)
def test_the_days_of_a_weekend_do_not_count(seen, expected):
    care = entry("emergency-attendance", FRIDAY)
    assert answer("follow-up-2-days", care, entry("asthma-review", seen)) == expected


def test_whoever_was_not_seen_at_all_was_not_seen_in_time():
    assert answer("follow-up-2-days", entry("emergency-admission", FRIDAY)) == "not met"


def test_without_emergency_care_nobody_is_to_be_seen():
    assert answer("follow-up-2-days", entry("asthma-review", "2026-06-12")) == "outside"


def test_care_whose_days_are_not_over_is_not_due_yet():
    """Care on Thursday 29 October: its second working day is Monday 2 November."""
    care = entry("emergency-attendance", "2026-10-29")
    assert answer("follow-up-2-days", care) == "outside"
    assert answer("follow-up-2-days", care, on="2026-11-03") == "not met"


def test_the_latest_care_that_is_due_counts():
    care = (entry("emergency-attendance", "2026-02-06"), entry("emergency-attendance", FRIDAY))
    assert answer("follow-up-2-days", *care, entry("asthma-review", "2026-02-06")) == "not met"
    assert answer("follow-up-2-days", *care, entry("asthma-review", "2026-06-15")) == "met"
