"""The rules of many indicators as one program over masks.

A step joins the masks of earlier steps; a condition that many rules ask is one step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.asked import Asked, ask
from imp2art.audit.conditions import And, Condition, Not, Or
from imp2art.audit.indicator import Clause, Indicator

ATOM, AND, OR, NOT, NEVER = range(5)


@dataclass(frozen=True, slots=True)
class Program:
    """`asked` are the plain conditions; a step is (what, left, right), where left of an atom is its place
    among them. `rules` holds three steps an indicator: its denominator, numerator and exclusions."""

    asked: Asked
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
    asked = ask(made.atoms)
    places = {atom: place for place, atom in enumerate(asked.atoms)}
    moved = [places[atom] for atom in made.atoms]
    steps = [(what, moved[left] if what == ATOM else left, right) for what, left, right in made.steps]
    return Program(asked, np.array(steps, np.int64), np.array(rules, np.int64).reshape(-1, 3))


@dataclass(slots=True)
class _Making:
    atoms: dict[Condition, int] = field(default_factory=dict)
    steps: list[tuple[int, int, int]] = field(default_factory=list)
    places: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def of(self, condition: Condition) -> int:
        match condition:
            case And(parts):
                return reduce(lambda one, other: self._step(AND, one, other), map(self.of, parts))
            case Or(()):
                return self._step(NEVER, 0, 0)
            case Or(parts):
                return reduce(lambda one, other: self._step(OR, one, other), map(self.of, parts))
            case Not(part):
                return self._step(NOT, self.of(part), 0)
        return self._step(ATOM, self.atoms.setdefault(condition, len(self.atoms)), 0)

    def all_of(self, clauses: tuple[Clause, ...]) -> int:
        return self.of(And(tuple(clause.condition for clause in clauses)))

    def _step(self, what: int, left: int, right: int) -> int:
        step = (what, left, right)
        if step not in self.places:
            self.places[step] = len(self.steps)
            self.steps.append(step)
        return self.places[step]
