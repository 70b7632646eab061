"""Loops of the fast engine about what came first, latest or after: see `masks.py` for arrays and answers.

Each month end is worked out by itself, as `meaning_of_sequences.py` says it.
"""

from __future__ import annotations

import numpy as np

from imp2art.audit.compiling import compiled
from imp2art.audit.entries import IN, MAYBE, OUT, Days
from imp2art.audit.loops import NONE, ONE, Pair
from imp2art.audit.packed import Offsets

_MIDDLE = 2**15  # the place of 1970-01-01 in a table of every day of a pack
_LATE = np.int32(2**31 - 1)


@compiled
def latest_in(offsets: Offsets, first: Days, last: Days, tag: Offsets, starts: Days, ends: Days) -> Pair:
    """On the latest day with an entry in the window, one is tagged `IN`."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        for month in range(ends.size):
            inside, rest, may, outside = NONE, NONE, NONE, NONE
            for at in range(offsets[person], offsets[person + 1]):
                if first[at] > ends[month]:
                    break
                if last[at] < starts[month]:
                    continue
                latest = min(last[at], ends[month])
                sure = first[at] >= starts[month] and last[at] <= ends[month]
                if tag[at] != IN:
                    rest = max(rest, latest)
                elif sure:
                    inside = max(inside, first[at])
                if tag[at] >= MAYBE:
                    may = max(may, latest)
                if tag[at] == OUT and sure:
                    outside = max(outside, first[at])
            if inside > NONE and inside >= rest:
                surely[person] |= ONE << np.uint64(month)
            if may > NONE and may >= outside:
                maybe[person] |= ONE << np.uint64(month)
    return surely, maybe


@compiled
def since_latest(
    offsets: Offsets,
    first: Days,
    last: Days,
    of_offsets: Offsets,
    of_first: Days,
    of_last: Days,
    starts: Days,
    ends: Days,
) -> Pair:
    """An entry on the day of the latest `of` entry in the window, or later."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        if offsets[person] == offsets[person + 1] or of_offsets[person] == of_offsets[person + 1]:
            continue
        for month in range(ends.size):
            sure, most, least = NONE, NONE, _LATE
            for at in range(of_offsets[person], of_offsets[person + 1]):
                if of_first[at] > ends[month]:
                    break
                if of_last[at] < starts[month]:
                    continue
                most = max(most, min(of_last[at], ends[month]))
                least = min(least, max(of_first[at], starts[month]))
                if of_first[at] >= starts[month] and of_last[at] <= ends[month]:
                    sure = max(sure, of_first[at])
            if most == NONE:
                continue
            from_day = sure if sure > NONE else least
            for at in range(offsets[person], offsets[person + 1]):
                if first[at] > ends[month]:
                    break
                if sure > NONE and first[at] >= most and last[at] <= ends[month]:
                    surely[person] |= ONE << np.uint64(month)
                if min(last[at], ends[month]) >= from_day:
                    maybe[person] |= ONE << np.uint64(month)
    return surely, maybe


