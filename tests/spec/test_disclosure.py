"""What a facilitator, a researcher or another practice may see of a practice's counts.

Each paragraph is a count as the practice has it, and what stands in its place outside.
"""

from __future__ import annotations

from dataclasses import replace

from imp2art.audit.disclosure import ProtectedFigure, ProtectedSplit, protect
from imp2art.audit.reports.report import Dimension, EquitySplit, GroupFigure
from tests.unit.test_audit_report import REPORT


def outside(counted: int, met: int, *groups: tuple[str, int, int]) -> tuple[ProtectedFigure, ProtectedSplit]:
    """What leaves of a month in which so many were counted and so many had a plan, by sex."""
    series = REPORT.series_of("plan-12-months")
    assert series is not None
    figure = replace(series.newest, denominator=counted, numerator=met)
    split = EquitySplit(Dimension.SEX, tuple(GroupFigure(*group) for group in groups), False)
    series = replace(series, figures=(figure,), equity=(split,))
    [month] = protect(replace(REPORT, month_ends=REPORT.month_ends[-1:], series=(series,))).months
    return month.figures[0], month.splits[0]


def shown(counted: int, met: int) -> tuple[int | None, int | None]:
    figure, _ = outside(counted, met, ("female", counted, met))
    return figure.denominator, figure.numerator


def test_counts_are_given_to_the_nearest_5():
    assert shown(63, 28) == (65, 30)
    assert shown(62, 27) == (60, 25)


def test_7_people_or_fewer_are_not_given():
    assert shown(63, 7) == (65, None)
    assert shown(63, 8) == (65, 10)


def test_that_nobody_has_a_plan_is_not_told():
    assert shown(63, 0) == (65, None)


def test_that_all_but_a_few_have_one_is_not_told():
    assert shown(63, 56) == (65, None)
    assert shown(63, 63) == (65, None)
    assert shown(63, 55) == (65, 55)


def test_a_share_is_given_only_with_both_counts():
    assert outside(100, 40, ("female", 100, 40))[0].share == 0.4
    assert outside(100, 5, ("female", 100, 5))[0].share is None


def test_a_group_of_few_cannot_be_worked_out_from_the_others():
    """45 women and 2 whose sex is not known are 47 people: 45 and 45 beside each other would tell."""
    _, split = outside(47, 20, ("female", 45, 18), ("not-known", 2, 2))
    groups = {group.group: group.denominator for group in split.groups}
    assert groups["not-known"] is None
    assert groups["male"] is None  # nobody is like few


def test_the_total_of_a_split_is_that_of_its_groups_as_given():
    _, split = outside(104, 48, ("female", 52, 24), ("male", 52, 24))
    assert [(group.denominator, group.numerator) for group in split.groups[:2]] == [(50, 25), (50, 25)]
    assert (split.denominator, split.numerator) == (100, 50)


def test_a_month_that_was_given_is_given_again_as_it_was():
    """Two late entries would turn 25 into 30, and tell that there were two."""
    first, _ = outside(60, 27, ("female", 60, 27))
    later, _ = outside(60, 29, ("female", 60, 29))
    assert (first.numerator, later.numerator) == (25, 30)
    released = protect(REPORT)
    assert protect(replace(REPORT, series=()), [released]) == released
