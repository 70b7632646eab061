"""The figures of a whole nation as tables: each practice's, and where practices lie.

A rate is ranked among the practices of all nations that have the indicator in their pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from imp2art.audit.figures import FIGURES_SCHEMA
from imp2art.audit.indicator import Indicator
from imp2art.audit.nation import NationCounts

Rates = NDArray[np.float64]
Ranks = NDArray[np.int32]
Flags = NDArray[np.bool_]
PERCENTILES = (10, 25, 50, 75, 90)
RANKED_SCHEMA = FIGURES_SCHEMA.append(pa.field("rank", pa.int32()))  # 1 is the lowest rate; equal ones share
BANDS_SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("month_end", pa.date32()),
        ("practices", pa.int32()),  # those with somebody in the denominator
        *((f"p{percentile}", pa.float64()) for percentile in PERCENTILES),
    ]
)
_MEASURES = ("denominator", "numerator", "excluded", "cannot_tell")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where practices lie, by indicator and month end: `bands` (the percentiles of the rate, NaN where
    nobody is counted) and `ranks` (by practice; 0 where nobody is counted)."""

    ranked: NDArray[np.int32]
    bands: Rates
    ranks: Ranks


def practices_with(indicators: Sequence[Indicator], nations: Sequence[str]) -> Flags:
    """Whether each indicator is in the pack of each practice's nation: shape (indicators, practices)."""
    return np.array([[nation in each.nations for nation in nations] for each in indicators], bool)


def standing_of(counts: NationCounts, counted: Flags) -> Standing:
    """Rank the rate of every practice in which the indicator is counted."""
    shape = counts.denominator.shape
    ranked, ranks = np.zeros(shape[:2], np.int32), np.zeros(shape, np.int32)
    bands = np.full((*shape[:2], len(PERCENTILES)), np.nan)
    for at in range(shape[0]):
        rates = rates_of(counts, at, counted)
        order = np.argsort(rates, axis=1)
        ascending = np.take_along_axis(rates, order, axis=1)
        ranked[at] = (~np.isnan(rates)).sum(axis=1)
        np.put_along_axis(ranks[at], order, _places(ascending), axis=1)
        bands[at] = _bands(ascending, ranked[at])
    return Standing(ranked, bands, ranks)


def rates_of(counts: NationCounts, at: int, counted: Flags) -> Rates:
    """One indicator's rates by month and practice; NaN where it is not counted or counts nobody."""
    asked = np.where(counted[at], counts.denominator[at], 0)
    rates = np.full(asked.shape, np.nan)
    np.divide(counts.numerator[at], asked, out=rates, where=asked > 0)
    return rates


def _places(ascending: Rates) -> Ranks:
    """The place of each sorted rate from 1 on; equal rates share the first place, NaN has 0."""
    place = np.arange(1, ascending.shape[1] + 1, dtype=np.int32)
    begins = np.ones(ascending.shape, bool)
    begins[:, 1:] = ascending[:, 1:] != ascending[:, :-1]
    shared = np.maximum.accumulate(np.where(begins, place, 0), axis=1)
    return np.where(np.isnan(ascending), 0, shared).astype(np.int32)


def _bands(ascending: Rates, ranked: NDArray[np.int32]) -> Rates:
    """The percentiles of each month's sorted rates, a straight line between two neighbours."""
    at = np.outer(np.maximum(ranked - 1, 0), np.array(PERCENTILES) / 100)
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(ranked - 1, 0)[:, None])
    below, above = (np.take_along_axis(ascending, place, axis=1) for place in (low, high))
    found: Rates = below + (above - below) * (at - low)
    return found


def bands_table(counts: NationCounts, standing: Standing) -> pa.Table:
    """The percentiles, a row an indicator and month end (`BANDS_SCHEMA`)."""
    indicators, months = standing.ranked.shape
    columns: list[Any] = [
        np.repeat(np.array(counts.slugs), months),
        list(counts.month_ends) * indicators,
        standing.ranked.reshape(-1),
        *(standing.bands[:, :, at].reshape(-1) for at in range(len(PERCENTILES))),
    ]
    arrays = [
        pa.array(column, field.type, from_pandas=False)
        for column, field in zip(columns, BANDS_SCHEMA, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=BANDS_SCHEMA)


def figures_batches(
    counts: NationCounts,
    standing: Standing,
    indicators: Sequence[Indicator],
    counted: Flags,
    at_once: int = 500,
) -> Iterator[pa.Table]:
    """Every figure (`RANKED_SCHEMA`), so many practices at a time; texts as dictionaries."""
    for begin in range(0, len(counts.practices), at_once):
        yield _figures(counts, standing, indicators, counted, slice(begin, begin + at_once))


def _figures(
    counts: NationCounts, standing: Standing, indicators: Sequence[Indicator], counted: Flags, part: slice
) -> pa.Table:
    months = len(counts.month_ends)
    practices = counts.practices[part]
    chosen = np.repeat(counted[:, part].T.reshape(-1), months)
    rows = np.flatnonzero(chosen)
    month = rows % months
    indicator = rows // months % len(indicators)
    numbers = {name: _column(getattr(counts, name), part)[rows] for name in _MEASURES}
    nobody = numbers["denominator"] == 0
    rate = numbers["numerator"] / np.maximum(numbers["denominator"], 1)
    version, versions = _versions(indicators, counts.month_ends)
    columns = {
        "practice": _words(rows // (months * len(indicators)), practices),
        "indicator": _words(indicator, counts.slugs),
        "month_end": pa.array(counts.month_ends, pa.date32()).take(pa.array(month)),
        **{name: pa.array(column.astype(np.int64)) for name, column in numbers.items()},
        "rate": pa.array(rate, mask=nobody),
        "rule_version": _words(version[indicator, month], versions),
        "rank": pa.array(_column(standing.ranks, part)[rows], mask=nobody),
    }
    fields = [(name, column.type) for name, column in columns.items()]
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields))


def _column(table: NDArray[np.int32], part: slice) -> NDArray[np.int32]:
    """The cells of some practices, practice by practice, then by indicator and month."""
    return np.ascontiguousarray(table[:, :, part].transpose(2, 0, 1)).reshape(-1)


def _versions(
    indicators: Sequence[Indicator], month_ends: Sequence[date]
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The name of the rules of each indicator at each month end, as a place among the names."""
    names = [[each.version_on(on) for on in month_ends] for each in indicators]
    different = tuple(dict.fromkeys(name for row in names for name in row))
    places = {name: place for place, name in enumerate(different)}
    return np.array([[places[name] for name in row] for row in names]), different


def _words(places: NDArray[np.int64], words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int16)), pa.array(words, pa.string()))
