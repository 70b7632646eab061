"""Figures of other practices put together: what a site's own practices released, and what came from a
national audit. Both are protected already; a practice of the site stands with what it released.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from imp2art.audit.peers import PeerFigures, PeerPractice, PeerTable

Cell = tuple[int | None, int | None]  # numerator and denominator; None is hidden
HIDDEN: Cell = (None, None)


@dataclass(frozen=True, slots=True)
class PeerRows:
    """One practice's protected figures: numerator and denominator by indicator and month end."""

    practice: PeerPractice
    cells: Mapping[tuple[str, date], Cell]


def rows_of(figures: PeerFigures) -> tuple[PeerRows, ...]:
    """The figures practice by practice."""
    return tuple(
        PeerRows(
            practice,
            {
                (slug, month): (table.numerators[at][place], table.denominators[at][place])
                for slug, table in figures.tables.items()
                for at, month in enumerate(figures.month_ends)
            },
        )
        for place, practice in enumerate(figures.practices)
    )


def put_together(rows: Iterable[PeerRows]) -> PeerFigures:
    """The figures of all; of two of one practice the later. What a practice has not is hidden."""
    newest = {each.practice.code: each for each in rows}
    chosen = [newest[code] for code in sorted(newest)]
    keys = {key for each in chosen for key in each.cells}
    months = tuple(sorted({month for _, month in keys}))
    slugs = sorted({slug for slug, _ in keys})
    tables = {slug: _table(slug, months, chosen) for slug in slugs}
    return PeerFigures(months, tuple(each.practice for each in chosen), tables)


def _table(slug: str, months: tuple[date, ...], rows: list[PeerRows]) -> PeerTable:
    cells = [[each.cells.get((slug, month), HIDDEN) for each in rows] for month in months]
    numerators = tuple(tuple(numerator for numerator, _ in month) for month in cells)
    denominators = tuple(tuple(denominator for _, denominator in month) for month in cells)
    return PeerTable(denominators, numerators)
