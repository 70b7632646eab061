"""Who is on the asthma register.

Each paragraph is a person and a day; both engines must give the stated answer.
"""

from __future__ import annotations

from datetime import date

import pytest

from imp2art.record.patient import Registration, RegistrationKind
from tests.audit_people import entry, issue, outcome_of, someone

DIAGNOSED = entry("asthma-diagnosis", "2019-05-01")
TREATED = issue("ics", "2026-06-01")
DAY = "2026-10-31"


def on_register(*entries, on: str = DAY, **person) -> str:
    return outcome_of("asthma-register", someone(*entries, **person), on)


def test_diagnosed_and_treated_is_on():
    assert on_register(DIAGNOSED, TREATED) == "met"


def test_someone_never_resolved_is_not_dropped():
    assert on_register(DIAGNOSED, TREATED, entry("asthma-review", "2026-01-01")) == "met"


def test_diagnosed_but_not_treated_is_not_on():
    assert on_register(DIAGNOSED) == "not met"


def test_treated_but_not_diagnosed_is_not_on():
    assert on_register(TREATED) == "not met"


def test_resolved_after_the_diagnosis_is_not_on():
    assert on_register(DIAGNOSED, TREATED, entry("asthma-resolved", "2020-01-01")) == "not met"


def test_diagnosed_again_after_resolution_is_on():
    again = entry("asthma-diagnosis", "2025-01-01")
    assert on_register(DIAGNOSED, TREATED, entry("asthma-resolved", "2020-01-01"), again) == "met"


def test_diagnosed_and_resolved_on_the_same_day_is_resolved():
    same_day = (entry("asthma-diagnosis", "2025-01-01"), entry("asthma-resolved", "2025-01-01"))
    assert on_register(*same_day, TREATED) == "not met"


def test_a_resolution_after_the_day_is_not_known_yet():
    later = entry("asthma-resolved", "2026-11-01")
    assert on_register(DIAGNOSED, TREATED, later, on="2026-10-31") == "met"
    assert on_register(DIAGNOSED, TREATED, later, on="2026-11-01") == "not met"


@pytest.mark.parametrize(("issued", "answer"), [("2025-10-31", "not met"), ("2025-11-01", "met")])
def test_treatment_counts_for_12_calendar_months(issued, answer):
    assert on_register(DIAGNOSED, issue("ics", issued)) == answer


@pytest.mark.parametrize(("issued", "answer"), [("2024-02-28", "not met"), ("2024-02-29", "met")])
def test_12_months_before_the_last_of_february_reach_back_into_a_leap_day(issued, answer):
    assert on_register(DIAGNOSED, issue("ics", issued), on="2025-02-28") == answer


@pytest.mark.parametrize(("issued", "answer"), [("2023-02-28", "not met"), ("2023-03-01", "met")])
def test_12_months_before_a_leap_day(issued, answer):
    assert on_register(DIAGNOSED, issue("ics", issued), on="2024-02-29") == answer


def test_oral_steroids_alone_are_no_asthma_treatment():
    assert on_register(DIAGNOSED, issue("oral-steroid", "2026-06-01")) == "not met"


def test_someone_born_on_a_leap_day_turns_5_on_1_march():
    child = {"born": "2020-02-29"}
    assert on_register(DIAGNOSED, issue("ics", "2026-02-01"), on="2026-02-28", **child) == "not met"
    # 6 on 1 March 2026, the age that the rules of 2025/26 ask for.
    assert on_register(DIAGNOSED, issue("ics", "2026-02-01"), on="2026-03-01", **child) == "met"


def test_the_dead_are_in_no_number_from_the_day_of_death():
    assert on_register(DIAGNOSED, TREATED, died="2026-10-31") == "outside"
    assert on_register(DIAGNOSED, TREATED, died="2026-11-01") == "met"


@pytest.mark.parametrize(("end", "answer"), [(date(2026, 10, 31), "outside"), (date(2026, 11, 1), "met")])
def test_someone_who_left_is_in_no_number_from_the_day_of_leaving(end, answer):
    spells = (Registration(date(2010, 1, 1), end, RegistrationKind.GMS),)
    assert on_register(DIAGNOSED, TREATED, spells=spells) == answer


def test_a_temporary_resident_is_not_on_the_list():
    spells = (Registration(date(2026, 1, 1), None, RegistrationKind.TEMPORARY),)
    assert on_register(DIAGNOSED, TREATED, spells=spells) == "outside"


def test_someone_who_came_back_is_on_the_list():
    spells = (
        Registration(date(2010, 1, 1), date(2020, 1, 1), RegistrationKind.GMS),
        Registration(date(2026, 1, 1), None, RegistrationKind.GMS),
    )
    assert on_register(DIAGNOSED, TREATED, spells=spells) == "met"
