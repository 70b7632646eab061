"""One part of a delivery as it is kept to be counted, and the months that were added to it.

Most people of a list have no entry that could count them other than as on the list. They are *quiet*: the
pack leaves them out and keeps only when they were on the list. Beside the pack stands what is needed when
one of them is diagnosed later: who they are, when they came and went, and the few entries that some rule
would then read.

Everyone of a part has a number: first the pack's people, then the quiet ones, then those who came with each
month. A month holds only what it brought: people who are new, records that changed, entries, who ceased to
be quiet (with all their earlier entries), and by how much the times on the list of the quiet changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.packing.compact_loops import (
    Ids,
    Kinds,
    Numbers,
    index_people,
    locate,
    sort_entries,
    sort_spells,
    times_on_list,
)
from imp2art.audit.packing.packed import Kind, Needs, Offsets, Pack, ShortDays

Small = NDArray[np.uint8]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Records:
    """One entry a person, as `Pack` has them; `practice` is a place among the part's practices."""

    practice: Numbers
    born: ShortDays
    died: ShortDays
    sex: Small
    decile: Small
    ethnicity: Small
    spell_offsets: Offsets
    spell_start: ShortDays
    spell_end: ShortDays

    def __len__(self) -> int:
        return len(self.born)


@dataclass(frozen=True, slots=True)
class Rows:
    """Entries in any order: whose they are, and as `Pack` has them, the last day beside the first."""

    owner: Numbers
    kind: Kinds
    first: ShortDays
    last: ShortDays

    def of(self, chosen: Flags) -> Rows:
        """The chosen rows."""
        return Rows(self.owner[chosen], self.kind[chosen], self.first[chosen], self.last[chosen])


@dataclass(frozen=True, slots=True)
class Times:
    """Times on the list by practice: of practice i those from `bounds[i]`, each array sorted by itself."""

    bounds: Offsets
    start: ShortDays
    end: ShortDays


@dataclass(frozen=True, slots=True)
class Base:
    """A part as first built. `ids` are the pseudonyms of the pack's people; `quiet_rows` are owned by a
    place in `quiet`."""

    pack: Pack
    ids: Ids
    quiet_ids: Ids
    quiet: Records
    quiet_rows: Rows

    @property
    def people(self) -> int:
        """How many numbers are taken."""
        return len(self.ids) + len(self.quiet_ids)


@dataclass(frozen=True, slots=True)
class Month:
    """What a month brought. Owners and `number` are people's numbers.

    `new_ids` take the next numbers. `records` are the state of everyone in `number` from now on.
    `roused` ceased to be quiet. `rows` are of people in the pack, `quiet_rows` of the quiet. `gone` and
    `come` are times on the list that the quiet lost and gained.
    """

    new_ids: Ids
    number: Numbers
    records: Records
    roused: Numbers
    rows: Rows
    quiet_rows: Rows
    gone: Times
    come: Times
    kinds: tuple[Kind, ...]


def compact(
    practices: Sequence[str],
    ids: Ids,
    people: Records,
    rows: Rows,
    kinds: tuple[Kind, ...],
    needs: Needs,
) -> Base:
    """The part from its people, whose spells may be of any order within each, and their entries."""
    kept = np.zeros(len(ids), bool)
    kept[rows.owner[gates(kinds, needs)[rows.kind]]] = True
    quiet_rows = rows.of(~kept[rows.owner])
    order = np.argsort(people.practice.astype(np.int16), kind="stable").astype(np.int32)
    packed, quiet_at = order[kept[order]], order[~kept[order]]
    pack = _pack(practices, take(people, packed), places_of(packed, len(ids)), rows, kinds, needs)
    quiet = take(people, quiet_at)
    others = times_of(quiet, len(practices))
    return Base(
        pack_with(pack, others),
        ids[packed],
        ids[quiet_at],
        quiet,
        Rows(
            places_of(quiet_at, len(ids))[quiet_rows.owner],
            quiet_rows.kind,
            quiet_rows.first,
            quiet_rows.last,
        ),
    )


