"""Protecting a report: hide and round, then hide more until the strongest attacker learns nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from imp2art.audit.disclosure.cells import Cell, Relation, relations_among
from imp2art.audit.disclosure.figures import (
    ProtectedFigure,
    ProtectedFigures,
    ProtectedGroup,
    ProtectedMonth,
    ProtectedSplit,
)
from imp2art.audit.disclosure.nesting import Counted
from imp2art.audit.disclosure.rounding import MOST_HIDDEN, shown
from imp2art.audit.disclosure.solver import given_away
from imp2art.audit.reports.equity import GROUPS
from imp2art.audit.reports.report import AuditReport, EquitySplit, GroupFigure, IndicatorSeries

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
    released = protect_cells(counts, relations_among(counts))
    figures = tuple(
        ProtectedFigure(each.slug, *_pair(released, Cell(each.slug, Counted.DENOMINATOR))) for each in series
    )
    splits = (_split(each.slug, split, released) for each in series for split in each.equity)
    return ProtectedMonth(on, figures, tuple(splits) if is_newest else ())


def protect_cells(counts: Counts, relations: Sequence[Relation]) -> Released:
    """The counts with the small ones hidden, the others rounded, and more hidden as long as the
    strongest attacker learns one. Those who did not meet a rule are never given as a count."""
    released: Released = {cell: _shown(cell, counts) for cell in counts}
    neighbours = _neighbours(relations)
    while learnt := given_away(released, relations, counts):
        # What is hidden for one of them may protect the next, so only a round that hides none is a fault.
        if not sum(_hide_beside(cell, released, neighbours) for cell in learnt):
            raise ValueError("a count is given away though everything tied to it is hidden")
    return released


def _shown(cell: Cell, counts: Counts) -> int | None:
    """The count, rounded; hidden where it is small, or where few are left over from its denominator."""
    if cell.counted is Counted.REST:
        return None
    apart = counts.get(cell.as_counted(Counted.REST), 0)
    return None if cell.counted is Counted.NUMERATOR and apart <= MOST_HIDDEN else shown(counts[cell])


def _hide_beside(cell: Cell, released: Released, neighbours: Mapping[Cell, set[Cell]]) -> bool:
    """Hide the smallest count that is tied to this one; where all are hidden, of those tied to them.

    False where all that hang together are hidden already.
    """
    reached, edge = {cell}, {cell}
    while edge:
        edge = {other for one in edge for other in neighbours.get(one, ())} - reached
        candidates = [(count, one) for one in edge if (count := released[one]) is not None]
        if candidates:
            released[min(candidates)[1]] = None
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


def _counts(series: Sequence[IndicatorSeries], at: int, with_splits: bool) -> Iterator[tuple[Cell, int]]:
    for each in series:
        figure = each.figures[at]
        yield from _three(Cell(each.slug, Counted.DENOMINATOR), figure.denominator, figure.numerator)
        for split in each.equity if with_splits else ():
            for group in _all_groups(split):
                place = Cell(each.slug, Counted.DENOMINATOR, split.dimension.value, group.group)
                yield from _three(place, group.denominator, group.numerator)


def _all_groups(split: EquitySplit) -> tuple[GroupFigure, ...]:
    """Every group of the dimension: one left out because nobody is in it would tell that nobody is."""
    known = {group.group: group for group in split.groups}
    names = dict.fromkeys((*GROUPS[split.dimension], *known))
    return tuple(known.get(name, GroupFigure(name, 0, 0)) for name in names)


def _three(cell: Cell, denominator: int, numerator: int) -> Iterator[tuple[Cell, int]]:
    yield cell, denominator
    yield cell.as_counted(Counted.NUMERATOR), numerator
    yield cell.as_counted(Counted.REST), denominator - numerator


def _split(slug: str, split: EquitySplit, released: Released) -> ProtectedSplit:
    def place(group: str) -> Cell:
        return Cell(slug, Counted.DENOMINATOR, split.dimension.value, group)

    groups = (ProtectedGroup(each.group, *_pair(released, place(each.group))) for each in _all_groups(split))
    return ProtectedSplit(slug, split.dimension, tuple(groups))


def _pair(released: Released, cell: Cell) -> tuple[int | None, int | None]:
    return released[cell], released[cell.as_counted(Counted.NUMERATOR)]
