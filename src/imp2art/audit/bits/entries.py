"""The entries of some lists taken out of packed people, all lists in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.grid import shifted_days
from imp2art.audit.bits.groups import Groups, LookUps
from imp2art.audit.compiling import compiled
from imp2art.audit.conditions import Band
from imp2art.audit.packing.packed import Days, Kind, Offsets, Pack, ShortDays

Tags = NDArray[np.int8]
OUT, MAYBE, IN = 0, 1, 2  # the tags of entries that a band is asked about
ABSENT = -1  # of a kind that is not in the list
_NONE = np.int32(-(2**31))
_MIDDLE = 2**15


class Wanted(NamedTuple):
    """Entries of any of `slugs`, tagged by whether they are in one of `bands`; with `issued`, issues alone.

    With `clear_months` they are days on which one of the lists was begun: issues with no other of the same
    list in the months before.
    """

    slugs: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    issued: bool = False
    clear_months: int | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """`offsets[p]:offsets[p + 1]` are person p's, by first day and last; `tag` as `Wanted` says."""

    offsets: Offsets
    first: Days
    last: Days
    tag: Tags


def take_entries(
    pack: Pack, groups: Groups, wanted: Sequence[Wanted], look: LookUps
) -> dict[Wanted, Entries]:
    """The entries of each of `wanted`."""
    listed = tuple(each for each in wanted if each.clear_months is None)
    begun = {each: _begun(pack, groups, each, look) for each in wanted if each.clear_months is not None}
    return _taken(pack, groups, listed, look) | begun if listed else begun


def _taken(pack: Pack, groups: Groups, wanted: tuple[Wanted, ...], look: LookUps) -> dict[Wanted, Entries]:
    tags, starts, of_kind = look.of(_listed, wanted)
    total = np.concatenate(([0], np.cumsum((tags != ABSENT) @ groups.rows))).astype(np.int64)
    offsets, first, last, tag = _fill(
        groups.offsets,
        groups.begins,
        groups.kind,
        pack.kind,
        pack.day,
        pack.partial_row,
        pack.partial_last,
        starts,
        of_kind,
        tags,
        total,
    )
    return {
        each: Entries(offsets[at], first[low:high], last[low:high], tag[low:high])
        for at, (each, low, high) in enumerate(zip(wanted, total[:-1], total[1:], strict=True))
    }


def _listed(kinds: Sequence[Kind], wanted: tuple[Wanted, ...]) -> tuple[Tags, Offsets, Offsets]:
    """The tags of each of `wanted` by kind, and where each kind is wanted (`_uses`)."""
    tags = np.array([_tags(kinds, each) for each in wanted], np.int8).reshape(len(wanted), len(kinds))
    return tags, *_uses(tags != ABSENT)


def _begun(pack: Pack, groups: Groups, wanted: Wanted, look: LookUps) -> Entries:
    starts, of_kind = look.of(_issued, wanted.slugs)
    most = int(np.diff(pack.offsets).max(initial=0))
    clear = shifted_days(-(wanted.clear_months or 0))
    lists = len(wanted.slugs)
    found = (groups.offsets, groups.begins, groups.kind, pack.day)
    offsets, day = _begun_days(*found, starts, of_kind, lists, most, clear)
    return Entries(offsets, day, day, np.zeros(len(day), np.int8))


def _issued(kinds: Sequence[Kind], slugs: tuple[str, ...]) -> tuple[Offsets, Offsets]:
    """Where issues of each kind are of one of the lists (`_uses`)."""
    held = [[slug in kind.lists and kind.issued for kind in kinds] for slug in slugs]
    return _uses(np.array(held, bool).reshape(len(held), len(kinds)))


def _uses(held: NDArray[np.bool_]) -> tuple[Offsets, Offsets]:
    """Kind k is in the lists `of_kind[starts[k]:starts[k + 1]]`; `held` says so by list and kind."""
    starts = np.concatenate(([0], np.cumsum(held.sum(axis=0)))).astype(np.int64)
    return starts, np.nonzero(held.T)[1].astype(np.int64)


def _tags(kinds: Sequence[Kind], wanted: Wanted) -> Tags:
    """By kind: its tag, or `ABSENT`."""
    slugs = frozenset(wanted.slugs)
    return np.array(
        [
            ABSENT
            if slugs.isdisjoint(kind.lists) or (wanted.issued and not kind.issued)
            else max((_band_tag(band, kind) for band in wanted.bands), default=OUT)
            for kind in kinds
        ],
        np.int8,
    )


