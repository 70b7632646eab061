"""From columns of people, spells and entries to a `Pack`: sorted, small, ready to be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compiling import compiled
from imp2art.audit.packed import FIRST_DAY, NEVER, PARTIAL, Kind, Offsets, Pack, ShortDays

Numbers = NDArray[np.int64]
Days = NDArray[np.int32]
_OPEN = np.int32(2**31 - 1)


@dataclass(frozen=True, slots=True)
class PeopleColumns:
    """One row a person, in the order of practices. `practice` is a place; days count from 1970-01-01;
    a `died` of 2³¹ − 1 is none. The other columns are as in `Pack`."""

    practice: Numbers
    born: Days
    died: Days
    sex: NDArray[np.uint8]
    decile: NDArray[np.uint8]
    ethnicity: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SpellColumns:
    """Permanent registrations, in any order. `owner` is a place among the people; `end` not included."""

    owner: Numbers
    start: Days
    end: Days


@dataclass(frozen=True, slots=True)
class EntryColumns:
    """Entries that some rule reads, in any order; `first == last` for a whole date."""

    owner: Numbers
    kind: NDArray[np.uint16]
    first: Days
    last: Days


def pack_people(
    practices: Sequence[str],
    people: PeopleColumns,
    spells: SpellColumns,
    entries: EntryColumns,
    kinds: Sequence[Kind],
    left_out: NDArray[np.bool_] | None = None,
) -> Pack:
    """Pack everyone; people of `left_out` (a flag each) are kept as on the list only, without entries.

    Raises `ValueError` where people are not in the order of practices.
    """
    if np.any(np.diff(people.practice) < 0):
        raise ValueError("people come in the order of their practices")
    out = np.zeros(len(people.born), bool) if left_out is None else left_out
    others = _others(len(practices), people, spells, out)
    place = np.cumsum(~out) - 1
    stay = ~out[spells.owner] if len(spells.owner) else np.zeros(0, bool)
    spell_order = np.lexsort((spells.end[stay], spells.start[stay], place[spells.owner[stay]]))
    spell_owner = place[spells.owner[stay]]
    count = int((~out).sum())
    packed = _packed_entries(entries, place, out, count)
    return Pack(
        tuple(practices),
        _bounds(people.practice[~out], len(practices)),
        short(people.born[~out]),
        short(people.died[~out]),
        people.sex[~out],
        people.decile[~out],
        people.ethnicity[~out],
        _bounds(spell_owner, count),
        short(spells.start[stay][spell_order]),
        short(spells.end[stay][spell_order]),
        *packed,
        tuple(kinds),
        *others,
    )


def short(days: NDArray[np.integer]) -> ShortDays:
    """Days as int16; those out of reach as the first or the last."""
    found: ShortDays = np.clip(days, FIRST_DAY, NEVER).astype(np.int16)
    return found


def _bounds(owner: Numbers, count: int) -> Offsets:
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=count)))).astype(np.int64)


def _packed_entries(
    entries: EntryColumns, place: Numbers, out: NDArray[np.bool_], count: int
) -> tuple[Offsets, NDArray[np.uint16], ShortDays, Offsets, ShortDays]:
    """`offsets`, `kind`, `day`, `partial_row` and `partial_last` of a pack.

    One number an entry sorts them all: person, kind, day, and whether the date is a part of one.
    """
    stay = ~out[entries.owner] if len(entries.owner) else np.zeros(0, bool)
    owner, kind = place[entries.owner[stay]], entries.kind[stay].astype(np.int64)
    day, last = short(entries.first[stay]), short(entries.last[stay])
    partial = (day != last).astype(np.int64)
    key = (owner << 32) | (kind << 17) | ((day.astype(np.int64) + 2**15) << 1) | partial
    lasts = np.lexsort((last[partial == 1], key[partial == 1]))
    partial_last = last[partial == 1][lasts]
    key.sort()
    found = (key & 1).astype(bool)
    sorted_kind = ((key >> 17) & 0x7FFF).astype(np.uint16)
    sorted_kind[found] |= PARTIAL
    return (
        _bounds(key >> 32, count),
        sorted_kind,
        (((key >> 1) & 0xFFFF) - 2**15).astype(np.int16),
        np.flatnonzero(found).astype(np.int64),
        partial_last,
    )


def _others(
    practices: int, people: PeopleColumns, spells: SpellColumns, out: NDArray[np.bool_]
) -> tuple[Offsets, ShortDays, ShortDays]:
    """Joined spells of people left out, by practice, starts and ends each sorted by themselves."""
    chosen = np.flatnonzero(out[spells.owner]) if len(spells.owner) else np.zeros(0, np.int64)
    order = chosen[np.lexsort((spells.start[chosen], spells.owner[chosen]))]
    owner, start, end = _joined(
        spells.owner[order], spells.start[order], spells.end[order], people.died.astype(np.int32)
    )
    practice = people.practice[owner]
    begins, ends = short(start), short(end)
    return (
        _bounds(practice, practices),
        begins[np.lexsort((begins, practice))],
        ends[np.lexsort((ends, practice))],
    )


@compiled
def _joined(owner: Numbers, start: Days, end: Days, died: Days) -> tuple[Numbers, Days, Days]:
    """Overlapping or touching spells of one person as one, cut at death; empty ones go."""
    kept, owners = 0, np.empty_like(owner)
    starts, ends = np.empty_like(start), np.empty_like(end)
    for row in range(owner.size):
        stop = min(end[row], died[owner[row]])
        if stop <= start[row]:
            continue
        if kept > 0 and owners[kept - 1] == owner[row] and start[row] <= ends[kept - 1]:
            ends[kept - 1] = max(ends[kept - 1], stop)
        else:
            owners[kept], starts[kept], ends[kept] = owner[row], start[row], stop
            kept += 1
    return owners[:kept], starts[:kept], ends[:kept]
