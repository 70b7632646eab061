"""The entries of some lists taken out of packed people, all lists in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compiling import compiled
from imp2art.audit.conditions import Band
from imp2art.audit.grid import shifted_days
from imp2art.audit.packed import PARTIAL, Days, Kind, Offsets, Pack, ShortDays

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


def take_entries(pack: Pack, wanted: Sequence[Wanted]) -> dict[Wanted, Entries]:
    """The entries of each of `wanted`."""
    listed = [each for each in wanted if each.clear_months is None]
    begun = {each: _begun(pack, each) for each in wanted if each.clear_months is not None}
    return _taken(pack, listed) | begun if listed else begun


def _taken(pack: Pack, wanted: Sequence[Wanted]) -> dict[Wanted, Entries]:
    tags = np.array([_tags(pack.kinds, each) for each in wanted], np.int8).reshape(
        len(wanted), len(pack.kinds)
    )
    starts, of_kind = _uses(tags != ABSENT)
    rows = np.bincount(pack.kind & ~PARTIAL, minlength=len(pack.kinds))
    total = np.concatenate(([0], np.cumsum((tags != ABSENT) @ rows))).astype(np.int64)
    offsets, first, last, tag = _fill(
        pack.offsets,
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


def _begun(pack: Pack, wanted: Wanted) -> Entries:
    held = [[slug in kind.lists and kind.issued for kind in pack.kinds] for slug in wanted.slugs]
    starts, of_kind = _uses(np.array(held, bool).reshape(len(held), len(pack.kinds)))
    most = int(np.diff(pack.offsets).max(initial=0))
    clear = shifted_days(-(wanted.clear_months or 0))
    offsets, day = _begun_days(pack.offsets, pack.kind, pack.day, starts, of_kind, len(held), most, clear)
    return Entries(offsets, day, day, np.zeros(len(day), np.int8))


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
    low, end = total[:lists].copy(), total[:lists].copy()
    partial = 0
    for person in range(people):
        for row in range(offsets[person], offsets[person + 1]):
            known = kind[row] & np.uint16(0x7FFF)
            if starts[known] == starts[known + 1]:
                continue
            begins = np.int32(day[row])
            ends = begins
            if kind[row] & np.uint16(0x8000):
                while partial_row[partial] < row:
                    partial += 1
                ends = np.int32(partial_last[partial])
            for at in range(starts[known], starts[known + 1]):
                one = of_kind[at]
                place = end[one]
                end[one] += 1
                # Entries come by kind; a list of several kinds is put in order of days here.
                while place > low[one] and (
                    first[place - 1] > begins or (first[place - 1] == begins and last[place - 1] > ends)
                ):
                    first[place], last[place], tag[place] = first[place - 1], last[place - 1], tag[place - 1]
                    place -= 1
                first[place], last[place], tag[place] = begins, ends, tags[one, known]
        for one in range(lists):
            low[one] = end[one]
            into[one, person + 1] = end[one] - total[one]
    return into, first, last, tag


@compiled
def _begun_days(
    offsets: Offsets,
    kind: NDArray[np.uint16],
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
        begin = total
        for row in range(offsets[person], offsets[person + 1]):
            known = kind[row] & np.uint16(0x7FFF)
            for use in range(starts[known], starts[known + 1]):
                one = of_kind[use]
                place = counts[one]
                while place > 0 and issued[one, place - 1] > day[row]:
                    issued[one, place] = issued[one, place - 1]
                    place -= 1
                issued[one, place] = day[row]
                counts[one] += 1
        for one in range(lists):
            before = _NONE
            for at in range(counts[one]):
                on = issued[one, at]
                if on > before and before <= clear[on + _MIDDLE]:
                    if total == found.size:
                        found = np.concatenate((found, np.empty_like(found)))
                    place = total
                    while place > begin and found[place - 1] > on:
                        found[place] = found[place - 1]
                        place -= 1
                    found[place] = on
                    total += 1
                before = on
            counts[one] = 0
        into[person + 1] = total
    return into, found[:total]
