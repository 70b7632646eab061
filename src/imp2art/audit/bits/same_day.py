"""Entries that belong together, as masks: a review and a plan of one day, with what went before."""

from __future__ import annotations

import numpy as np

from imp2art.audit.bits.entries import Entries
from imp2art.audit.bits.grid import Grid, Places, shifted_days
from imp2art.audit.bits.loops import Pair, at, run
from imp2art.audit.compiling import compiled
from imp2art.audit.conditions import Together
from imp2art.audit.packing.packed import Days, Offsets

_MIDDLE = 2**15
Columns = tuple[Offsets, Days, Days]


def together(
    condition: Together, anchor: Entries, same: Entries, before: tuple[Entries, ...], grid: Grid
) -> Pair:
    """Where `condition` surely and possibly holds; `meaning._together` says what it means.

    The candidates are the days on which both entries may lie; a few dates are partial, so that a few
    entries have many.
    """
    window = grid.window(condition.months)
    earliest = shifted_days(-condition.before_months)
    return _together(
        (anchor.offsets, anchor.first, anchor.last),
        (same.offsets, same.first, same.last),
        _of_all(before, len(anchor.offsets)),
        len(before),
        earliest,
        int(window.starts[0]),
        int(window.ends[-1]),
        window.base,
        window.lo,
        window.hi,
    )


def _of_all(lists: tuple[Entries, ...], size: int) -> Columns:
    """Several lists behind one another; `offsets` of list i from place i × `size`."""
    if not lists:
        return np.zeros(size, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32)
    begins = np.cumsum([0, *(len(each.first) for each in lists)])
    offsets = np.concatenate([each.offsets + begin for each, begin in zip(lists, begins, strict=False)])
    first, last = (np.concatenate([getattr(each, name) for each in lists]) for name in ("first", "last"))
    return offsets.astype(np.int64), first, last


@compiled
def _together(
    anchor: Columns,
    same: Columns,
    before: Columns,
    lists: int,
    earliest: Days,
    start: int,
    end: int,
    base: int,
    lo: Places,
    hi: Places,
) -> Pair:
    people = anchor[0].size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        for one in range(anchor[0][person], anchor[0][person + 1]):
            for other in range(same[0][person], same[0][person + 1]):
                low = max(anchor[1][one], same[1][other], start)
                high = min(anchor[2][one], same[2][other], end)
                whole = anchor[1][one] == anchor[2][one] and same[1][other] == same[2][other]
                for day in range(low, high + 1):
                    sure, may = _before(before, lists, people + 1, person, earliest[day + _MIDDLE], day)
                    if may:
                        found = run(at(base, lo, day), at(base, hi, day))
                        maybe[person] |= found
                        if whole and sure:
                            surely[person] |= found
    return surely, maybe


@compiled
def _before(
    before: Columns, lists: int, size: int, person: int, before_day: np.int32, day: int
) -> tuple[bool, bool]:
    """Whether each list has an entry after `before_day` up to the day, surely and possibly."""
    surely, maybe = True, True
    for one in range(lists):
        sure, may = False, False
        for row in range(before[0][one * size + person], before[0][one * size + person + 1]):
            if before[1][row] > before_day and before[2][row] <= day:
                sure = True
            if before[1][row] <= day and before[2][row] > before_day:
                may = True
        surely, maybe = surely and sure, maybe and may
    return surely, maybe
