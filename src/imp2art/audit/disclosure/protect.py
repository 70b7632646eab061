"""Protecting a report: hide and round, then hide more until the strongest attacker learns nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.disclosure.attack import attack
from imp2art.audit.disclosure.cells import ALL, Cell, Relation, relations_among
from imp2art.audit.disclosure.figures import (
    ProtectedFigure,
    ProtectedFigures,
    ProtectedGroup,
    ProtectedMonth,
    ProtectedSplit,
)
from imp2art.audit.disclosure.rounding import MOST_HIDDEN, shown
from imp2art.audit.report import AuditReport, Dimension, IndicatorSeries

Counts = Mapping[Cell, int]
Released = dict[Cell, int | None]


def protect(report: AuditReport, earlier: Iterable[ProtectedFigures] = ()) -> ProtectedFigures:
    """The report's figures as they may leave the practice.

    A month that left before leaves again as it did, byte for byte: two roundings of nearly the same
    count would tell which way it went.
    """
    gone = {month.month_end: month for each in earlier for month in each.months}
    months = tuple(
        gone.get(on) or _month(report.series, at, on, is_newest=on == report.as_at)
        for at, on in enumerate(report.month_ends)
    )
    return ProtectedFigures(report.practice, months)


def _month(series: Sequence[IndicatorSeries], at: int, on: date, is_newest: bool) -> ProtectedMonth:
    counts = dict(_counts(series, at, is_newest))
    released = protect_cells(counts, relations_of(counts))
    figures = tuple(
        ProtectedFigure(each.slug, released[Cell(each.slug, False)], released[Cell(each.slug, True)])
        for each in series
    )
    return ProtectedMonth(on, figures, _splits(series, released) if is_newest else ())


def relations_of(counts: Counts) -> tuple[Relation, ...]:
    """The relations that hold of these counts.

    One that the rules promise where the record can always tell, and that does not hold because it
    cannot, would lead an attacker astray: the strongest one knows which do.
    """
    found = relations_among(counts, INDICATORS)
    return tuple(relation for relation in found if relation.holds(counts))


def protect_cells(counts: Counts, relations: Sequence[Relation]) -> Released:
    """The counts with the small ones hidden, the others rounded, and more hidden as long as the
    strongest attacker, told which of the hidden ones are small, recovers one."""
    released: Released = {cell: _shown(cell, counts) for cell in counts}
    small = frozenset(cell for cell, count in counts.items() if count <= MOST_HIDDEN)
    neighbours = _neighbours(relations)
    while recovered := attack(released, relations, small):
        # What is hidden for one of them may protect the next as well.
        hidden = sum(_hide_beside(found.cell, released, neighbours) for found in recovered)
        if not hidden:
            raise ValueError("a count is given away though everything tied to it is hidden")
    return released


def _shown(cell: Cell, counts: Counts) -> int | None:
    """The count, rounded; hidden where it is small, or where few are left over from its denominator."""
    apart = counts[cell._replace(is_numerator=False)] - counts[cell]
    return None if cell.is_numerator and 0 < apart <= MOST_HIDDEN else shown(counts[cell])


def _hide_beside(cell: Cell, released: Released, neighbours: Mapping[Cell, set[Cell]]) -> bool:
    """Hide the smallest count that is tied to this one; where all are hidden, those tied to them.

    False where all that hang together are hidden already.
    """
    reached, edge = {cell}, {cell}
    while edge:
        edge = {other for one in edge for other in neighbours.get(one, ())} - reached
        candidates = [one for one in edge if released[one] is not None]
        if candidates:
            released[min(candidates, key=lambda one: (released[one] or 0, one))] = None
            return True
        reached |= edge
    return False


def _neighbours(relations: Sequence[Relation]) -> Mapping[Cell, set[Cell]]:
    found: dict[Cell, set[Cell]] = {}
    for relation in relations:
        cells = {cell for cell, _ in relation.terms}
        for cell in cells:
            found.setdefault(cell, set()).update(cells - {cell})
    return found


def _counts(series: Sequence[IndicatorSeries], at: int, with_splits: bool) -> Iterable[tuple[Cell, int]]:
    for each in series:
        yield Cell(each.slug, False), each.figures[at].denominator
        yield Cell(each.slug, True), each.figures[at].numerator
        for split in each.equity if with_splits else ():
            for group in split.groups:
                yield Cell(each.slug, False, split.dimension.value, group.group), group.denominator
                yield Cell(each.slug, True, split.dimension.value, group.group), group.numerator


def _splits(series: Sequence[IndicatorSeries], released: Released) -> tuple[ProtectedSplit, ...]:
    return tuple(
        ProtectedSplit(each.slug, split.dimension, _groups(each.slug, split.dimension, released))
        for each in series
        for split in each.equity
    )


def _groups(slug: str, dimension: Dimension, released: Released) -> tuple[ProtectedGroup, ...]:
    names = [cell.group for cell in released if cell[:3] == (slug, False, dimension.value)]
    return tuple(
        ProtectedGroup(
            name,
            released[Cell(slug, False, dimension.value, name)],
            released[Cell(slug, True, dimension.value, name)],
        )
        for name in names
        if name != ALL
    )
