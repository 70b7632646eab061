"""A month added to a kept part, and a part read together with its months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from imp2art.audit.packing.compact import (
    Base,
    Flags,
    Month,
    Records,
    Rows,
    Times,
    gates,
    pack_with,
    packed_from,
    take,
    times_of,
    with_spells,
)
from imp2art.audit.packing.compact_loops import Ids, Numbers, join_entries, take_away
from imp2art.audit.packing.packed import Kind, Pack, ShortDays


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a delivery adds to a part. Owners are people's numbers, the new people's the next ones.

    `number` and `people` are the patients' rows (their spells are not looked at); the spells are those
    that are new or changed, of which `permanent` count: one of the same person and start takes its place.
    """

    new_ids: Ids
    number: Numbers
    people: Records
    spell_owner: Numbers
    spell_start: ShortDays
    spell_end: ShortDays
    permanent: Flags
    rows: Rows
    kinds: tuple[Kind, ...]


def add_month(base: Base, months: Sequence[Month], arrived: Arrived) -> Month:
    """What the month brought to the part, whole in itself."""
    pack = base.pack
    let_in = arrived.rows.owner[gates(arrived.kinds, pack.needs)[arrived.rows.kind]]
    packed = _in_pack(base, months)
    roused = np.unique(let_in[~_flags(packed, let_in)]).astype(np.int32)
    number = np.unique(np.concatenate((arrived.number, arrived.spell_owner, roused))).astype(np.int32)
    before = _state_of(base, months, number)
    after = _changed(before, number, arrived)
    was_quiet, is_quiet = ~_flags(packed, number), ~_flags(packed, number) & ~_among(roused, number)
    practices = len(pack.practices)
    mine = _flags(packed, arrived.rows.owner) | _among(roused, arrived.rows.owner)
    return Month(
        new_ids=arrived.new_ids,
        number=number,
        records=after,
        roused=roused,
        rows=_rows_of([arrived.rows.of(mine), *_earlier(base, months, roused)]),
        quiet_rows=arrived.rows.of(~mine),
        gone=times_of(take(before, _where(was_quiet)), practices),
        come=times_of(take(after, _where(is_quiet)), practices),
        kinds=arrived.kinds,
    )


def joined(base: Base, months: Sequence[Month]) -> Pack:
    """The part as it is after its months."""
    if not months:
        return base.pack
    pack = base.pack
    roused = np.concatenate([month.roused for month in months])
    known = len(base.ids)
    slot = _slots(base, months, roused)
    people = _people_of(base, months, slot, known + len(roused))
    order = np.argsort(people.practice.astype(np.int16), kind="stable").astype(np.int32)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    more = _rows_of([month.rows for month in months])
    entries = join_entries(
        pack.offsets,
        pack.kind,
        pack.day,
        pack.partial_row,
        pack.partial_last,
        np.where(order < known, order, np.int32(-1)),
        place[slot[more.owner]],
        more.kind,
        more.first,
        more.last,
    )
    whole = packed_from(pack.practices, take(people, order), entries, months[-1].kinds, pack.needs)
    return pack_with(whole, _others(pack, months))


def people_of(base: Base, months: Sequence[Month]) -> int:
    """How many numbers are taken."""
    return base.people + sum(len(month.new_ids) for month in months)


def practice_of(base: Base, months: Sequence[Month], number: Numbers) -> Numbers:
    """The practice of each number; -1 where the number is -1."""
    found = np.full(len(number), -1, np.int32)
    known = number >= 0
    found[known] = _state_of(base, months, number[known]).practice
    return found


def _in_pack(base: Base, months: Sequence[Month]) -> Flags:
    """By number, of those before this month: who is no longer quiet."""
    packed = np.zeros(people_of(base, months), bool)
    packed[: len(base.ids)] = True
    for month in months:
        packed[month.roused] = True
    return packed


def _flags(packed: Flags, number: Numbers) -> Flags:
    """Whether each number is in the pack; those who came only now are not."""
    found = np.zeros(len(number), bool)
    known = number < len(packed)
    found[known] = packed[number[known]]
    return found


def _where(flags: Flags) -> Numbers:
    return np.flatnonzero(flags).astype(np.int32)


def _rows_of(pieces: Sequence[Rows]) -> Rows:
    return Rows(*(np.concatenate([getattr(piece, name) for piece in pieces]) for name in Rows.__slots__))


def _earlier(base: Base, months: Sequence[Month], roused: Numbers) -> list[Rows]:
    """All that was recorded of people while they were quiet."""
    shifted = Rows(
        base.quiet_rows.owner + np.int32(len(base.ids)),
        base.quiet_rows.kind,
        base.quiet_rows.first,
        base.quiet_rows.last,
    )
    return [rows.of(_among(roused, rows.owner)) for rows in (shifted, *(m.quiet_rows for m in months))]


def _base_people(base: Base) -> Records:
    pack = base.pack
    practice = np.repeat(np.arange(len(pack.practices), dtype=np.int32), np.diff(pack.bounds))
    return Records(
        practice,
        pack.born,
        pack.died,
        pack.sex,
        pack.decile,
        pack.ethnicity,
        pack.spell_offsets,
        pack.spell_start,
        pack.spell_end,
    )


