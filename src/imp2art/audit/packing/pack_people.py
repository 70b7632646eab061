"""From rows of integers to a `Pack`: people sorted by practice, each with their entries in order.

An extract's tables (`pack.py`) and a delivery's (`extracts`) both end here. Days are whole numbers from
1970-01-01, of any integer type; NEVER, or any later day, is a day that does not come. An owner is a
person's place among the people's rows. Rows may come in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.packing.packed import FIRST_DAY, NEVER, PARTIAL, Kind, Needs, Offsets, Pack, ShortDays

Whole = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]
_DAYS = 2**16
_MIDDLE = 2**15  # a day and this is no less than nought


@dataclass(frozen=True, slots=True)
class PeopleRows:
    """One row a person, as `Pack` holds them; `practice` is a place among the practices.

    `practice` in order keeps the people in the order of their rows, and is quicker.
    """

    practice: Whole
    born: Whole
    died: Whole
    sex: NDArray[np.uint8]
    decile: NDArray[np.uint8]
    ethnicity: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SpellRows:
    """Permanent registrations, from `start` up to, not including, `end`."""

    owner: Whole
    start: Whole
    end: Whole


@dataclass(frozen=True, slots=True)
class EntryRows:
    """Entries and issues that some rule reads: `kind` as `kinds.KindTable` numbers it, never NO_KIND."""

    owner: Whole
    kind: Whole
    first: Whole
    last: Whole


@dataclass(frozen=True, slots=True)
class PackedPeople:
    """`rows[p]` is the place among the people's rows of the pack's person p."""

    pack: Pack
    rows: Offsets


def pack_people(
    practices: Sequence[str],
    people: PeopleRows,
    spells: SpellRows,
    entries: EntryRows,
    kinds: Sequence[Kind],
    needs: Needs,
    keep_everyone: bool = False,
) -> PackedPeople:
    """Sort the rows into a pack.

    `kinds` and `needs` are those of the `KindTable` that numbered the entries. Without `keep_everyone`,
    people who have no entry of `needs.gates` become the pack's `others` (only the days on which they are
    on the list are kept), and their other entries are dropped.
    """
    kept = np.full(len(people.born), keep_everyone)
    gate = np.array([not kind.lists.isdisjoint(needs.gates) for kind in kinds], bool)
    kept[entries.owner[gate[entries.kind]]] = True
    rows = np.flatnonzero(kept)
    rows = rows[np.argsort(people.practice[rows], kind="stable")]
    place = np.full(len(kept), -1, np.int64)
    place[rows] = np.arange(len(rows))
    spell_offsets, spell_start, spell_end = _spells(place, spells, len(rows))
    offsets, kind, day, partial_row, partial_last = _entries(place, entries, len(rows))
    others = _others(kept, people, spells, len(practices))
    pack = Pack(
        practices=tuple(practices),
        bounds=_offsets(people.practice[rows], len(practices)),
        born=_short(people.born[rows], NEVER - 1),
        died=_short(people.died[rows], NEVER),
        sex=people.sex[rows],
        decile=people.decile[rows],
        ethnicity=people.ethnicity[rows],
        spell_offsets=spell_offsets,
        spell_start=spell_start,
        spell_end=spell_end,
        offsets=offsets,
        kind=kind,
        day=day,
        partial_row=partial_row,
        partial_last=partial_last,
        kinds=tuple(kinds),
        other_bounds=others[0],
        other_start=others[1],
        other_end=others[2],
        needs=needs,
    )
    return PackedPeople(pack, rows)


def _short(days: Whole, latest: np.int16 | int) -> ShortDays:
    return np.clip(days, FIRST_DAY, latest).astype(np.int16)


def _offsets(owner: Whole, owners: int) -> Offsets:
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=owners)))).astype(np.int64)


def _day_of(key: NDArray[np.int64]) -> ShortDays:
    """The day in the lowest 16 bits of each key."""
    return (key % _DAYS - _MIDDLE).astype(np.int16)


def _spells(place: Offsets, spells: SpellRows, people: int) -> tuple[Offsets, ShortDays, ShortDays]:
    owner = place[spells.owner]
    mine = owner >= 0
    start = _short(spells.start[mine], NEVER - 1).astype(np.int64) + _MIDDLE
    end = _short(spells.end[mine], NEVER).astype(np.int64) + _MIDDLE
    keys = np.sort(owner[mine] * _DAYS**2 + start * _DAYS + end)
    return _offsets(owner[mine], people), _day_of(keys // _DAYS), _day_of(keys)


def _entries(
    place: Offsets, entries: EntryRows, people: int
) -> tuple[Offsets, NDArray[np.uint16], ShortDays, Offsets, ShortDays]:
    """One number an entry sorts them: person, kind, day, and whether it may be a later day."""
    owner = place[entries.owner]
    mine = owner >= 0
    owner = owner[mine]
    first, last = _short(entries.first[mine], NEVER - 1), _short(entries.last[mine], NEVER - 1)
    keys = owner * (_DAYS * _DAYS)
    keys += entries.kind[mine].astype(np.int64) * (2 * _DAYS)
    keys += (first.astype(np.int64) + _MIDDLE) * 2
    partial = last > first
    keys += partial
    # Entries of equal keys differ in their last day at most, so the partial ones may be put in order apart.
    lasting = np.lexsort((last[partial], keys[partial]))
    keys.sort()
    partial_row = np.flatnonzero(keys & 1)
    kind = (keys // (2 * _DAYS) % _MIDDLE).astype(np.uint16)
    kind[partial_row] |= PARTIAL
    return _offsets(owner, people), kind, _day_of(keys // 2), partial_row, last[partial][lasting]


def _others(
    kept: Flags, people: PeopleRows, spells: SpellRows, practices: int
) -> tuple[Offsets, ShortDays, ShortDays]:
    """The times on the list of those left out: overlapping ones are one, and death ends them."""
    mine = ~kept[spells.owner]
    owner = spells.owner[mine]
    end = np.minimum(_short(spells.end[mine], NEVER), _short(people.died[owner], NEVER)).astype(np.int64)
    start = _short(spells.start[mine], NEVER - 1).astype(np.int64)
    order = np.lexsort((start, owner))
    order = order[start[order] < end[order]]
    owner, start, end = owner[order], start[order], end[order]
    # A running greatest end, within each person: the owner's number stands above the day.
    reach = np.maximum.accumulate(owner.astype(np.int64) * _DAYS + end + _MIDDLE)
    begins = np.ones(len(owner), bool)
    begins[1:] = owner[1:].astype(np.int64) * _DAYS + start[1:] + _MIDDLE > reach[:-1]
    ends = np.roll(begins, -1)
    practice = people.practice[owner[begins]].astype(np.int64)
    starts = np.sort(practice * _DAYS + start[begins] + _MIDDLE)
    stops = np.sort(practice * _DAYS + (reach[ends] % _DAYS))
    return _offsets(practice, practices), _day_of(starts), _day_of(stops)
