"""Preventers left behind, long-acting relievers alone, high doses, beta-blockers, and carbon."""

from __future__ import annotations

from decimal import Decimal

import pytest

from imp2art.codes.identifiers import DmdCode
from imp2art.core.partial_date import parse_day
from imp2art.record.events import IssueUnit, MedicineIssue
from tests.audit_people import entry, issue, outcome_of, someone

DAY = "2026-10-31"
ON_REGISTER = (entry("asthma-diagnosis", "2019-05-01"), issue("ltra", "2026-06-01", "28", "tablet"))
CLENIL_100, CLENIL_250 = "10618211000001109", "10619611000001102"
SYMBICORT_200, SYMBICORT_400 = "3294611000001104", "4373811000001100"
VENTOLIN_EVOHALER, EASYHALER, ASMAVENT = "222311000001102", "9205211000001104", "18148111000001107"


def answer(slug: str, *entries) -> str:
    return outcome_of(slug, someone(*ON_REGISTER, *entries), DAY)


def took(code: str, on: str) -> MedicineIssue:
    """One inhaler of this product."""
    return MedicineIssue(parse_day(on), DmdCode(code), Decimal(1), IssueUnit.DEVICE)


# --- a preventer that is no longer collected ---------------------------------------------------------


@pytest.mark.parametrize(("last", "expected"), [("2026-04-30", "met"), ("2026-05-01", "not met")])
def test_a_preventer_is_left_behind_after_6_months(last, expected):
    assert answer("ics-under-use", took(CLENIL_100, "2026-01-10"), took(CLENIL_100, last)) == expected


def test_whoever_never_had_a_preventer_left_none_behind():
    assert answer("ics-under-use", issue("saba", "2026-06-01")) == "outside"
    assert answer("ics-under-use", took(CLENIL_100, "2025-06-01")) == "outside"


def test_what_may_be_taken_only_when_needed_is_not_judged():
    assert answer("ics-under-use", took(SYMBICORT_200, "2026-01-10")) == "outside"


# --- a long-acting reliever without a preventer ------------------------------------------------------


def test_a_long_acting_reliever_needs_a_preventer():
    assert answer("laba-without-ics", issue("laba", "2026-03-01")) == "met"
    assert (
        answer("laba-without-ics", issue("laba", "2026-03-01"), took(CLENIL_100, "2026-03-01")) == "not met"
    )


def test_in_one_device_both_are_together():
    assert answer("laba-without-ics", took(SYMBICORT_200, "2026-03-01")) == "not met"
    assert answer("laba-without-ics") == "not met"


def test_off_the_register_no_medicine_is_judged():
    for slug in ("laba-without-ics", "ics-high-dose", "ics-under-use", "carbon-salbutamol"):
        assert outcome_of(slug, someone(issue("laba", "2026-03-01")), DAY) == "outside"


# --- high doses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "expected"),
    [(CLENIL_100, "not met"), (CLENIL_250, "met"), (SYMBICORT_200, "not met"), (SYMBICORT_400, "met")],
)
def test_a_strength_is_high_or_not(product, expected):
    assert answer("ics-high-dose", took(product, "2026-03-01")) == expected


def test_one_high_strength_in_the_year_is_enough():
    steps = (took(CLENIL_250, "2025-12-01"), took(CLENIL_100, "2026-06-01"))
    assert answer("ics-high-dose", *steps) == "met"


def test_without_a_preventer_there_is_no_dose():
    assert answer("ics-high-dose") == "outside"
    assert answer("ics-high-dose", took(CLENIL_250, "2025-03-01")) == "outside"


# --- beta-blockers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("when", "expected"), [("2026-07-31", "not met"), ("2026-08-01", "met")])
def test_a_beta_blocker_counts_for_3_months(when, expected):
    assert answer("beta-blocker-non-selective", issue("beta-blocker-non-selective", when)) == expected


def blocked(*entries) -> str:
    blocker = issue("beta-blocker-non-selective", "2026-10-01", "28", "tablet")
    return outcome_of("beta-blocker-non-selective", someone(blocker, *entries), DAY)


def test_a_diagnosis_is_enough_without_treatment():
    assert blocked(entry("asthma-diagnosis", "2019-05-01")) == "met"


def test_neither_someone_without_asthma_nor_someone_resolved_is_counted():
    assert blocked() == "outside"
    assert (
        blocked(entry("asthma-diagnosis", "2019-05-01"), entry("asthma-resolved", "2024-05-01")) == "outside"
    )


@pytest.mark.parametrize(("diagnosed", "expected"), [("2026-07-31", "met"), ("2026-08-01", "outside")])
def test_a_diagnosis_is_3_months_old(diagnosed, expected):
    assert blocked(entry("asthma-diagnosis", diagnosed)) == expected


# --- carbon ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "expected"), [(VENTOLIN_EVOHALER, "met"), (EASYHALER, "not met"), (ASMAVENT, "outside")]
)
def test_a_reliever_is_of_high_carbon_or_low_or_not_known(product, expected):
    assert answer("carbon-salbutamol", took(product, "2026-03-01")) == expected


def test_one_of_high_carbon_in_the_year_is_enough():
    both = (took(VENTOLIN_EVOHALER, "2025-12-01"), took(EASYHALER, "2026-06-01"))
    assert answer("carbon-salbutamol", *both) == "met"


def test_one_of_the_year_before_is_past():
    both = (took(VENTOLIN_EVOHALER, "2025-06-01"), took(EASYHALER, "2026-06-01"))
    assert answer("carbon-salbutamol", *both) == "not met"