def _band_tag(band: Band, kind: Kind) -> int:
    """Whether entries of a kind are in a band."""
    if band.codelist not in kind.lists:
        return OUT
    if band.low is None and band.high is None:
        return IN
    if kind.value is None:
        return MAYBE
    above = band.low is None or band.low <= kind.value
    return IN if above and (band.high is None or kind.value <= band.high) else OUT


@compiled
def _fill(
    offsets: Offsets,
    begins: Offsets,
    group_kind: NDArray[np.uint16],
    kind: NDArray[np.uint16],
    day: ShortDays,
    partial_row: Offsets,
    partial_last: ShortDays,
    starts: Offsets,
    of_kind: Offsets,
    tags: Tags,
    total: Offsets,
) -> tuple[Offsets, Days, Days, Tags]:
    """Offsets by list and person, and the entries of all lists, one list behind the other."""
    people, lists = offsets.size - 1, total.size - 1
    into = np.zeros((lists, people + 1), np.int64)
    first, last = np.empty(total[lists], np.int32), np.empty(total[lists], np.int32)
    tag = np.empty(total[lists], np.int8)
    low, end, owner = total[:lists].copy(), total[:lists].copy(), np.full(lists, -1, np.int64)
    for person in range(people):
        for group in range(offsets[person], offsets[person + 1]):
            known = group_kind[group]
            for at in range(starts[known], starts[known + 1]):
                one = of_kind[at]
                begin = end[one]
                place, tagged = begin, tags[one, known]
                for row in range(begins[group], begins[group + 1]):
                    first[place], last[place], tag[place] = day[row], day[row], tagged
                    if kind[row] != known:
                        last[place] = partial_last[np.searchsorted(partial_row, row)]
                    place += 1
                end[one] = place
                into[one, person + 1] += place - begin
                if owner[one] != person:
                    owner[one], low[one] = person, begin
                # Entries come by kind; those of a list of several kinds are put in order of days.
                elif _after(first, last, begin - 1, begin):
                    _order(first, last, tag, low[one], begin, place)
    for one in range(lists):
        for person in range(people):
            into[one, person + 1] += into[one, person]
    return into, first, last, tag


@compiled
def _after(first: Days, last: Days, one: int, other: int) -> bool:
    return bool(first[one] > first[other] or (first[one] == first[other] and last[one] > last[other]))


@compiled
def _order(first: Days, last: Days, tag: Tags, low: int, begin: int, end: int) -> None:
    """Put entries `begin` to `end` among those from `low` on, which are in order."""
    for row in range(begin, end):
        place = row
        while place > low and _after(first, last, place - 1, place):
            first[place - 1], first[place] = first[place], first[place - 1]
            last[place - 1], last[place] = last[place], last[place - 1]
            tag[place - 1], tag[place] = tag[place], tag[place - 1]
            place -= 1


@compiled
def _begun_days(
    offsets: Offsets,
    begins: Offsets,
    group_kind: NDArray[np.uint16],
    day: ShortDays,
    starts: Offsets,
    of_kind: Offsets,
    lists: int,
    most: int,
    clear: Days,
) -> tuple[Offsets, Days]:
    """The days on which one of the lists was begun, by person and in order.

    A list is begun by an issue with no other since the day that `clear` gives. Issues of kind k are of
    the lists `of_kind[starts[k]:starts[k + 1]]`; `most` is the greatest number of entries of anyone.
    """
    people = offsets.size - 1
    into = np.zeros(people + 1, np.int64)
    found = np.empty(1024, np.int32)
    issued, counts = np.empty((lists, most), np.int32), np.zeros(lists, np.int64)
    total = 0
    for person in range(people):
        start = total
        for group in range(offsets[person], offsets[person + 1]):
            known = group_kind[group]
            for use in range(starts[known], starts[known + 1]):
                one = of_kind[use]
                begin, count = counts[one], counts[one]
                for row in range(begins[group], begins[group + 1]):
                    issued[one, count] = day[row]
                    count += 1
                counts[one] = count
                if begin > 0 and issued[one, begin - 1] > issued[one, begin]:
                    issued[one, :count].sort()
        for one in range(lists):
            before = _NONE
            for at in range(counts[one]):
                on = issued[one, at]
                if on > before and before <= clear[on + _MIDDLE]:
                    if total == found.size:
                        found = np.concatenate((found, np.empty_like(found)))
                    place = total
                    while place > start and found[place - 1] > on:
                        found[place] = found[place - 1]
                        place -= 1
                    found[place] = on
                    total += 1
                before = on
            counts[one] = 0
        into[person + 1] = total
    return into, found[:total]
