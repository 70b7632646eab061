"""The attacker: someone outside who has what was released, the published rules, and a solver.

Written apart from the protector, from the released values alone: it shares no code with it but the
shape of what is released, and knows no true count. For each hidden count, and for those who did not
meet a rule where it is hidden how many did, it asks the least and the most that everything fits with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.disclosure.figures import ProtectedFigures, ProtectedMonth

Name = tuple[str, str, str, str]  # slug, "met" or "counted" or "not met", dimension, group
Asked = dict[Name, dict[int, float]]  # what is asked about, each as weights of the unknowns

_FEW, _OFF, _HAIR, _MANY = 7, 2, 1e-6, 1_000_000
# Read off the definitions by eye: whoever is in the first is in the second.
_STRICTER = (
    ("saba-over-12", "saba-6"),
    ("saba-6", "saba-3"),
    ("oral-steroids-2", "oral-steroids-1"),
    ("attacks-2", "attacks-1"),
    ("plan-12-months", "plan-ever"),
)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What the attacker knows of a count: it lies from `least` to `most`."""

    month_end: date
    slug: str
    what: str
    dimension: str
    group: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Turned:
    """A count of one month that was released as two numbers: which way it went is plain."""

    month_end: date
    slug: str
    what: str
    dimension: str
    group: str


def attack(released: Iterable[ProtectedFigures], hidden_up_to: int = _MANY) -> tuple[Recovered, ...]:
    """Counts of one practice that cannot but lie from 1 to 7, or that can only be one number.

    `hidden_up_to` is what a hidden count is at most: 7 where it is known that only small ones are hidden.
    """
    months: dict[date, ProtectedMonth] = {}
    for figures in released:
        for month in figures.months:
            known = months.get(month.month_end)
            if known is None or not known.splits:
                months[month.month_end] = month
    return tuple(found for month in months.values() for found in _Month(month, hidden_up_to).recovered())


def attack_repeats(released: Sequence[ProtectedFigures]) -> tuple[Turned, ...]:
    """Counts of one practice that were told twice, and not alike."""
    first: dict[tuple[date, Name], int | None] = {}
    found: dict[Turned, None] = {}
    for figures in released:
        for month in figures.months:
            for name, count in _values(month).items():
                if first.setdefault((month.month_end, name), count) != count:
                    found[Turned(month.month_end, *name)] = None
    return tuple(found)


def _values(month: ProtectedMonth) -> dict[Name, int | None]:
    found: dict[Name, int | None] = {}
    for figure in month.figures:
        found[figure.slug, "counted", "", ""] = figure.denominator
        found[figure.slug, "met", "", ""] = figure.numerator
    for split in month.splits:
        for group in split.groups:
            found[split.slug, "counted", split.dimension.value, group.group] = group.denominator
            found[split.slug, "met", split.dimension.value, group.group] = group.numerator
    return found


@dataclass(slots=True)
class _Rows:
    """Rows of a matrix: weights by column; each adds up to nought, or to no more."""

    equal: list[Mapping[int, float]] = field(default_factory=list)
    at_most: list[Mapping[int, float]] = field(default_factory=list)


