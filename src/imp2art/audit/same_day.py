"""Entries that belong together, as masks: a review and a plan of one day, with what went before."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from imp2art.audit import masks
from imp2art.audit.conditions import Together
from imp2art.audit.entries import Days, Entries
from imp2art.audit.grid import Grid, Window, as_numbers
from imp2art.audit.loops import Pair
from imp2art.audit.packed import Offsets

_SHIFT = 1 << 32  # a person and a day as one number: person × 2³² + (day + 2³¹)
_MIDDLE = 1 << 31


def together(condition: Together, people: int, entries_of: Callable[[str], Entries], grid: Grid) -> Pair:
    """Where `condition` surely and possibly holds; `meaning._together` says what it means.

    The candidates are the days on which both entries may lie. Few dates are partial, so few entries
    have more than one.
    """
    window = grid.window(condition.months)
    anchor, same = entries_of(condition.anchor), entries_of(condition.same_day)
    maybe_keys = np.intersect1d(_days_of(anchor, window), _days_of(same, window))
    sure_keys = np.intersect1d(_whole_days(anchor), _whole_days(same))
    owner, day = maybe_keys // _SHIFT, (maybe_keys % _SHIFT - _MIDDLE).astype(np.int32)
    surely, maybe = np.isin(maybe_keys, sure_keys), np.ones(len(day), bool)
    earliest = month_before(day, condition.before_months)
    for slug in condition.before:
        spans = entries_of(slug)
        near = masks.any_near(owner, day, earliest, spans.offsets, spans.first, spans.last)
        surely, maybe = surely & near[0], maybe & near[1]
    place = (window.base, window.lo, window.hi)
    return (
        masks.runs_of(people, owner, day, surely, *place),
        masks.runs_of(people, owner, day, maybe, *place),
    )


def _owners(spans: Entries) -> Offsets:
    return np.repeat(np.arange(len(spans.offsets) - 1), np.diff(spans.offsets))


def _keys(owner: Offsets, day: NDArray[np.int64]) -> NDArray[np.int64]:
    return owner * _SHIFT + day + _MIDDLE


def _whole_days(spans: Entries) -> NDArray[np.int64]:
    whole = spans.first == spans.last
    return _keys(_owners(spans)[whole], spans.first[whole].astype(np.int64))


def _days_of(spans: Entries, window: Window) -> NDArray[np.int64]:
    """Every day in reach of the audit on which an entry may lie."""
    first = np.maximum(spans.first, window.starts[0]).astype(np.int64)
    last = np.minimum(spans.last, window.ends[-1]).astype(np.int64)
    lengths = np.maximum(last - first + 1, 0)
    into_span = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return _keys(np.repeat(_owners(spans), lengths), np.repeat(first, lengths) + into_span)


def month_before(day: Days, months: int) -> Days:
    """The first day of `core.period.months_up_to(day, months)`, for many days at once."""
    days = day.astype("datetime64[D]")
    this = days.astype("datetime64[M]")
    before = this - np.timedelta64(months, "M")
    first = before.astype("datetime64[D]")
    length = (before + np.timedelta64(1, "M")).astype("datetime64[D]") - first
    into_month = np.minimum(days - this.astype("datetime64[D]"), length - np.timedelta64(1, "D"))
    return as_numbers(first + into_month + np.timedelta64(1, "D"))
