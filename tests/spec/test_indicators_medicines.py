"""Relievers, preventers and courses of oral steroids: what an issue counts for."""

from __future__ import annotations

import pytest

from imp2art.codes.medicine import Device
from tests.audit_people import LIBRARY, code_of, entry, issue, outcome_of, someone

DAY = "2026-10-31"
ON_REGISTER = (entry("asthma-diagnosis", "2019-05-01"), issue("ltra", "2026-06-01", "28", "tablet"))
SABA = sorted(LIBRARY.codelist("saba"))


def answer(slug: str, *entries) -> str:
    return outcome_of(slug, someone(*ON_REGISTER, *entries), DAY)


def place_of(has_doses: bool, is_inhaler: bool = True) -> int:
    """The place in the reliever list of a product with, or without, known doses in a device."""
    for place, code in enumerate(SABA):
        medicine = LIBRARY.medicines[code]
        if (
            bool(medicine.doses_per_device) == has_doses
            and (medicine.device is not Device.LIQUID) == is_inhaler
        ):
            return place
    pytest.skip("the library has no such product")


def reliever(on: str, quantity: str | None = "1", unit: str = "device", has_doses: bool = True):
    return issue("saba", on, quantity, unit, place_of(has_doses))


def test_inhalers_are_counted_not_issues():
    assert answer("saba-3", reliever("2026-03-01", "3")) == "met"
    assert answer("saba-3", *(reliever(f"2026-0{month}-01") for month in (1, 2))) == "not met"


def test_doses_are_divided_by_those_of_a_full_inhaler():
    doses = LIBRARY.medicines[code_of("saba", place_of(True))].doses_per_device
    assert answer("saba-3", reliever("2026-03-01", str(3 * doses), "dose")) == "met"
    assert answer("saba-3", reliever("2026-03-01", str(3 * doses - 1), "dose")) == "not met"


def test_halves_of_an_inhaler_add_up():
    doses = LIBRARY.medicines[code_of("saba", place_of(True))].doses_per_device
    halves = [reliever(f"2026-0{month}-01", str(doses // 2), "dose") for month in range(1, 7)]
    assert answer("saba-3", *halves) == "met"
    assert answer("saba-3", *halves[:5]) == "not met"


def test_without_a_quantity_nobody_can_tell():
    assert answer("saba-3", reliever("2026-03-01", None)) == "cannot tell"


def test_what_is_known_may_be_enough():
    assert answer("saba-3", reliever("2026-03-01", None), reliever("2026-04-01", "3")) == "met"


def test_an_unknown_quantity_outside_the_year_is_no_matter():
    assert answer("saba-3", reliever("2025-03-01", None)) == "not met"


def test_nebuliser_liquid_is_no_inhaler():
    nebules = issue("saba", "2026-03-01", "40", "ml", place_of(has_doses=False, is_inhaler=False))
    assert answer("saba-3", nebules) == "not met"


@pytest.mark.parametrize(("inhalers", "expected"), [("12", "not met"), ("13", "met")])
def test_over_12_is_more_than_12(inhalers, expected):
    assert answer("saba-over-12", reliever("2026-03-01", inhalers)) == expected


@pytest.mark.parametrize(("inhalers", "expected"), [("5", "not met"), ("6", "met")])
def test_6_is_6_or_more(inhalers, expected):
    assert answer("saba-6", reliever("2026-03-01", inhalers)) == expected


def test_a_reliever_without_any_inhaled_steroid():
    assert answer("saba-without-ics", reliever("2026-03-01")) == "met"


def test_a_combined_inhaler_is_a_preventer_too():
    combined = issue("ics-laba", "2026-04-01")
    assert answer("saba-without-ics", reliever("2026-03-01"), combined) == "not met"


def test_a_preventer_of_the_year_before_does_not_help():
    assert answer("saba-without-ics", reliever("2026-03-01"), issue("ics", "2025-03-01")) == "met"


def test_without_a_reliever_nobody_is_counted():
    assert answer("saba-without-ics") == "outside"


def steroids(*days: str) -> str:
    return answer("oral-steroids-2", *(issue("oral-steroid", day, "40", "tablet") for day in days))


def test_two_courses_more_than_two_weeks_apart():
    assert steroids("2026-03-01", "2026-03-16") == "met"


def test_issues_up_to_two_weeks_after_a_course_began_belong_to_it():
    assert steroids("2026-03-01", "2026-03-15") == "not met"
    assert steroids("2026-03-01", "2026-03-01") == "not met"


def test_the_two_weeks_are_from_the_beginning_of_the_course():
    assert steroids("2026-03-01", "2026-03-11", "2026-03-21") == "met"


def test_four_issues_in_120_days_are_long_term_use():
    assert steroids("2026-01-01", "2026-02-01", "2026-03-01", "2026-05-01") == "not met"
    assert steroids("2026-01-01", "2026-02-01", "2026-03-01", "2026-05-02") == "met"


def test_a_course_away_from_long_term_use_counts():
    steady = ("2026-01-01", "2026-01-29", "2026-02-26", "2026-03-26")
    assert steroids(*steady, "2026-09-01") == "not met"
    assert steroids(*steady, "2026-08-01", "2026-09-01") == "met"


def test_long_term_use_that_shows_later_is_not_known_yet():
    issues = [issue("oral-steroid", day) for day in ("2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01")]
    record = someone(*ON_REGISTER, *issues)
    assert outcome_of("oral-steroids-2", record, "2026-09-30") == "met"
    assert outcome_of("oral-steroids-2", record, "2026-10-01") == "not met"


def test_a_course_begun_before_the_year_is_not_of_the_year():
    assert steroids("2025-10-30", "2025-11-05", "2026-03-01") == "not met"


def test_a_course_before_the_first_diagnosis_is_not_for_asthma():
    courses = [issue("oral-steroid", day) for day in ("2026-02-01", "2026-04-01")]

    def of_someone_diagnosed(on: str) -> str:
        treated = issue("ltra", "2026-06-01", "28", "tablet")
        return outcome_of("oral-steroids-2", someone(entry("asthma-diagnosis", on), treated, *courses), DAY)

    assert of_someone_diagnosed("2026-02-01") == "met"
    assert of_someone_diagnosed("2026-02-02") == "not met"
