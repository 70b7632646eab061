"""The strongest attacker, which the protector has to satisfy: integer counts and a solver.

It is given intervals (a rounded count is within 2 of the true one), the relations that hold, which
hidden counts are of 7 and fewer, and that where those who met a rule are shown, more than 7 did not. A
hidden count is given away where everything fits only if it lies from 1 to 7, or only if it is one
number (trust file S-41).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from imp2art.audit.disclosure.cells import Cell, Relation
from imp2art.audit.disclosure.nesting import Counted
from imp2art.audit.disclosure.rounding import MOST_HIDDEN, REACH

Counts = Mapping[Cell, int]
Released = Mapping[Cell, int | None]
_MOST = 1_000_000  # no practice has as many people
_ALMOST = 1e-6


def given_away(released: Released, relations: Sequence[Relation], counts: Counts) -> tuple[Cell, ...]:
    """The hidden cells that the strongest attacker learns; `counts` are the true ones."""
    groups = _tied_together(released, relations)
    return tuple(
        chain.from_iterable(_System(cells, tied, released, counts).given_away() for cells, tied in groups)
    )


def _tied_together(
    released: Released, relations: Sequence[Relation]
) -> list[tuple[list[Cell], list[Relation]]]:
    """Groups of cells that hang together, each with its relations; cells without one are left out."""
    leader: dict[Cell, Cell] = {}

    def top(cell: Cell) -> Cell:
        while (above := leader.setdefault(cell, cell)) != cell:
            leader[cell] = leader[above]
            cell = above
        return cell

    for relation in relations:
        for cell, _ in relation.terms:
            leader[top(cell)] = top(relation.terms[0][0])
    groups: dict[Cell, tuple[list[Cell], list[Relation]]] = {}
    for cell in released:
        if cell in leader:
            groups.setdefault(top(cell), ([], []))[0].append(cell)
    for relation in relations:
        groups[top(relation.terms[0][0])][1].append(relation)
    return list(groups.values())


class _System:
    """The unknowns of one group of cells."""

    def __init__(
        self, cells: Sequence[Cell], relations: Sequence[Relation], released: Released, counts: Counts
    ) -> None:
        self.place = {cell: at for at, cell in enumerate(cells)}
        limits = [_limits(cell, released, counts) for cell in cells]
        self.bounds = Bounds(np.array([low for low, _ in limits]), np.array([high for _, high in limits]))
        self.constraint = _constraint(relations, self.place)
        self.counts = counts
        self.hidden = [cell for cell in cells if released[cell] is None and _is_secret(cell, released)]

    def given_away(self) -> Iterator[Cell]:
        """A cell is safe as soon as all fits in another way: with 0 or more than 7 for 1 to 7, with any
        other number for 0 and for more. What one answer of the solver does not clear for many is asked
        of each."""
        open_ones = self._pushed_together(self._pushed_together(self.hidden, 1), -1)
        for cell in open_ones:
            if all(self._not_cleared([cell], way) for way in (1, -1) if self._may_clear(cell, way)):
                yield cell

    def _pushed_together(self, cells: list[Cell], way: int) -> list[Cell]:
        """Those that are left when the solver pushes all of them down (1) or up (−1), again and again."""
        while pushed := [cell for cell in cells if self._may_clear(cell, way)]:
            stuck = set(self._not_cleared(pushed, way))
            cells = [cell for cell in cells if cell in stuck or cell not in pushed]
            if len(stuck) == len(pushed):
                break
        return cells

    def _may_clear(self, cell: Cell, way: int) -> bool:
        at = self.place[cell]
        reach = int(self.bounds.lb[at] if way > 0 else self.bounds.ub[at])
        return self._clears(cell, reach)

    def _not_cleared(self, cells: Sequence[Cell], way: int) -> list[Cell]:
        """Those that stay given away when the solver pushes all of these as far as it can."""
        weights = np.zeros(len(self.place))
        weights[[self.place[cell] for cell in cells]] = way
        fits = self._solve(weights)
        return [cell for cell in cells if not self._clears(cell, fits[self.place[cell]])]

    def _solve(self, weights: NDArray[np.float64]) -> NDArray[np.int64]:
        """Whole counts that fit, with the least sum. Fractions are allowed at first: it is faster, and the
        answer seldom has any."""
        for whole in (0, 1):
            answer = milp(
                weights,
                integrality=np.full(len(weights), whole),
                bounds=self.bounds,
                constraints=self.constraint,
            )
            if answer.x is None:
                raise ValueError("no counts fit what was released: the relations do not hold of it")
            fits: NDArray[np.float64] = np.rint(answer.x)
            if np.abs(fits - answer.x).max() < _ALMOST:
                break
        whole_ones: NDArray[np.int64] = fits.astype(np.int64)
        return whole_ones

    def _clears(self, cell: Cell, count: np.integer | int) -> bool:
        true = self.counts[cell]
        return not 1 <= count <= MOST_HIDDEN if 1 <= true <= MOST_HIDDEN else count != true


def _is_secret(cell: Cell, released: Released) -> bool:
    """Those who did not meet a rule are told by the counts that are shown, where there are enough."""
    return cell.counted is not Counted.REST or released[cell.as_counted(Counted.NUMERATOR)] is None


def _limits(cell: Cell, released: Released, counts: Counts) -> tuple[float, float]:
    """Of a hidden pair the attacker is told one reason: who met it are few, or else who did not are."""
    count = released[cell]
    if count is not None:
        return max(MOST_HIDDEN + 1, count - REACH), count + REACH
    if cell.counted is not Counted.REST:
        return 0, MOST_HIDDEN if counts[cell] <= MOST_HIDDEN else _MOST
    met = cell.as_counted(Counted.NUMERATOR)
    is_told = counts[cell] <= MOST_HIDDEN < counts[met]
    return (MOST_HIDDEN + 1 if released[met] is not None else 0), MOST_HIDDEN if is_told else _MOST


def _constraint(relations: Sequence[Relation], place: Mapping[Cell, int]) -> LinearConstraint:
    rows, columns, weights = [], [], []
    for row, relation in enumerate(relations):
        for cell, weight in relation.terms:
            rows.append(row)
            columns.append(place[cell])
            weights.append(float(weight))
    matrix = coo_array((weights, (rows, columns)), shape=(len(relations), len(place)))
    lower = np.array([0.0 if relation.equal else -np.inf for relation in relations])
    return LinearConstraint(matrix.tocsr(), lower, np.zeros(len(relations)))
