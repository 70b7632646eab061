"""Loops of the fast engine about what came first, latest or after: see `masks.py` for arrays and answers.

Each month end is worked out by itself, as `meaning_of_sequences.py` says it.
"""

from __future__ import annotations

import numpy as np

from imp2art.audit.bits.entries import IN, MAYBE, OUT, Tags
from imp2art.audit.bits.grid import Places
from imp2art.audit.bits.loops import NONE, ONE, Pair, at, run
from imp2art.audit.compiling import compiled
from imp2art.audit.packing.packed import Days, Offsets

_MIDDLE = 2**15  # the place of 1970-01-01 in a table of every day of a pack
_LATE = np.int32(2**31 - 1)


@compiled
def latest_in(
    offsets: Offsets,
    first: Days,
    last: Days,
    tag: Tags,
    starts: Days,
    ends: Days,
    base: int,
    lo: Places,
    hi: Places,
) -> Pair:
    """On the latest day with an entry in the window, one is tagged `IN`."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        low, high, whole = offsets[person], offsets[person + 1], True
        for row in range(low, high):
            whole = whole and first[row] == last[row]
        if not whole:
            surely[person], maybe[person] = _latest_of_parts(first, last, tag, starts, ends, low, high)
            continue
        row = low
        while row < high:
            day, best = first[row], OUT
            while row < high and first[row] == day:
                best = max(best, int(tag[row]))
                row += 1
            # It is the latest in every window that holds it, until the next day's entries are in too.
            until = at(base, hi, day)
            if row < high:
                until = min(until, at(base, lo, first[row]))
            if best == IN:
                surely[person] |= run(at(base, lo, day), until)
            if best >= MAYBE:
                maybe[person] |= run(at(base, lo, day), until)
    return surely, maybe


@compiled
def _latest_of_parts(
    first: Days, last: Days, tag: Tags, starts: Days, ends: Days, low: int, high: int
) -> tuple[np.uint64, np.uint64]:
    """The same for one person some of whose days are not known: each month end by itself."""
    surely, maybe = np.uint64(0), np.uint64(0)
    for month in range(ends.size):
        inside, rest, may, outside = NONE, NONE, NONE, NONE
        for row in range(low, high):
            if first[row] > ends[month]:
                break
            if last[row] < starts[month]:
                continue
            latest = min(last[row], ends[month])
            sure = first[row] >= starts[month] and last[row] <= ends[month]
            if tag[row] != IN:
                rest = max(rest, latest)
            elif sure:
                inside = max(inside, first[row])
            if tag[row] >= MAYBE:
                may = max(may, latest)
            if tag[row] == OUT and sure:
                outside = max(outside, first[row])
        if inside > NONE and inside >= rest:
            surely |= ONE << np.uint64(month)
        if may > NONE and may >= outside:
            maybe |= ONE << np.uint64(month)
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
            for row in range(of_offsets[person], of_offsets[person + 1]):
                if of_first[row] > ends[month]:
                    break
                if of_last[row] < starts[month]:
                    continue
                most = max(most, min(of_last[row], ends[month]))
                least = min(least, max(of_first[row], starts[month]))
                if of_first[row] >= starts[month] and of_last[row] <= ends[month]:
                    sure = max(sure, of_first[row])
            if most == NONE:
                continue
            from_day = sure if sure > NONE else least
            for row in range(offsets[person], offsets[person + 1]):
                if first[row] > ends[month]:
                    break
                if sure > NONE and first[row] >= most and last[row] <= ends[month]:
                    surely[person] |= ONE << np.uint64(month)
                if min(last[row], ends[month]) >= from_day:
                    maybe[person] |= ONE << np.uint64(month)
    return surely, maybe


@compiled
def _first_day(offsets: Offsets, first: Days, last: Days, person: int) -> tuple[np.int32, np.int32]:
    """The earliest and the latest that a person's first entry can be; `_LATE` where there is none."""
    least, most = _LATE, _LATE
    for row in range(offsets[person], offsets[person + 1]):
        least, most = min(least, first[row]), min(most, last[row])
    return least, most


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
    base: int,
    lo: Places,
    months: int,
) -> Pair:
    """An entry around the first anchor; `back` and `ahead` give the window's days by the anchor's.

    It holds from the month end on by which both are there. Before the anchor's last possible day has come
    it may be any day so far, which every entry so far is near enough to.
    """
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        if offsets[person] == offsets[person + 1]:
            continue
        least, most = _first_day(anchor_offsets, anchor_first, anchor_last, person)
        if least == _LATE:
            continue
        for row in range(offsets[person], offsets[person + 1]):
            if last[row] >= back[least + _MIDDLE] and first[row] <= ahead[most + _MIDDLE]:
                maybe[person] |= run(at(base, lo, max(least, first[row])), months)
            if first[row] >= back[most + _MIDDLE] and last[row] <= ahead[least + _MIDDLE]:
                surely[person] |= run(at(base, lo, max(most, last[row])), months)
    return surely, maybe


@compiled
def age_at_first(
    offsets: Offsets,
    first: Days,
    last: Days,
    birthday: Days,
    base: int,
    lo: Places,
    months: int,
) -> Pair:
    """The first entry lies on the birthday, which is given for each person, or later."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        least, most = _first_day(offsets, first, last, person)
        if least == _LATE:
            continue
        reached = birthday[person]
        if least >= reached:
            surely[person] = run(at(base, lo, most), months)
        if most >= reached:
            maybe[person] = run(at(base, lo, max(least, reached)), months)
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
            for row in range(of_offsets[person], of_offsets[person + 1]):
                if max(of_first[row], starts[month]) > latest_due[month] or of_last[row] < starts[month]:
                    continue
                most = max(most, min(of_last[row], latest_due[month]))
                least = min(least, max(of_first[row], starts[month]))
                if of_first[row] >= starts[month] and of_last[row] <= latest_due[month]:
                    sure = max(sure, of_first[row])
            if most == NONE:
                continue
            due_maybe[person] |= bit
            if sure > NONE:
                due_surely[person] |= bit
            from_day = sure if sure > NONE else least
            for row in range(offsets[person], offsets[person + 1]):
                if sure > NONE and first[row] >= most and last[row] <= due[sure + _MIDDLE]:
                    surely[person] |= bit
                if first[row] <= due[most + _MIDDLE] and last[row] >= from_day:
                    maybe[person] |= bit
    return (due_surely, due_maybe), (surely, maybe)
