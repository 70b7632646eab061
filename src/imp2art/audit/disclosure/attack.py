"""The attacker: what someone learns of hidden counts who has the released ones and a solver.

It is given intervals (a rounded count is within 2 of the true one; a hidden one is unknown) and
relations, and nothing else. A count is recovered where everything fits only if it lies from 1 to 7, or
only if it is one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from imp2art.audit.disclosure.cells import Cell, Relation
from imp2art.audit.disclosure.rounding import MOST_HIDDEN, REACH

_MOST = 10_000_000  # no practice has as many people


@dataclass(frozen=True, slots=True)
class Recovered:
    """What the attacker knows of a hidden count: it lies from `least` to `most`."""

    cell: Cell
    least: int
    most: int


def attack(
    released: Mapping[Cell, int | None], relations: Sequence[Relation], small: Iterable[Cell] = ()
) -> tuple[Recovered, ...]:
    """The hidden counts that are given away.

    `small` are hidden cells that this attacker was told are of 7 or fewer: the strongest one is told
    all that are, and looks for those. Each independent group of cells is attacked by itself.
    """
    told = frozenset(small)
    found = [
        Recovered(cell, count - REACH, count + REACH)
        for cell, count in sorted(released.items())
        if count is not None and count - REACH > 0 and count + REACH <= MOST_HIDDEN
    ]
    for cells, related in _components(released, relations):
        hidden = [cell for cell in cells if released[cell] is None and (not told or cell in told)]
        if hidden and related:
            found += _System(cells, related, released, told).recovered(hidden)
    return tuple(found)


def _components(
    released: Mapping[Cell, int | None], relations: Sequence[Relation]
) -> list[tuple[list[Cell], list[Relation]]]:
    """Cells that hang together, with their relations."""
    leader: dict[Cell, Cell] = {cell: cell for cell in released}

    def top(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for relation in relations:
        first = top(relation.terms[0][0])
        for cell, _ in relation.terms[1:]:
            leader[top(cell)] = first
    groups: dict[Cell, tuple[list[Cell], list[Relation]]] = {}
    for cell in sorted(released):
        groups.setdefault(top(cell), ([], []))[0].append(cell)
    for relation in relations:
        groups[top(relation.terms[0][0])][1].append(relation)
    return list(groups.values())


class _System:
    """The linear system of one group of cells."""

    def __init__(
        self,
        cells: Sequence[Cell],
        relations: Sequence[Relation],
        released: Mapping[Cell, int | None],
        small: frozenset[Cell],
    ) -> None:
        self.place = {cell: at for at, cell in enumerate(cells)}
        limits = [_limits(released[cell], cell in small) for cell in cells]
        self.bounds = Bounds(np.array([low for low, _ in limits]), np.array([high for _, high in limits]))
        self.constraint = self._constraint(relations)
        self.size = len(cells)

    def _constraint(self, relations: Sequence[Relation]) -> LinearConstraint | None:
        if not relations:
            return None
        rows, columns, weights = [], [], []
        for row, relation in enumerate(relations):
            for cell, weight in relation.terms:
                rows.append(row)
                columns.append(self.place[cell])
                weights.append(float(weight))
        matrix = coo_array((weights, (rows, columns)), shape=(len(relations), len(self.place)))
        lower = np.array([0.0 if relation.equal else -np.inf for relation in relations])
        return LinearConstraint(matrix.tocsr(), lower, np.zeros(len(relations)))

    def recovered(self, hidden: Sequence[Cell]) -> list[Recovered]:
        """Those of the hidden cells that cannot be 0 and cannot be more than 7, or are one number."""
        never_zero = list(hidden)
        while never_zero:
            # Whatever is 0 in one way in which all fits is safe; most are in the first.
            fits = self._solution(never_zero)
            left = [cell for cell in never_zero if fits[self.place[cell]] > 0.5]
            if len(left) == len(never_zero):
                break
            never_zero = left
        found = []
        for cell in never_zero:
            least = self._extreme(cell, 1)
            if least >= 1:
                most = self._extreme(cell, -1)
                if most <= MOST_HIDDEN or least == most:
                    found.append(Recovered(cell, least, most))
        return found

    def _solution(self, cells: Sequence[Cell]) -> np.ndarray:
        """One way in which all fits, with these cells as small together as they can be."""
        goal = np.zeros(self.size)
        goal[[self.place[cell] for cell in cells]] = 1.0
        return self._solve(goal)

    def _extreme(self, cell: Cell, way: int) -> int:
        goal = np.zeros(self.size)
        goal[self.place[cell]] = way
        return round(float(self._solve(goal)[self.place[cell]]))

    def _solve(self, goal: np.ndarray) -> np.ndarray:
        answer = milp(
            goal, integrality=np.ones(self.size), bounds=self.bounds, constraints=self.constraint or ()
        )
        if answer.x is None:
            raise ValueError("no counts fit what was released: the relations do not hold of it")
        return np.asarray(answer.x)


def _limits(count: int | None, is_small: bool) -> tuple[float, float]:
    if count is not None:
        least = MOST_HIDDEN + 1 if count > MOST_HIDDEN else 0
        return max(least, count - REACH), count + REACH
    return 0, MOST_HIDDEN if is_small else _MOST
