"""Smoking: whether it is known, who smokes, and who was offered help."""

from __future__ import annotations

import pytest

from tests.audit_people import entry, issue, outcome_of, someone

ON_REGISTER = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))
DAY = "2026-10-31"


def answer(slug: str, *entries) -> str:
    return outcome_of(slug, someone(*ON_REGISTER, *entries), DAY)


@pytest.mark.parametrize("status", ["smoking-current", "smoking-ex", "smoking-never"])
def test_any_answer_is_a_status(status):
    assert answer("smoking-recorded", entry(status, "2026-06-01")) == "met"
    assert answer("smoking-recorded", entry(status, "2025-06-01")) == "not met"


def test_advice_alone_is_no_status():
    assert answer("smoking-recorded", entry("smoking-advice", "2026-06-01")) == "not met"


def test_the_latest_status_says_who_smokes():
    stopped = (entry("smoking-current", "2020-01-01"), entry("smoking-ex", "2026-01-01"))
    assert answer("smoking-current", *stopped) == "not met"
    again = (*stopped, entry("smoking-current", "2026-08-01"))
    assert answer("smoking-current", *again) == "met"


def test_a_status_of_long_ago_is_still_the_latest():
    assert answer("smoking-current", entry("smoking-current", "2014-01-01")) == "met"


def test_whose_status_is_not_known_is_in_no_number():
    assert answer("smoking-current") == "outside"


def test_two_answers_in_one_month_cannot_be_told():
    both = (entry("smoking-current", "2026-06"), entry("smoking-ex", "2026-06"))
    assert answer("smoking-current", *both) == "cannot tell"


SMOKES = entry("smoking-current", "2024-01-01")


@pytest.mark.parametrize("place", range(4))
def test_advice_and_referral_taken_or_declined_were_offered(place):
    assert answer("cessation-offered", SMOKES, entry("smoking-advice", "2026-06-01", place)) == "met"


def test_an_offer_counts_for_12_months():
    assert answer("cessation-offered", SMOKES) == "not met"
    assert answer("cessation-offered", SMOKES, entry("smoking-advice", "2025-06-01")) == "not met"


def test_whoever_does_not_smoke_needs_no_offer():
    assert answer("cessation-offered", entry("smoking-ex", "2026-01-01")) == "outside"
    assert answer("cessation-offered", SMOKES, entry("smoking-ex", "2026-01-01")) == "outside"
