"""Splits of a figure: everyone in one group, and a difference only where chance would hardly give it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from imp2art.audit.packing.pack import pack_practice
from imp2art.audit.reports.equity import NOT_KNOWN, Groups, groups_of, split
from imp2art.audit.reports.report import Dimension
from imp2art.core.age import age_on
from tests.audit_people import LIBRARY, someone, tables_of

ON = date(2026, 10, 31)
NAMES = ("few", "some", "many", NOT_KNOWN)


def split_of(*cells: tuple[int, int], ordered: bool = False):
    """The split of groups given as (met, counted), and two people more who are not counted."""
    group = [at for at, (_, counted) in enumerate(cells) for _ in range(counted)]
    met = [place < success for success, counted in cells for place in range(counted)]
    groups = Groups(Dimension.SEX, NAMES, np.array([*group, 0, 1]), ordered)
    return split(np.array([*met, True, False]), np.array([True] * len(group) + [False] * 2), (groups,))[0]


def test_each_group_has_its_people():
    found = split_of((5, 10), (20, 40), (0, 0), (3, 4))
    assert [(each.group, each.denominator, each.numerator) for each in found.groups] == [
        ("few", 10, 5),
        ("some", 40, 20),
        (NOT_KNOWN, 4, 3),
    ]


def test_a_large_difference_is_beyond_chance():
    assert split_of((20, 100), (80, 100), (50, 100)).beyond_chance


def test_a_small_difference_is_not():
    found = split_of((45, 100), (55, 100), (50, 100))
    assert (found.beyond_chance, found.too_few) == (False, False)


def test_with_few_people_nobody_can_tell():
    found = split_of((0, 3), (4, 4))
    assert (found.beyond_chance, found.too_few) == (False, True)


def test_nobody_at_all():
    found = split_of((0, 0))
    assert (found.groups, found.too_few) == ((), True)


def test_everyone_met_it_so_nothing_differs():
    assert split_of((40, 40), (60, 60)).too_few


def test_those_not_known_are_shown_and_not_tested():
    found = split_of((50, 100), (52, 100), (0, 0), (0, 90))
    assert found.groups[-1].group == NOT_KNOWN
    assert not found.beyond_chance


def test_a_small_group_joins_others_before_the_test():
    # Alone the two people would make any test meaningless; joined to a neighbour they change little.
    assert not split_of((2, 2), (50, 100), (50, 100)).beyond_chance
    assert not split_of((2, 2), (50, 100), (50, 100), ordered=True).too_few


@pytest.mark.parametrize("seed", range(20))
def test_where_nothing_differs_a_difference_is_seldom_told(seed):
    dice = np.random.default_rng(seed)
    told = sum(
        split_of(*((int(dice.binomial(size, 0.4)), size) for size in (80, 200, 320))).beyond_chance
        for _ in range(10)
    )
    assert told <= 1


def test_people_are_in_the_band_of_their_age():
    births = ("2015-10-31", "2014-10-31", "2008-10-31", "2008-11-01", "1961-10-31", "1961-11-01")
    people = [someone(born=born, number=at) for at, born in enumerate(births)]
    groups = groups_of(pack_practice(tables_of(people), (), LIBRARY).people, ON)
    ages = [age_on(record.patient.born, ON) for record in people]
    assert ages == [11, 12, 18, 17, 65, 64]
    assert [groups[0].names[at] for at in groups[0].group] == [
        "age-0-11",
        "age-12-17",
        "age-18-39",
        "age-12-17",
        "age-65",
        "age-40-64",
    ]
