"""One habit for every number: shares that hide nobody, points from exact counts, the word that fits."""

from __future__ import annotations

from datetime import date

import pytest

from imp2art.audit.reports.report import MonthFigure
from imp2art.documents.figure_words import of_people, points_words, share_in_words, share_words

ON = date(2026, 10, 31)


def month(numerator: int, denominator: int) -> MonthFigure:
    return MonthFigure(ON, denominator, numerator, 0, 0, "rules")


@pytest.mark.parametrize(
    ("numerator", "denominator", "told"),
    [
        (58, 100, "58%"),
        (1, 8, "13%"),  # 12.5: halves up
        (48, 1000, "4.8%"),
        (50, 1000, "5%"),
        (611, 612, "99.8%"),
        (950, 1000, "95%"),
        (0, 612, "0%"),
        (612, 612, "100%"),
        (1, 10_000, "under 0.1%"),
        (9_999, 10_000, "over 99.9%"),
    ],
)
def test_a_share_in_words(numerator, denominator, told):
    assert share_words(numerator, denominator) == told


@pytest.mark.parametrize("numerator", range(0, 1201, 7))
def test_a_count_and_the_same_share_are_written_alike(numerator):
    assert share_words(numerator, 1201) == share_in_words(numerator / 1201)


def test_none_and_all_are_never_said_of_some():
    some = {share_words(numerator, 9000) for numerator in range(1, 9000)}
    assert not some & {"0%", "100%"}


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [
        ((355, 612), (352, 612), "+0.5"),  # both shares round to 58%
        ((30, 60), (0, 60), "+50.0"),
        ((149, 1000), (151, 1000), "−0.2"),  # 15% and 15%
        ((155, 1000), (154, 1000), "+0.1"),  # 16% and 15%: rounded shares would say 1
        ((50, 100), (60, 120), "0"),
        ((3_001, 9_000), (3_000, 9_000), "up by under 0.1"),
        ((2_999, 9_000), (3_000, 9_000), "down by under 0.1"),
        ((0, 0), (3, 9), ""),
        ((3, 9), (0, 0), ""),
    ],
)
def test_points_are_of_exact_counts_and_rounded_once(now, then, told):
    assert points_words(month(*now), month(*then)) == told


@pytest.mark.parametrize(
    ("numerator", "denominator", "told"),
    [(0, 1, "0 of 1 person"), (1, 2, "1 of 2 people"), (1204, 2000, "1,204 of 2,000 people")],
)
def test_people_have_the_word_that_fits(numerator, denominator, told):
    assert of_people(numerator, denominator) == told
