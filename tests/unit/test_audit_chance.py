"""More than chance: said of real change, and seldom of none."""

from __future__ import annotations

import random
from datetime import date

import pytest

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.chance import differ, draw_chart, judge
from imp2art.audit.reports.report import MonthFigure, Verdict
from imp2art.audit.run_chart import draw_limits

MONTHS = 24


def figure(numerator: int, denominator: int) -> MonthFigure:
    return MonthFigure(date(2026, 10, 31), denominator, numerator, 0, 0, "rules")


def unchanged_practice(dice: random.Random, people: int, share: float) -> list[MonthFigure]:
    """People who are seen at random, at a rate that never changes, counted over 12 months each time."""
    monthly = 1 - (1 - share) ** (1 / 12)
    seen = [[dice.random() < monthly for _ in range(MONTHS + 11)] for _ in range(people)]
    return [figure(sum(any(one[month : month + 12]) for one in seen), people) for month in range(MONTHS)]


@pytest.mark.parametrize(("people", "share"), [(400, 0.1), (600, 0.6), (60, 0.3)])
def test_where_nothing_changes_change_is_seldom_seen(people, share):
    dice = random.Random(1)
    practices = [unchanged_practice(dice, people, share) for _ in range(40)]
    told = [judge(draw_chart(each), Direction.HIGHER) for each in practices]
    assert sum(verdict is not Verdict.WITHIN_CHANCE for verdict in told) <= 4
    # The plain chart sees change in most: its limits come from months that share most of their people.
    plain = [draw_limits([month.rate for month in each]).signals_at(MONTHS - 1) for each in practices]
    assert sum(map(bool, plain)) >= 12


def test_a_real_improvement_is_seen():
    figures = [
        *(figure(60 + month % 3, 600) for month in range(18)),
        *(figure(n, 600) for n in range(80, 140, 10)),
    ]
    assert judge(draw_chart(figures), Direction.HIGHER) is Verdict.BETTER
    assert judge(draw_chart(figures), Direction.LOWER) is Verdict.WORSE
    assert judge(draw_chart(figures), Direction.NEITHER) is Verdict.CHANGED


def test_a_point_outside_the_drawn_limits_is_always_marked():
    figures = [*(figure(60, 600) for _ in range(20)), figure(120, 600)]
    chart = draw_chart(figures)
    assert chart.points[-1] > chart.upper
    assert chart.signals_at(20)


def test_few_months_say_nothing():
    assert judge(draw_chart([figure(1, 2)] * 5), Direction.HIGHER) is Verdict.TOO_FEW


def test_nobody_counted_says_nothing():
    assert judge(draw_chart([figure(0, 0)] * 24), Direction.HIGHER) is Verdict.TOO_FEW


@pytest.mark.parametrize(("then", "now", "differs"), [(250, 291, True), (250, 270, False), (291, 250, True)])
def test_41_of_600_more_is_more_than_chance_and_20_is_not(then, now, differs):
    assert differ(figure(now, 600), figure(then, 600)) is differs


def test_nobody_and_everybody_do_not_differ_from_themselves():
    assert not differ(figure(0, 10), figure(0, 10))
    assert not differ(figure(10, 10), figure(10, 10))
    assert not differ(figure(0, 0), figure(5, 10))