def _state_of(base: Base, months: Sequence[Month], number: Numbers) -> Records:
    """The newest record of each number; nobody's for one who came only now (practice -1)."""
    known = len(base.ids)
    packed, quiet = _where(number < known), _where((number >= known) & (number < base.people))
    pieces = [
        (packed, take(_base_people(base), number[packed])),
        (quiet, take(base.quiet, number[quiet] - np.int32(known))),
    ]
    for month in months:
        chosen = _among(month.number, number)
        pieces.append((_where(chosen), take(month.records, _at(month.number, number[chosen]))))
    return _last_of(pieces, len(number))


def _among(sorted_numbers: Numbers, number: Numbers) -> Flags:
    """Whether each number is one of those sorted."""
    at = np.searchsorted(sorted_numbers, number)
    inside = at < len(sorted_numbers)
    found = np.zeros(len(number), bool)
    found[inside] = sorted_numbers[at[inside]] == number[inside]
    return found


def _at(sorted_numbers: Numbers, number: Numbers) -> Numbers:
    return np.searchsorted(sorted_numbers, number).astype(np.int32)


def _last_of(pieces: Sequence[tuple[Numbers, Records]], count: int) -> Records:
    """For each place the last record that stands for it; an empty one where none does."""
    blank = _blank(count)
    columns = {name: getattr(blank, name) for name in Records.__slots__ if not name.startswith("spell_")}
    newest = np.full(count, -1, np.int32)
    for turn, (places, records) in enumerate(pieces):
        newest[places] = turn
        for name, column in columns.items():
            column[places] = getattr(records, name)
    owners, starts, ends = [], [], []
    for turn, (places, records) in enumerate(pieces):
        owner = np.repeat(places, np.diff(records.spell_offsets))
        current = newest[owner] == turn
        owners.append(owner[current])
        starts.append(records.spell_start[current])
        ends.append(records.spell_end[current])
    whole = Records(**columns, **{name: getattr(blank, name) for name in _SPELLS})
    return with_spells(whole, np.concatenate(owners), np.concatenate(starts), np.concatenate(ends))


_SPELLS = ("spell_offsets", "spell_start", "spell_end")


def _blank(count: int) -> Records:
    small, days = np.zeros(count, np.uint8), np.zeros(count, np.int16)
    nothing = np.zeros(0, np.int16)
    return Records(
        np.full(count, -1, np.int32),
        days,
        days.copy(),
        small,
        small.copy(),
        small.copy(),
        np.zeros(count + 1, np.int64),
        nothing,
        nothing,
    )


def _changed(before: Records, number: Numbers, arrived: Arrived) -> Records:
    """The records with the patients' rows and the spells that arrived."""
    kept = take(before, np.arange(len(before), dtype=np.int32))
    told = _at(number, arrived.number)
    for name in ("practice", "born", "died", "sex", "decile", "ethnicity"):
        getattr(kept, name)[told] = getattr(arrived.people, name)
    owner = np.repeat(np.arange(len(number), dtype=np.int32), np.diff(before.spell_offsets))
    changed = _at(number, arrived.spell_owner)
    stands = ~np.isin(_spell_key(owner, before.spell_start), _spell_key(changed, arrived.spell_start))
    new = arrived.permanent
    return with_spells(
        kept,
        np.concatenate((owner[stands], changed[new])),
        np.concatenate((before.spell_start[stands], arrived.spell_start[new])),
        np.concatenate((before.spell_end[stands], arrived.spell_end[new])),
    )


def _spell_key(owner: Numbers, start: ShortDays) -> Ids:
    return owner.astype(np.int64) * 2**16 + start


def _slots(base: Base, months: Sequence[Month], roused: Numbers) -> Numbers:
    """By number: the place among the pack's people and, behind them, the roused; -1 for the quiet."""
    slot = np.full(people_of(base, months), -1, np.int32)
    slot[: len(base.ids)] = np.arange(len(base.ids), dtype=np.int32)
    slot[roused] = len(base.ids) + np.arange(len(roused), dtype=np.int32)
    return slot


def _people_of(base: Base, months: Sequence[Month], slot: Numbers, count: int) -> Records:
    """The newest record of everyone who is not quiet, by slot."""
    pieces = [(np.arange(len(base.ids), dtype=np.int32), _base_people(base))]
    for month in months:
        # Whoever was roused later has a record in that later month.
        mine = _where(slot[month.number] >= 0)
        pieces.append((slot[month.number[mine]], take(month.records, mine)))
    return _last_of(pieces, count)


def _others(pack: Pack, months: Sequence[Month]) -> Times:
    """The times of the quiet: those of the pack, and what came, less what went."""
    first = Times(pack.other_bounds, pack.other_start, pack.other_end)
    starts, ends = (
        [_balance(first, months, practice, name) for practice in range(len(pack.practices))]
        for name in ("start", "end")
    )
    bounds = np.concatenate(([0], np.cumsum([len(each) for each in starts]))).astype(np.int64)
    return Times(bounds, np.concatenate(starts), np.concatenate(ends))


def _balance(first: Times, months: Sequence[Month], practice: int, name: str) -> ShortDays:
    come = [_of(times, practice, name) for times in (first, *(month.come for month in months))]
    gone = [_of(month.gone, practice, name) for month in months]
    left: ShortDays = take_away(_sorted(come), _sorted(gone))
    return left


def _sorted(pieces: Sequence[ShortDays]) -> ShortDays:
    return np.sort(np.concatenate(pieces), kind="stable")  # 16 bits are sorted by counting


def _of(times: Times, practice: int, name: str) -> ShortDays:
    column: ShortDays = getattr(times, name)
    return column[times.bounds[practice] : times.bounds[practice + 1]]