@compiled
def near_first(
    offsets: Offsets,
    first: Days,
    last: Days,
    anchor_offsets: Offsets,
    anchor_first: Days,
    anchor_last: Days,
    back: Days,
    ahead: Days,
    ends: Days,
) -> Pair:
    """An entry around the first anchor; `back` and `ahead` give the window's days by the anchor's."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        if offsets[person] == offsets[person + 1]:
            continue
        for month in range(ends.size):
            least, most = _first_day(anchor_offsets, anchor_first, anchor_last, person, ends[month])
            if least == _LATE:
                continue
            sure = most < _LATE
            latest = most if sure else ends[month]
            for at in range(offsets[person], offsets[person + 1]):
                if (
                    first[at] <= min(ends[month], ahead[latest + _MIDDLE])
                    and last[at] >= back[least + _MIDDLE]
                ):
                    maybe[person] |= ONE << np.uint64(month)
                    if (
                        sure
                        and first[at] >= back[latest + _MIDDLE]
                        and last[at] <= min(ends[month], ahead[least + _MIDDLE])
                    ):
                        surely[person] |= ONE << np.uint64(month)
    return surely, maybe


@compiled
def _first_day(
    offsets: Offsets, first: Days, last: Days, person: int, end: np.int32
) -> tuple[np.int32, np.int32]:
    """The earliest and the latest that the first entry up to `end` can be; `_LATE` where not known."""
    least, most = _LATE, _LATE
    for at in range(offsets[person], offsets[person + 1]):
        if first[at] <= end:
            least = min(least, first[at])
        if last[at] <= end:
            most = min(most, last[at])
    return least, most


@compiled
def age_at_first(offsets: Offsets, first: Days, last: Days, birthday: Days, ends: Days) -> Pair:
    """The first entry lies on the given birthday of each person or later."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        if offsets[person] == offsets[person + 1]:
            continue
        sure, may, settled = False, False, False
        for month in range(ends.size):
            # Once the first entry is surely past, no later month knows better.
            if not settled:
                least, most = _first_day(offsets, first, last, person, ends[month])
                sure = most < _LATE and least >= birthday[person]
                may = least < _LATE and (most if most < _LATE else ends[month]) >= birthday[person]
                settled = most < _LATE and first[offsets[person]] == last[offsets[person]] == most
            if sure:
                surely[person] |= ONE << np.uint64(month)
            if may:
                maybe[person] |= ONE << np.uint64(month)
    return surely, maybe


@compiled
def followed_up(
    of_offsets: Offsets,
    of_first: Days,
    of_last: Days,
    offsets: Offsets,
    first: Days,
    last: Days,
    due: Days,
    latest_due: Days,
    starts: Days,
    ends: Days,
) -> tuple[Pair, Pair]:
    """Whether an `of` entry is due, and whether the latest due one was followed in time.

    `due` gives the last day in time by an entry's day; `latest_due` the latest day due at each month end.
    """
    people = of_offsets.size - 1
    due_surely, due_maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        for month in range(ends.size if of_offsets[person] < of_offsets[person + 1] else 0):
            bit = ONE << np.uint64(month)
            sure, most, least = NONE, NONE, _LATE
            for at in range(of_offsets[person], of_offsets[person + 1]):
                if max(of_first[at], starts[month]) > latest_due[month] or of_last[at] < starts[month]:
                    continue
                most = max(most, min(of_last[at], latest_due[month]))
                least = min(least, max(of_first[at], starts[month]))
                if of_first[at] >= starts[month] and of_last[at] <= latest_due[month]:
                    sure = max(sure, of_first[at])
            if most == NONE:
                continue
            due_maybe[person] |= bit
            if sure > NONE:
                due_surely[person] |= bit
            from_day = sure if sure > NONE else least
            for at in range(offsets[person], offsets[person + 1]):
                if sure > NONE and first[at] >= most and last[at] <= due[sure + _MIDDLE]:
                    surely[person] |= bit
                if first[at] <= due[most + _MIDDLE] and last[at] >= from_day:
                    maybe[person] |= bit
    return (due_surely, due_maybe), (surely, maybe)


@compiled
def begun_days(offsets: Offsets, first: Days, clear: Days) -> tuple[Offsets, Days]:
    """Whose days began a medicine: no other in the time before, whose first day `clear` gives by the day."""
    owner, days = np.empty(first.size, np.int64), np.empty(first.size, np.int32)
    found = 0
    for person in range(offsets.size - 1):
        before = NONE
        for at in range(offsets[person], offsets[person + 1]):
            if first[at] == before:
                continue
            if before <= clear[first[at] + _MIDDLE]:
                owner[found], days[found] = person, first[at]
                found += 1
            before = first[at]
    return owner[:found], days[:found]
