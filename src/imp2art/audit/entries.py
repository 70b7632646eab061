"""The entries of some lists taken out of packed people, all lists in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compiling import compiled
from imp2art.audit.conditions import Band
from imp2art.audit.packed import Kind, Offsets, Pack, ShortDays
from imp2art.core.refusal import Refusal

Days = NDArray[np.int32]
UNKNOWN = -1  # the tag of an issue whose inhalers the record does not tell
OUT, MAYBE, IN = 0, 1, 2  # the tags of entries that a band is asked about
_ABSENT = np.int64(-(2**62))
_FINEST = 10**9  # parts of an inhaler, so that sums of them fit into 64 bits


class Wanted(NamedTuple):
    """Entries of any of `slugs`, tagged: `devices` in parts, else by whether they are in one of `bands`."""

    slugs: tuple[str, ...]
    devices: bool = False
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """`offsets[p]:offsets[p + 1]` are person p's, by first day and last; `tag` as `Wanted` says."""

    offsets: Offsets
    first: Days
    last: Days
    tag: NDArray[np.int64]


def parts_of(kinds: Sequence[Kind]) -> int:
    """How many parts make one inhaler, so that every kind's inhalers are a whole number of them."""
    parts = lcm(*(kind.devices.denominator for kind in kinds if kind.devices is not None))
    if parts > _FINEST:
        raise Refusal("The doses in the devices of this library cannot be counted exactly together.")
    return parts


def take_entries(pack: Pack, wanted: Sequence[Wanted]) -> Mapping[Wanted, Entries]:
    """The entries of each of `wanted`."""
    if not wanted:
        return {}
    tags = np.array([_tags(each, pack.kinds) for each in wanted]).reshape(len(wanted), len(pack.kinds))
    present = tags != _ABSENT
    starts = np.concatenate(([0], np.cumsum(present.sum(axis=0)))).astype(np.int64)
    of_kind = np.nonzero(present.T)[1].astype(np.int64)
    rows = np.bincount(pack.kind & np.uint16(0x7FFF), minlength=len(pack.kinds))
    total = np.concatenate(([0], np.cumsum(present @ rows))).astype(np.int64)
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


def _tags(wanted: Wanted, kinds: Sequence[Kind]) -> NDArray[np.int64]:
    """By kind: its tag, or `_ABSENT`."""
    slugs = frozenset(wanted.slugs)
    parts = parts_of(kinds) if wanted.devices else 1
    found = [_tag(kind, wanted, parts) if kind.lists & slugs else _ABSENT for kind in kinds]
    return np.array(found, np.int64)


def _tag(kind: Kind, wanted: Wanted, parts: int) -> int:
    if wanted.devices:
        return UNKNOWN if kind.devices is None else int(kind.devices * parts)
    return max((band_tag(band, kind) for band in wanted.bands), default=OUT)


def band_tag(band: Band, kind: Kind) -> int:
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
    tags: Offsets,
    total: Offsets,
) -> tuple[Offsets, Days, Days, Offsets]:
    """Offsets by list and person, and the entries of all lists, one list behind the other."""
    people, lists = offsets.size - 1, total.size - 1
    into = np.zeros((lists, people + 1), np.int64)
    first, last = np.empty(total[lists], np.int32), np.empty(total[lists], np.int32)
    tag = np.empty(total[lists], np.int64)
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
