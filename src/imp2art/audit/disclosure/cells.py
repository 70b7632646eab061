"""Released counts as unknowns, and what anyone may know of how they hang together.

A `Cell` names one count of one month. A `Relation` says that a weighted sum of cells is nought, or not
above it. Relations come from the declarations alone: whoever reads them can write the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise, product
from typing import NamedTuple

from imp2art.audit.disclosure.nesting import Counted, Population, nesting_of

ALL = ""  # the dimension and the group of a count that is not split


class Cell(NamedTuple):
    """A count of people of one rule: of everyone, or of one group of a dimension."""

    slug: str
    counted: Counted
    dimension: str = ALL
    group: str = ALL

    def as_counted(self, counted: Counted) -> Cell:
        """Another count of the same rule and group."""
        return self._replace(counted=counted)


@dataclass(frozen=True, slots=True)
class Relation:
    """Σ weight × count is 0 (`equal`), or at most 0."""

    terms: tuple[tuple[Cell, int], ...]
    equal: bool

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        """Whether it is so of these counts."""
        total = sum(weight * counts[cell] for cell, weight in self.terms)
        return total == 0 if self.equal else total <= 0


def relations_among(counts: Mapping[Cell, int]) -> tuple[Relation, ...]:
    """Everything that holds between these counts by what the rules say.

    A relation that the rules promise where the record can always tell, and that does not hold because
    it cannot, would lead an attacker astray: the strongest one knows which do, so these are left out.
    """
    found = [*_parts_of_wholes(counts), *_sums_of_groups(counts), *_of_populations(counts)]
    return tuple(relation for relation in found if relation.holds(counts))


def _parts_of_wholes(counts: Mapping[Cell, int]) -> Iterator[Relation]:
    """Those who met a rule and those who did not are together those who were counted."""
    for cell in counts:
        if cell.counted is Counted.DENOMINATOR:
            met, rest = cell.as_counted(Counted.NUMERATOR), cell.as_counted(Counted.REST)
            yield Relation(((met, 1), (rest, 1), (cell, -1)), equal=True)


def _sums_of_groups(counts: Mapping[Cell, int]) -> Iterator[Relation]:
    groups = sorted(cell for cell in counts if cell.dimension != ALL and cell.counted is not Counted.REST)
    for (slug, counted, _), cells in groupby(groups, key=lambda cell: cell[:3]):
        yield Relation((*((cell, 1) for cell in cells), (Cell(slug, counted), -1)), equal=True)


def _of_populations(counts: Mapping[Cell, int]) -> Iterator[Relation]:
    """The same people under several names, and people of whom all are among others."""
    nesting = nesting_of(tuple(sorted({cell.slug for cell in counts})))
    for place in sorted({cell[2:] for cell in counts}):
        same = [_alike(names, place, counts) for names in nesting.same]
        for chains in same:
            for chain in chains:
                for one, other in pairwise(chain):
                    yield Relation(((one, 1), (other, -1)), equal=True)
        for less, more in nesting.within:
            for fewer, others in product(same[less], same[more]):
                yield Relation(((fewer[0], 1), (others[0], -1)), equal=False)


def _alike(
    names: tuple[Population, ...], place: tuple[str, str], counts: Mapping[Cell, int]
) -> list[list[Cell]]:
    """The cells of one population at one place, those with the same count together."""
    cells = sorted(
        (cell for name in names if (cell := Cell(*name, *place)) in counts), key=counts.__getitem__
    )
    return [list(alike) for _, alike in groupby(cells, key=counts.__getitem__)]
