"""The rules of many indicators as one program over masks, run and counted in one compiled loop.

A step joins the masks of earlier steps. People are taken a few at a time, so that what a step gives is
still in the processor's cache when the next one reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compiling import compiled
from imp2art.audit.conditions import And, Condition, Not, Or
from imp2art.audit.indicator import Clause, Indicator
from imp2art.audit.loops import Masks
from imp2art.audit.packed import Offsets

_ATOM, _AND, _OR, _NOT, _NEVER = range(5)
# By a byte: its eight bits as eight counters of a byte each, the lowest bit in the lowest counter.
_SPREAD = np.array(
    [sum(1 << (8 * bit) for bit in range(8) if byte >> bit & 1) for byte in range(256)], np.uint64
)
KINDS = ("met", "not met", "excluded", "cannot tell")


@dataclass(frozen=True, slots=True)
class Program:
    """`atoms` are the plain conditions; a step is (what, left, right), where left of an atom is its place
    among them. `rules` holds three steps an indicator: its denominator, numerator and exclusions."""

    atoms: tuple[Condition, ...]
    steps: NDArray[np.int64]
    rules: NDArray[np.int64]


@lru_cache(maxsize=8)
def program_of(indicators: tuple[Indicator, ...]) -> Program:
    """The program of these rules: a condition that many of them ask is one step."""
    made = _Making()
    rules = [
        (
            made.all_of(each.denominator),
            made.all_of(each.numerator),
            made.of(Or(tuple(clause.condition for clause in each.exclusions))),
        )
        for each in indicators
    ]
    return Program(
        tuple(made.atoms), np.array(made.steps, np.int64), np.array(rules, np.int64).reshape(-1, 3)
    )


@dataclass(slots=True)
class _Making:
    atoms: dict[Condition, int] = field(default_factory=dict)
    steps: list[tuple[int, int, int]] = field(default_factory=list)
    places: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def of(self, condition: Condition) -> int:
        match condition:
            case And(parts):
                return reduce(lambda one, other: self._step(_AND, one, other), map(self.of, parts))
            case Or(()):
                return self._step(_NEVER, 0, 0)
            case Or(parts):
                return reduce(lambda one, other: self._step(_OR, one, other), map(self.of, parts))
            case Not(part):
                return self._step(_NOT, self.of(part), 0)
        return self._step(_ATOM, self.atoms.setdefault(condition, len(self.atoms)), 0)

    def all_of(self, clauses: tuple[Clause, ...]) -> int:
        return self.of(And(tuple(clause.condition for clause in clauses)))

    def _step(self, what: int, left: int, right: int) -> int:
        step = (what, left, right)
        if step not in self.places:
            self.places[step] = len(self.steps)
            self.steps.append(step)
        return self.places[step]


def count_rules(
    program: Program, surely: Sequence[Masks], maybe: Sequence[Masks], bounds: Offsets, months: int
) -> NDArray[np.int32]:
    """People by rule, kind (`KINDS`), month and practice; `surely` and `maybe` are the atoms' masks."""
    every = np.uint64((1 << months) - 1)
    return _count_rules(
        program.steps, program.rules, np.array(surely), np.array(maybe), bounds, months, every, _SPREAD
    )


@compiled
def _count_rules(
    steps: Offsets,
    rules: Offsets,
    surely: Masks,
    maybe: Masks,
    bounds: Offsets,
    months: int,
    every: np.uint64,
    spread: Masks,
) -> NDArray[np.int32]:
    practices, groups = bounds.size - 1, (months + 7) // 8
    counts = np.zeros((rules.shape[0], 4, months, practices), np.int32)
    sure, may = np.empty((len(steps), 255), np.uint64), np.empty((len(steps), 255), np.uint64)
    counters = np.zeros((4, groups), np.uint64)
    for practice in range(practices):
        person, stop = bounds[practice], bounds[practice + 1]
        while person < stop:
            size = min(255, stop - person)  # what a counter of one byte holds
            _work_out(steps, surely, maybe, person, size, every, sure, may)
            for rule in range(rules.shape[0]):
                _add(rules[rule], sure, may, size, groups, spread, counters)
                for kind in range(4):
                    for month in range(months):
                        shift = np.uint64(8 * (month % 8))
                        counts[rule, kind, month, practice] += np.int32(
                            (counters[kind, month // 8] >> shift) & np.uint64(255)
                        )
                counters[:] = 0
            person += size
    return counts


@compiled
def _work_out(
    steps: Offsets,
    surely: Masks,
    maybe: Masks,
    person: int,
    size: int,
    every: np.uint64,
    sure: Masks,
    may: Masks,
) -> None:
    """Every step for `size` people from `person` on."""
    for step in range(len(steps)):
        what, left, right = steps[step]
        if what == 0:
            sure[step, :size] = surely[left, person : person + size]
            may[step, :size] = maybe[left, person : person + size]
        elif what == 1:
            for at in range(size):
                sure[step, at] = sure[left, at] & sure[right, at]
                may[step, at] = may[left, at] & may[right, at]
        elif what == 2:
            for at in range(size):
                sure[step, at] = sure[left, at] | sure[right, at]
                may[step, at] = may[left, at] | may[right, at]
        elif what == 3:
            for at in range(size):
                sure[step, at] = ~may[left, at] & every
                may[step, at] = ~sure[left, at] & every
        else:
            sure[step, :size] = np.uint64(0)
            may[step, :size] = np.uint64(0)


@compiled
def _add(
    rule: Offsets, sure: Masks, may: Masks, size: int, groups: int, spread: Masks, counters: Masks
) -> None:
    """One rule's answers for `size` people, added up; `engine.Engine.outcomes` says the same."""
    for at in range(size):
        maybe_inside = may[rule[0], at]
        if maybe_inside == 0:
            continue
        inside = sure[rule[0], at]
        met = inside & sure[rule[1], at]
        failed = inside & ~may[rule[1], at]
        not_met, excluded = failed & ~may[rule[2], at], failed & sure[rule[2], at]
        cannot_tell = maybe_inside & ~(met | not_met | excluded)
        for group in range(groups):
            shift, byte = np.uint64(8 * group), np.uint64(255)
            counters[0, group] += spread[(met >> shift) & byte]
            counters[1, group] += spread[(not_met >> shift) & byte]
            if excluded | cannot_tell:
                counters[2, group] += spread[(excluded >> shift) & byte]
                counters[3, group] += spread[(cannot_tell >> shift) & byte]
