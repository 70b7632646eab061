"""A practice beside similar ones: who they are, where it stands, and why it is both best and worst."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from imp2art.audit.indicator import Direction
from imp2art.audit.peers import (
    ENOUGH,
    HIDDEN,
    PeerFigures,
    PeerPractice,
    as_it_leaves,
    compare_with,
    fifth_of,
    peer_figures,
    size_band,
)
from imp2art.audit.reports.chance import draw_chart
from imp2art.audit.reports.report import ExtremeReason, IndicatorSeries, MonthFigure, PeerPoint, Verdict
from imp2art.core.period import month_ends
from imp2art.core.refusal import Refusal
from imp2art.store.json_form import from_json, to_json

MONTHS = month_ends(date(2026, 10, 31), 3)
OWN = PeerPractice("A12345", "England", 1, 2)
# Twenty practices alike: of 200 people each, 10, 20 … 200 met it.
ALIKE = tuple(PeerPractice(f"C{at:05}", "England", 1, 2) for at in range(20))
RISING = np.tile(np.arange(10, 210, 10), (1, 3, 1))


def figures_of(practices=ALIKE, numerators=RISING, denominators=None) -> PeerFigures:
    people = np.full_like(numerators, 200) if denominators is None else denominators
    return peer_figures(MONTHS, practices, ("saba-6",), people, numerators)


def series_of(*met: int, people: int = 100, direction: Direction = Direction.LOWER) -> IndicatorSeries:
    figures = tuple(
        MonthFigure(on, people, count, 0, 0, "rules")
        for on, count in zip(MONTHS[-len(met) :], met, strict=True)
    )
    return IndicatorSeries("saba-6", direction, figures, draw_chart(figures), Verdict.TOO_FEW)


def test_lower_is_better():
    found = compare_with(figures_of(), OWN, series_of(23))
    assert found.better_than == 0.8
    assert (found.group.practices, found.group.fifth, found.group.least, found.group.most) == (
        20,
        2,
        5_000,
        9_999,
    )
    assert found.month_end == MONTHS[-1]
    assert found.band == pytest.approx((0.145, 0.2875, 0.525, 0.7625, 0.905))
    assert len(found.points) == 20


def test_higher_is_better():
    assert compare_with(figures_of(), OWN, series_of(23, direction=Direction.HIGHER)).better_than == 0.2


def test_a_tie_counts_half():
    assert compare_with(figures_of(), OWN, series_of(50)).better_than == 0.525


def test_neither_is_better():
    found = compare_with(figures_of(), OWN, series_of(50, direction=Direction.NEITHER))
    assert found.better_than is None
    assert found.points


def test_nobody_counted_stands_nowhere():
    assert compare_with(figures_of(), OWN, series_of(0, people=0)).better_than is None


def test_outside_the_funnel():
    assert compare_with(figures_of(), OWN, series_of(10)).outside
    assert not compare_with(figures_of(), OWN, series_of(50)).outside


def test_outside_the_practice_its_place_is_that_of_its_protected_counts():
    inside = compare_with(figures_of(), OWN, series_of(2, 50, 100))
    assert inside.extremes is not None
    left = as_it_leaves(inside, PeerPoint(100, 25), Direction.LOWER)
    alike = compare_with(figures_of(), OWN, series_of(25))
    assert (left.own, left.better_than, left.outside) == (alike.own, alike.better_than, alike.outside)
    assert left.points == inside.points
    assert left.extremes is None


def test_a_practice_is_not_compared_with_itself():
    among = (*ALIKE[:-1], OWN)
    assert compare_with(figures_of(among), OWN, series_of(50)).group.practices == 19


@pytest.mark.parametrize(
    ("others", "least", "fifth"),
    [
        (replace(OWN, band=3), None, 2),  # another size: lists of every size join first
        (replace(OWN, fifth=5), 5_000, None),  # another deprivation
        (replace(OWN, band=3, fifth=5), None, None),  # both
    ],
)
def test_a_small_group_is_widened(others, least, fifth):
    few = tuple(each if at < ENOUGH - 1 else replace(others, code=each.code) for at, each in enumerate(ALIKE))
    group = compare_with(figures_of(few), OWN, series_of(50)).group
    assert (group.least, group.fifth, group.practices) == (least, fifth, 20)


def test_another_nation_is_never_similar():
    scottish = tuple(replace(each, nation="Scotland") for each in ALIKE)
    assert compare_with(figures_of(scottish), OWN, series_of(50)) is None


def test_fewer_than_ten_are_no_group():
    assert compare_with(figures_of(ALIKE[:9], RISING[:, :, :9]), OWN, series_of(50)) is None


def test_unknown_deprivation_is_compared_with_every_deprivation():
    group = compare_with(figures_of(), replace(OWN, fifth=None), series_of(50)).group
    assert (group.fifth, group.least) == (None, 5_000)


def test_hidden_practices_are_counted_and_no_points():
    hidden = RISING.copy()
    hidden[:, :, :3] = HIDDEN
    found = compare_with(figures_of(numerators=hidden), OWN, series_of(50))
    assert (found.hidden, len(found.points)) == (3, 17)


def test_with_many_hidden_the_rest_would_mislead():
    hidden = RISING.copy()
    hidden[:, :, :5] = HIDDEN
    assert compare_with(figures_of(numerators=hidden), OWN, series_of(50)) is None


def test_the_newest_month_that_both_have():
    series = series_of(40, 50)
    running = replace(series.figures[-1], month_end=date(2026, 11, 24))
    found = compare_with(
        figures_of(),
        OWN,
        replace(series, figures=(replace(series.figures[0], month_end=MONTHS[-1]), running)),
    )
    assert (found.month_end, found.own.numerator) == (MONTHS[-1], 40)


@pytest.mark.parametrize("count", [0, 5, 7, 23, -5])
def test_a_count_that_is_not_protected_is_refused(count):
    with pytest.raises(Refusal, match="protected"):
        figures_of(numerators=np.full((1, 3, 20), count))


def test_figures_survive_being_kept():
    assert from_json(to_json(figures_of()), PeerFigures) == figures_of()


def test_best_and_worst_by_its_own_doing():
    found = compare_with(figures_of(), OWN, series_of(2, 50, 100))
    extremes = found.extremes
    assert (extremes.best_at, extremes.worst_at) == (MONTHS[0], MONTHS[2])
    assert extremes.reason is ExtremeReason.REAL_CHANGE


def test_best_and_worst_since_others_moved():
    moved = RISING.copy()
    moved[:, 0, :] = 120
    moved[:, 2, :] = 80
    found = compare_with(figures_of(numerators=moved), OWN, series_of(50, 50, 50))
    assert found.extremes.reason is ExtremeReason.OTHERS_MOVED


def test_best_and_worst_by_one_or_two_people():
    still = np.full((1, 3, 20), 100)
    found = compare_with(figures_of(numerators=still), OWN, series_of(4, 5, 6, people=10))
    assert found.extremes.reason is ExtremeReason.SMALL_NUMBERS


def test_best_of_similar_and_worst_of_all():
    worse = tuple(PeerPractice(f"D{at:05}", "England", 3, 5) for at in range(200))
    counts = np.concatenate((np.full((1, 3, 20), 100), np.full((1, 3, 200), 20)), axis=2)
    found = compare_with(figures_of((*ALIKE, *worse), counts), OWN, series_of(45))
    assert found.extremes.reason is ExtremeReason.GROUP_DIFFERS
    assert (found.extremes.best_of_similar, found.extremes.worst_of_similar) == (True, False)


def test_a_practice_in_the_middle_needs_no_reason():
    assert compare_with(figures_of(), OWN, series_of(50, 52, 48)).extremes is None


@pytest.mark.parametrize(("people", "band"), [(0, 0), (4_999, 0), (5_000, 1), (14_999, 2), (60_000, 3)])
def test_size_bands(people, band):
    assert size_band(people) == band


@pytest.mark.parametrize(
    ("deciles", "fifth"), [([1, 2], 1), ([3, 3], 2), ([10, 9], 5), ([5, 0, 0], None), ([], None)]
)
def test_fifth_of_a_list(deciles, fifth):
    assert fifth_of(np.array(deciles, np.uint8)) == fifth
