"""The loops that put a delivery's rows in order, compiled by numba.

An entry is one number while it is sorted: kind, day, whether it may be a later day, and that day. All
loops stand in this one file because numba's cache on disk notices a change of this file only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compiling import compiled
from imp2art.audit.packing.packed import Offsets, ShortDays

Ids = NDArray[np.int64]
Numbers = NDArray[np.int32]
Kinds = NDArray[np.uint16]
Packed = tuple[Offsets, Kinds, ShortDays, Offsets, ShortDays]

_MIDDLE = 2**15
_FEW = 64  # so many are put in order by insertion


@compiled
def _slot(key: np.int64, places: int) -> np.int64:
    """Where the search for a pseudonym begins: it may be of any pattern, so it is mixed first."""
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(32)
    return np.int64(mixed & np.uint64(places - 1))


@compiled
def index_people(ids: Ids) -> tuple[Ids, Numbers, Numbers]:
    """A table to find pseudonyms by: keys and places by slot (-1: empty), and whoever came before.

    The last holds, for each id, the first place that has the same one.
    """
    places = 16
    while places < 2 * ids.size:
        places *= 2
    keys, found = np.zeros(places, np.int64), np.full(places, -1, np.int32)
    first = np.empty(ids.size, np.int32)
    for at in range(ids.size):
        slot = _slot(ids[at], places)
        while found[slot] >= 0 and keys[slot] != ids[at]:
            slot = (slot + 1) & (places - 1)
        if found[slot] < 0:
            keys[slot], found[slot] = ids[at], at
        first[at] = found[slot]
    return keys, found, first


@compiled
def find_people(keys: Ids, places: Numbers, ids: Ids) -> Numbers:
    """The place of each pseudonym, or -1."""
    found = np.empty(ids.size, np.int32)
    for at in range(ids.size):
        slot = _slot(ids[at], keys.size)
        while places[slot] >= 0 and keys[slot] != ids[at]:
            slot = (slot + 1) & (keys.size - 1)
        found[at] = places[slot]
    return found


@compiled
def locate(keys: Ids, places: Numbers, ids: Ids, begin: int, number: Numbers) -> None:
    """For everyone in the table who is among `ids`: `begin` and the place there, into `number`."""
    for at in range(ids.size):
        slot = _slot(ids[at], keys.size)
        while places[slot] >= 0:
            if keys[slot] == ids[at]:
                number[places[slot]] = begin + at
                break
            slot = (slot + 1) & (keys.size - 1)


@compiled
def select(outer: Numbers, inner: Numbers, wanted: NDArray[np.int32]) -> tuple[Numbers, Numbers]:
    """Rows whose two places in dictionaries (-1: nothing) stand for something in `wanted`; and for what."""
    count = 0
    for row in range(inner.size):
        count += wanted[outer[row], inner[row]] >= 0
    rows, what = np.empty(count, np.int32), np.empty(count, np.int32)
    count = 0
    for row in range(inner.size):
        one = wanted[outer[row], inner[row]]
        if one >= 0:
            rows[count], what[count] = row, one
            count += 1
    return rows, what


@compiled
def _key(kind: int, first: int, last: int) -> np.int64:
    """Kind, day, and the last day it may be; a whole date comes before those that are a part of one."""
    lasts = np.int64(1) if last > first else np.int64(0)
    return (
        (np.int64(kind) << np.int64(33))
        | (np.int64(first + _MIDDLE) << np.int64(17))
        | (lasts << np.int64(16))
        | np.int64(last + _MIDDLE)
    )


@compiled
def _sort(keys: Ids, low: int, high: int) -> None:
    if high - low > _FEW:
        keys[low:high].sort()
        return
    for at in range(low + 1, high):
        key, place = keys[at], at
        while place > low and keys[place - 1] > key:
            keys[place] = keys[place - 1]
            place -= 1
        keys[place] = key


@compiled
def _put(
    key: np.int64, row: int, found: int, kind: Kinds, day: ShortDays, partial: Offsets, last: ShortDays
) -> int:
    """Take a key apart into row `row`, as `Pack` holds it; how many parts of dates there are then."""
    kind[row] = np.uint16(key >> np.int64(33))
    day[row] = np.int16(((key >> np.int64(17)) & np.int64(0xFFFF)) - _MIDDLE)
    if (key >> np.int64(16)) & np.int64(1):
        kind[row] |= np.uint16(0x8000)
        partial[found] = row
        last[found] = np.int16((key & np.int64(0xFFFF)) - _MIDDLE)
        return found + 1
    return found


@compiled
def _grouped(place: Numbers, owner: Numbers, keys: Ids, people: int) -> tuple[Offsets, Ids]:
    """The keys of those who have a place from 0 to `people`, by place, sorted within each; -1 has none."""
    offsets = np.zeros(people + 1, np.int64)
    for row in range(owner.size):
        if place[owner[row]] >= 0:
            offsets[place[owner[row]] + 1] += 1
    for person in range(people):
        offsets[person + 1] += offsets[person]
    filled, grouped = offsets[:-1].copy(), np.empty(offsets[people], np.int64)
    for row in range(owner.size):
        person = place[owner[row]]
        if person >= 0:
            grouped[filled[person]] = keys[row]
            filled[person] += 1
    for person in range(people):
        _sort(grouped, offsets[person], offsets[person + 1])
    return offsets, grouped


@compiled
def _keys(kind: Kinds, first: ShortDays, last: ShortDays) -> Ids:
    """One number an entry, in the order of kind, day and last day."""
    keys = np.empty(kind.size, np.int64)
    for row in range(kind.size):
        keys[row] = _key(kind[row], first[row], last[row])
    return keys


@compiled
def sort_entries(
    place: Numbers, owner: Numbers, kind: Kinds, first: ShortDays, last: ShortDays, people: int
) -> Packed:
    """The entries of those who have a place from 0 to `people`, by place, kind and day; -1 has none."""
    offsets, keys = _grouped(place, owner, _keys(kind, first, last), people)
    lasting = 0
    for row in range(keys.size):
        lasting += (keys[row] >> np.int64(16)) & np.int64(1)
    to_kind, to_day = np.empty(keys.size, np.uint16), np.empty(keys.size, np.int16)
    to_row, to_last = np.empty(lasting, np.int64), np.empty(lasting, np.int16)
    found = 0
    for row in range(keys.size):
        found = _put(keys[row], row, found, to_kind, to_day, to_row, to_last)
    return offsets, to_kind, to_day, to_row, to_last


@compiled
def join_entries(
    offsets: Offsets,
    kind: Kinds,
    day: ShortDays,
    partial_row: Offsets,
    partial_last: ShortDays,
    source: Numbers,
    owner: Numbers,
    more_kind: Kinds,
    more_first: ShortDays,
    more_last: ShortDays,
) -> Packed:
    """Sorted entries of people, and more in any order.

    `source` is, for each person of the answer, the person that they were before (in the same order), or
    -1; `owner` is a person of the answer. Whoever has nothing new is copied as they are.
    """
    people, total = source.size, kind.size + owner.size
    places, more = np.arange(people, dtype=np.int32), _keys(more_kind, more_first, more_last)
    new, keys = _grouped(places, owner, more, people)
    lasting = partial_row.size + np.int64((more_last > more_first).sum())
    joined = np.zeros(people + 1, np.int64)
    to_kind, to_day = np.empty(total, np.uint16), np.empty(total, np.int16)
    to_row, to_last = np.empty(lasting, np.int64), np.empty(lasting, np.int16)
    held = np.empty(_most(offsets) + _most(new), np.int64)
    row = partial = found = 0
    for person in range(people):
        was = source[person]
        low, high = (offsets[was], offsets[was + 1]) if was >= 0 else (np.int64(0), np.int64(0))
        if new[person] == new[person + 1]:
            shift = row - low
            for at in range(low, high):
                to_kind[row], to_day[row] = kind[at], day[at]
                row += 1
            while partial < partial_row.size and partial_row[partial] < high:
                to_row[found], to_last[found] = partial_row[partial] + shift, partial_last[partial]
                partial += 1
                found += 1
        else:
            count, partial = _hold(held, kind, day, partial_last, low, high, partial)
            for at in range(new[person], new[person + 1]):
                held[count] = keys[at]
                count += 1
            _sort(held, 0, count)
            for at in range(count):
                found = _put(held[at], row, found, to_kind, to_day, to_row, to_last)
                row += 1
        joined[person + 1] = row
    return joined, to_kind, to_day, to_row, to_last


@compiled
def _most(offsets: Offsets) -> int:
    """The most that anyone has."""
    most = 0
    for person in range(offsets.size - 1):
        most = max(most, offsets[person + 1] - offsets[person])
    return most


@compiled
def _hold(
    held: Ids,
    kind: Kinds,
    day: ShortDays,
    partial_last: ShortDays,
    low: np.int64,
    high: np.int64,
    partial: int,
) -> tuple[int, int]:
    """Put the keys of rows `low` to `high` into `held`; how many, and the next part of a date."""
    for at in range(low, high):
        last = day[at]
        if kind[at] & np.uint16(0x8000):
            last = partial_last[partial]
            partial += 1
        held[at - low] = _key(kind[at] & np.uint16(0x7FFF), day[at], last)
    return int(high - low), partial


@compiled
def sort_spells(
    place: Numbers, owner: Numbers, start: ShortDays, end: ShortDays, people: int
) -> tuple[Offsets, ShortDays, ShortDays]:
    """The spells of those who have a place, by place, start and end."""
    spells = np.empty(owner.size, np.int64)
    for row in range(owner.size):
        spells[row] = (np.int64(start[row]) << np.int64(16)) | np.int64(end[row] + _MIDDLE)
    offsets, keys = _grouped(place, owner, spells, people)
    begun, ended = np.empty(keys.size, np.int16), np.empty(keys.size, np.int16)
    for row in range(keys.size):
        begun[row] = np.int16(keys[row] >> np.int64(16))
        ended[row] = np.int16((keys[row] & np.int64(0xFFFF)) - _MIDDLE)
    return offsets, begun, ended


@compiled
def times_on_list(
    offsets: Offsets, start: ShortDays, end: ShortDays, died: ShortDays
) -> tuple[Offsets, ShortDays, ShortDays]:
    """Each person's spells, sorted by start, as times that do not touch: overlapping are one, death ends."""
    people = offsets.size - 1
    joined = np.zeros(people + 1, np.int64)
    starts, ends = np.empty(start.size, np.int16), np.empty(start.size, np.int16)
    count = 0
    for person in range(people):
        begun = count
        for row in range(offsets[person], offsets[person + 1]):
            stop = min(end[row], died[person])
            if stop <= start[row]:
                continue
            if count > begun and start[row] <= ends[count - 1]:
                ends[count - 1] = max(ends[count - 1], stop)
            else:
                starts[count], ends[count] = start[row], stop
                count += 1
        joined[person + 1] = count
    return joined, starts[:count].copy(), ends[:count].copy()


@compiled
def take_away(days: ShortDays, gone: ShortDays) -> ShortDays:
    """Sorted days without those of `gone`, each as often as it is there; both sorted."""
    kept = np.empty(days.size, np.int16)
    count = at = 0
    for day in days:
        while at < gone.size and gone[at] < day:
            at += 1
        if at < gone.size and gone[at] == day:
            at += 1
        else:
            kept[count] = day
            count += 1
    return kept[:count].copy()