class _Month:
    """Everything released of one month, as unknowns with limits and rows that tie them."""

    def __init__(self, month: ProtectedMonth, hidden_up_to: int) -> None:
        self.month_end = month.month_end
        self.values = _values(month)
        self.at = {name: place for place, name in enumerate(self.values)}
        self.limits = [_limits(count, hidden_up_to) for count in self.values.values()]
        sure, likely = _Rows(), _Rows()
        self._parts(sure)
        self._sums(sure)
        self._same_people(sure, likely)
        self.rows = _Rows(sure.equal + likely.equal, sure.at_most + likely.at_most)
        if self._answer({}) is None:  # somewhere the record cannot tell, and the same people are not the same
            self.rows = sure

    def recovered(self) -> Iterator[Recovered]:
        told = (Recovered(self.month_end, *name, max(0, n - _OFF), n + _OFF) for name, n in self._shown())
        yield from (each for each in told if each.least >= 1 and each.most <= _FEW)
        hidden = self._hidden()
        perhaps_few = self._left(self._left(hidden, 1, _is_none), -1, _is_many)
        perhaps_none = self._left(hidden, -1, lambda worth: not _is_none(worth))
        open_ones = perhaps_few | perhaps_none
        for name, weights in open_ones.items():
            least, most = ceil(self._extreme(weights, 1) - _HAIR), floor(self._extreme(weights, -1) + _HAIR)
            if least == most or (least >= 1 and most <= _FEW):
                yield Recovered(self.month_end, *name, least, most)

    def _shown(self) -> Iterator[tuple[Name, int]]:
        return ((name, count) for name, count in self.values.items() if count is not None)

    def _hidden(self) -> Asked:
        found: Asked = {}
        for name, count in self.values.items():
            slug, what, *place = name
            if count is None:
                found[name] = {self.at[name]: 1.0}
            if count is None and what == "met":
                counted = (slug, "counted", place[0], place[1])
                found[slug, "not met", place[0], place[1]] = {self.at[counted]: 1.0, self.at[name]: -1.0}
        return found

    def _left(self, asked: Asked, way: int, clears: Callable[[float], bool]) -> Asked:
        """Those that are not cleared when all are pushed down (1) or up (−1) at once, again and again: a
        count that can be so is not recovered."""
        while asked:
            goal: dict[int, float] = {}
            for weights in asked.values():
                for at, weight in weights.items():
                    goal[at] = goal.get(at, 0.0) + way * weight
            fits = self._solve(goal)
            left = {name: each for name, each in asked.items() if not clears(_worth(each, fits))}
            if len(left) == len(asked):
                break
            asked = left
        return asked

    def _extreme(self, weights: Mapping[int, float], way: int) -> float:
        return _worth(weights, self._solve({at: way * weight for at, weight in weights.items()}))

    def _solve(self, goal: Mapping[int, float]) -> NDArray[np.float64]:
        """One way in which all fits and the goal is least."""
        answer = self._answer(goal)
        if answer is None:
            raise ValueError("no counts fit what was released")
        return answer

    def _answer(self, goal: Mapping[int, float]) -> NDArray[np.float64] | None:
        cost = np.zeros(len(self.at))
        for at, weight in goal.items():
            cost[at] = weight
        answer = linprog(
            cost,
            A_eq=_matrix(self.rows.equal, len(cost)),
            b_eq=np.zeros(len(self.rows.equal)),
            A_ub=_matrix(self.rows.at_most, len(cost)),
            b_ub=np.zeros(len(self.rows.at_most)),
            bounds=self.limits,
        )
        return answer.x if answer.status == 0 else None

    def _parts(self, rows: _Rows) -> None:
        for slug, what, *place in self.values:
            if what == "met":
                met, counted = (slug, "met", *place), (slug, "counted", *place)
                rows.at_most.append({self.at[met]: 1.0, self.at[counted]: -1.0})  # type: ignore[index]

    def _sums(self, rows: _Rows) -> None:
        totals: dict[Name, dict[int, float]] = {}
        for name, at in self.at.items():
            slug, what, dimension, _ = name
            if dimension:
                row = totals.setdefault((slug, what, dimension, ""), {self.at[slug, what, "", ""]: -1.0})
                row[at] = 1.0
        rows.equal.extend(totals.values())

    def _same_people(self, sure: _Rows, likely: _Rows) -> None:
        """Rules that count the same people, and rules of which one is stricter."""
        by_place: dict[tuple[str, str], list[str]] = {}
        for slug, what, dimension, group in self.values:
            if what == "met":
                by_place.setdefault((dimension, group), []).append(slug)
        for place, slugs in by_place.items():
            for one, other in permutations(slugs, 2):
                if (one, other) in _STRICTER:
                    sure.at_most.append(self._pair((one, "met", *place), (other, "met", *place)))
                if _counts_those_who_met(one, other):
                    likely.equal.append(self._pair((one, "counted", *place), (other, "met", *place)))
                if one < other and _denominator(one) == _denominator(other):
                    likely.equal.append(self._pair((one, "counted", *place), (other, "counted", *place)))

    def _pair(self, one: Name, other: Name) -> dict[int, float]:
        return {self.at[one]: 1.0, self.at[other]: -1.0}


def _limits(count: int | None, hidden_up_to: int) -> tuple[float, float]:
    return (0.0, hidden_up_to) if count is None else (max(0.0, count - _OFF), count + _OFF)


def _is_none(worth: float) -> bool:
    return worth < 1 - _HAIR


def _is_many(worth: float) -> bool:
    return worth > _FEW + _HAIR


def _worth(weights: Mapping[int, float], fits: NDArray[np.float64]) -> float:
    return float(sum(weight * fits[at] for at, weight in weights.items()))


def _matrix(rows: Sequence[Mapping[int, float]], width: int) -> csr_array:
    place = [(row, at, weight) for row, weights in enumerate(rows) for at, weight in weights.items()]
    down, along, weights = zip(*place, strict=True) if place else ((), (), ())
    return csr_array((weights, (down, along)), shape=(len(rows), width))


def _denominator(slug: str) -> object:
    """What two rules must share to count the same people; rules with exclusions share nothing."""
    rule = INDICATORS.get(slug)
    return slug if rule is None or rule.exclusions else {clause.name for clause in rule.denominator}


def _counts_those_who_met(one: str, other: str) -> bool:
    """Whether a rule counts just those who met the other: as all do that count the register."""
    counting, met = INDICATORS.get(one), INDICATORS.get(other)
    if counting is None or met is None or counting.exclusions:
        return False
    return {clause.condition for clause in counting.denominator} == {
        clause.condition for clause in (*met.denominator, *met.numerator)
    }
