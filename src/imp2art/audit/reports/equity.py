"""Who is left behind: the newest month's figures by age, sex, ethnicity and deprivation.

Exact, for inside the practice. Whether groups differ by more than chance is a chi-square test of their
shares; groups too small for it are put together with their neighbours first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.packing.packed import Pack, ethnicity_number
from imp2art.audit.reports.report import Dimension, EquitySplit, GroupFigure

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOT_KNOWN = "not-known"
# [C] first whole year of age of each band; children first, as their rules and reviews differ.
_AGES = {"age-0-11": 0, "age-12-17": 12, "age-18-39": 18, "age-40-64": 40, "age-65": 65}
_SEXES = (NOT_KNOWN, "female", "male", "other-sex")
# The five groups of the census letters that the record keeps; Z is "not stated".
_ETHNICITIES = {"white": "ABC", "mixed": "DEFG", "asian": "HJKL", "black": "MNP", "other-ethnicity": "RS"}
_FIFTHS = (NOT_KNOWN, "fifth-1", "fifth-2", "fifth-3", "fifth-4", "fifth-5")
# Every group that a split may have, as it orders them.
GROUPS = {
    Dimension.AGE: tuple(_AGES),
    Dimension.SEX: (*_SEXES[1:], NOT_KNOWN),
    Dimension.ETHNICITY: (*_ETHNICITIES, NOT_KNOWN),
    Dimension.DEPRIVATION: (*_FIFTHS[1:], NOT_KNOWN),
}

LEAST_EXPECTED = 5.0  # people a cell of the test, the usual rule of thumb
# Chi-square at 1 in 1,000 for 1 to 5 degrees of freedom (the standard table). A report makes some 160
# such tests: at 1 in 20 it would name eight groups that do not differ.
_CRITICAL = (10.828, 13.816, 16.266, 18.467, 20.515)


@dataclass(frozen=True, slots=True)
class Groups:
    """Everyone's group by one dimension: a place in `names`; `ordered` where neighbours are alike."""

    dimension: Dimension
    names: tuple[str, ...]
    group: Numbers
    ordered: bool


def groups_of(people: Pack, on: date) -> tuple[Groups, ...]:
    """The groups of packed people as they are on a day, by each dimension."""
    return (
        Groups(Dimension.AGE, tuple(_AGES), _age_bands(people, on), True),
        Groups(Dimension.SEX, _SEXES, people.sex.astype(np.int64), False),
        Groups(Dimension.ETHNICITY, (NOT_KNOWN, *_ETHNICITIES), _ethnicities(people), False),
        Groups(Dimension.DEPRIVATION, _FIFTHS, (people.decile.astype(np.int64) + 1) // 2, True),
    )


def split(met: Flags, counted: Flags, groups: Sequence[Groups]) -> tuple[EquitySplit, ...]:
    """One indicator by each dimension: `met` of those `counted`, a flag for each person.

    A group without anyone is left out; who is not known comes last and is not tested.
    """
    return tuple(_split(met & counted, counted, each) for each in groups)


def _split(met: Flags, counted: Flags, groups: Groups) -> EquitySplit:
    size = len(groups.names)
    people = np.bincount(groups.group[counted], minlength=size)
    success = np.bincount(groups.group[met], minlength=size)
    order = sorted(range(size), key=lambda at: groups.names[at] == NOT_KNOWN)
    figures = tuple(
        GroupFigure(groups.names[at], int(people[at]), int(success[at])) for at in order if people[at]
    )
    cells = [(f.numerator, f.denominator - f.numerator) for f in figures if f.group != NOT_KNOWN]
    merged = _merged(cells, groups.ordered)
    return EquitySplit(
        groups.dimension, figures, len(merged) > 1 and _differ(np.array(merged)), len(merged) < 2
    )


def _merged(cells: Sequence[tuple[int, int]], ordered: bool) -> list[tuple[int, int]]:
    """Groups large enough to be tested: the smallest joins the neighbour, or the next smallest, until
    each expects `LEAST_EXPECTED` people in either cell."""
    left = list(cells) if ordered else sorted(cells, key=sum)
    everyone = sum(map(sum, left))
    rarer = min(sum(met for met, _ in left), sum(missed for _, missed in left)) if left else 0
    while len(left) > 1:
        at = min(range(len(left)), key=lambda place: sum(left[place]))
        if sum(left[at]) * rarer >= LEAST_EXPECTED * everyone:
            break
        other = _neighbour(left, at)
        low, high = min(at, other), max(at, other)
        left[low : high + 1] = [(left[low][0] + left[high][0], left[low][1] + left[high][1])]
        if not ordered:
            left.sort(key=sum)
    return left


def _neighbour(groups: Sequence[tuple[int, int]], at: int) -> int:
    """The smaller of the two beside it; in groups sorted by size the next one up."""
    beside = [place for place in (at - 1, at + 1) if 0 <= place < len(groups)]
    return min(beside, key=lambda place: sum(groups[place]))


def _differ(cells: Numbers) -> bool:
    """The chi-square test of a table of groups by (met, not met)."""
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    statistic = ((cells - expected) ** 2 / expected).sum()
    return bool(statistic > _CRITICAL[len(cells) - 2])


def _age_bands(people: Pack, on: date) -> Numbers:
    """Whole years on the day; someone born on 29 February has a birthday on 1 March in other years."""
    born = people.born.astype("datetime64[D]")
    year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    month = born.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
    ages = on.year - year - ((month > on.month) | ((month == on.month) & (day > on.day)))
    firsts = np.array(tuple(_AGES.values()))
    bands: Numbers = np.maximum(np.searchsorted(firsts, ages, side="right") - 1, 0)
    return bands


def _ethnicities(people: Pack) -> Numbers:
    place = np.zeros(27, np.int64)
    for at, letters in enumerate(_ETHNICITIES.values(), start=1):
        place[[ethnicity_number(letter) for letter in letters]] = at
    found: Numbers = place[people.ethnicity]
    return found