def gates(kinds: Sequence[Kind], needs: Needs) -> Flags:
    """By kind: whether an entry of it lets its owner into the pack."""
    return np.array([not kind.lists.isdisjoint(needs.gates) for kind in kinds], bool)


def places_of(chosen: Numbers, count: int) -> Numbers:
    """The place of each number among the chosen, or -1."""
    place = np.full(count, -1, np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    return place


def take(records: Records, at: Numbers) -> Records:
    """The records at these places, in this order."""
    low, high = records.spell_offsets[at], records.spell_offsets[at + 1]
    offsets = np.concatenate(([0], np.cumsum(high - low))).astype(np.int64)
    rows = np.repeat(low - offsets[:-1], high - low) + np.arange(offsets[-1])
    return Records(
        records.practice[at],
        records.born[at],
        records.died[at],
        records.sex[at],
        records.decile[at],
        records.ethnicity[at],
        offsets,
        records.spell_start[rows],
        records.spell_end[rows],
    )


def bounds_of(practice: Numbers, practices: int) -> Offsets:
    """Where each practice begins among people in the order of practices."""
    return np.concatenate(([0], np.cumsum(np.bincount(practice, minlength=practices)))).astype(np.int64)


def times_of(records: Records, practices: int) -> Times:
    """When these people were on the list, by practice; their spells are sorted."""
    offsets, start, end = times_on_list(
        records.spell_offsets, records.spell_start, records.spell_end, records.died
    )
    practice = np.repeat(records.practice, np.diff(offsets))
    order = np.argsort(practice.astype(np.int16), kind="stable")
    bounds = bounds_of(practice, practices)
    start, end = start[order], end[order]
    for low, high in pairwise(bounds.tolist()):
        start[low:high].sort(kind="stable")  # 16 bits are sorted by counting
        end[low:high].sort(kind="stable")
    return Times(bounds, start, end)


def with_spells(records: Records, owner: Numbers, start: ShortDays, end: ShortDays) -> Records:
    """The records with these spells, sorted by start."""
    place = np.arange(len(records), dtype=np.int32)
    spells = sort_spells(place, owner, start, end, len(records))
    return Records(
        records.practice,
        records.born,
        records.died,
        records.sex,
        records.decile,
        records.ethnicity,
        *spells,
    )


def _pack(
    practices: Sequence[str],
    people: Records,
    place: Numbers,
    rows: Rows,
    kinds: tuple[Kind, ...],
    needs: Needs,
) -> Pack:
    entries = sort_entries(place, rows.owner, rows.kind, rows.first, rows.last, len(people))
    return packed_from(practices, people, entries, kinds, needs)


def packed_from(
    practices: Sequence[str],
    people: Records,
    entries: tuple[Offsets, Kinds, ShortDays, Offsets, ShortDays],
    kinds: tuple[Kind, ...],
    needs: Needs,
) -> Pack:
    """The pack of people in the order of practices, as yet without others."""
    nobody = np.zeros(0, np.int16)
    return Pack(
        tuple(practices),
        bounds_of(people.practice, len(practices)),
        people.born,
        people.died,
        people.sex,
        people.decile,
        people.ethnicity,
        people.spell_offsets,
        people.spell_start,
        people.spell_end,
        *entries,
        kinds,
        np.zeros(len(practices) + 1, np.int64),
        nobody,
        nobody,
        needs,
    )


def pack_with(pack: Pack, others: Times) -> Pack:
    """The pack with the times on the list of those left out."""
    return Pack(
        **{name: getattr(pack, name) for name in Pack.__slots__ if not name.startswith("other_")},
        other_bounds=others.bounds,
        other_start=others.start,
        other_end=others.end,
    )


def numbers_of(base: Base, months: Sequence[Month], ids: Ids) -> Numbers:
    """The number of each pseudonym in the part, or -1: the part is read past the few that are asked for."""
    keys, places, first = index_people(ids)
    number = np.full(len(ids), -1, np.int32)
    begin = 0
    for known in (base.ids, base.quiet_ids, *(month.new_ids for month in months)):
        locate(keys, places, known, begin, number)
        begin += len(known)
    found: Numbers = number[first]
    return found
