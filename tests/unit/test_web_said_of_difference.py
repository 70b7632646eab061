"""A difference from another search, in words: the part of the rule, what it usually is, the entry."""

from __future__ import annotations

from datetime import date

import pytest

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.explain import explain_difference
from imp2art.web.design.said_of_difference import DifferenceInWords, difference_in_words
from tests.audit_people import LIBRARY, entry, issue, someone

DAY = date(2026, 10, 31)
ASTHMA = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))


def said(*entries) -> DifferenceInWords:
    found = explain_difference(INDICATORS["plan-12-months"], someone(*entries), DAY, LIBRARY, in_theirs=True)
    assert found is not None
    return difference_in_words(found)


def test_it_names_the_part_the_kind_and_the_entry() -> None:
    words = said(*ASTHMA, entry("asthma-plan", "2024-06-15"))
    assert words.clause == "A written action plan recorded in the last 12 months"
    assert words.kind.startswith("The dates.")
    assert words.entry.endswith(", 15 Jun 2024")


@pytest.mark.parametrize("when", ["2024", "2024-06"])
def test_a_day_that_is_not_known_is_not_made_up(when: str) -> None:
    assert said(*ASTHMA, entry("asthma-plan", when)).entry.endswith(f", {when}")


def test_without_an_entry_it_names_none() -> None:
    assert said(*ASTHMA).entry == ""
