"""What leads a report never stands against the share beside it."""

from __future__ import annotations

from datetime import date

import pytest

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.chance import draw_chart
from imp2art.audit.reports.headline import LEAD, headline_of, share_beside_people
from imp2art.audit.reports.report import FactCode, IndicatorSeries, MonthFigure, Verdict
from imp2art.core.period import month_ends

MONTHS = month_ends(date(2026, 10, 31), 7)


def month(numerator: int, denominator: int, on: date = MONTHS[-1]) -> MonthFigure:
    return MonthFigure(on, denominator, numerator, 0, 0, "rules")


def facts(then: tuple[int, int], now: tuple[int, int]) -> list[tuple[FactCode, int]]:
    """What the headline says of the change, after six months like `then`."""
    figures = (*(month(*then, on) for on in MONTHS[:-1]), month(*now))
    series = IndicatorSeries(LEAD, Direction.HIGHER, figures, draw_chart(figures), Verdict.WITHIN_CHANCE)
    return [(fact.code, fact.number) for fact in headline_of({LEAD: series})][:-2]


def test_more_people_and_a_smaller_share_are_both_said():
    assert facts((300, 600), (303, 640)) == [
        (FactCode.MORE, 3),
        (FactCode.SHARE_FELL, 40),
        (FactCode.WITHIN_CHANCE, 3),
    ]


def test_a_share_that_fell_by_more_than_chance_is_not_called_chance():
    assert facts((300, 600), (310, 900))[-1] == (FactCode.BEYOND_CHANCE, 10)


def test_fewer_people_and_a_larger_share_are_both_said():
    assert facts((300, 600), (297, 560))[:2] == [(FactCode.FEWER, 3), (FactCode.SHARE_ROSE, 40)]


def test_as_many_people_of_more_are_a_smaller_share():
    assert facts((300, 600), (300, 620))[:2] == [(FactCode.AS_MANY, 0), (FactCode.SHARE_FELL, 20)]


def test_an_unchanged_share_is_neither_chance_nor_more():
    assert facts((300, 600), (330, 660)) == [(FactCode.MORE, 30), (FactCode.SHARE_SAME, 60)]


@pytest.mark.parametrize(
    ("then", "now"), [((300, 600), (303, 600)), ((300, 600), (290, 600)), ((0, 0), (3, 9))]
)
def test_people_and_share_that_move_together_need_no_more_words(then, now):
    assert share_beside_people(month(*now), month(*then)) is None
