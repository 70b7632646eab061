"""Simulated practices to compare the demonstration's own with: counted, protected, never imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa

from imp2art.audit.disclosure import protect_counts
from imp2art.audit.engine import Counts, count
from imp2art.audit.packing.pack import pack_practice
from imp2art.audit.packs import indicators_for
from imp2art.audit.peer_rows import Cell, PeerRows, put_together
from imp2art.audit.peers import PeerFigures, PeerPractice, PeerTable, fifth_of, size_band
from imp2art.audit.register import REGISTER_SLUG
from imp2art.codes.library import Library
from imp2art.simulate.model import Model, read_model
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.practice import simulate_practice

SMALLEST, LARGEST = 0.85, 1.6  # their lists as shares of the demonstration's: mostly its own size band


def simulate_peers(
    library: Library,
    seed: int,
    as_at: date,
    months: int,
    month_ends: tuple[date, ...],
    people: int,
    practices: int,
    skip: int = 0,
) -> PeerFigures:
    """So many practices with lists of about `people`, after the first `skip` that this seed makes."""
    model = read_model(library, seed, as_at, months, 0.0)
    sizes = np.linspace(SMALLEST, LARGEST, practices) * people
    chosen = [model.outlines(skip + practices, int(size))[skip + place] for place, size in enumerate(sizes)]
    return put_together(_rows(model, outline, library, month_ends) for outline in chosen)


def figures_until(figures: PeerFigures, month: date) -> PeerFigures:
    """The same practices' figures of the months up to this month end."""
    known = sum(each <= month for each in figures.month_ends)
    tables = {
        slug: PeerTable(table.denominators[:known], table.numerators[:known])
        for slug, table in figures.tables.items()
    }
    return replace(figures, month_ends=figures.month_ends[:known], tables=tables)


def _rows(model: Model, outline: PracticeOutline, library: Library, month_ends: tuple[date, ...]) -> PeerRows:
    made = simulate_practice(model, outline)
    tables = {name: pa.Table.from_batches(batches) for name, batches in made.tables.items()}
    indicators, _ = indicators_for(made.facts.nation, library)
    packed = pack_practice(tables, indicators, library)
    counted = count(packed, indicators, month_ends)
    band = size_band(int(counted[REGISTER_SLUG].denominator[-1]))
    practice = PeerPractice(outline.code, made.facts.nation, band, fifth_of(packed.people.decile))
    return PeerRows(practice, dict(_cells(counted, month_ends)))


def _cells(
    counted: Mapping[str, Counts], month_ends: tuple[date, ...]
) -> Iterator[tuple[tuple[str, date], Cell]]:
    for slug, counts in counted.items():
        tables = protect_counts(counts.denominator, counts.numerator)
        for month, denominator, numerator in zip(month_ends, *tables, strict=True):
            yield (slug, month), (_shown(numerator), _shown(denominator))


def _shown(number: np.int64) -> int | None:
    return None if number < 0 else int(number)
