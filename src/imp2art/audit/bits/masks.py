"""Loops of the fast engine that ask one or two lists: from entries to masks.

Every function takes arrays as `entries.py` and `grid.py` describe them, and gives two masks for each
patient: bits where the condition surely holds, and bits where it possibly does. `meaning.py` says what
the conditions mean; the generative test holds the two to the same answers.
"""

from __future__ import annotations

import numpy as np

from imp2art.audit.bits.grid import Places
from imp2art.audit.bits.loops import NONE, ONE, Masks, Pair, run
from imp2art.audit.bits.loops import at as at_
from imp2art.audit.compiling import compiled
from imp2art.audit.packing.packed import Days, Offsets, ShortDays

_LATE = np.int32(2**31 - 1)


@compiled
def any_in(offsets: Offsets, first: Days, last: Days, base: int, lo: Places, hi: Places) -> Pair:
    """Some entry lies in the window."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        for at in range(offsets[person], offsets[person + 1]):
            surely[person] |= run(at_(base, lo, last[at]), at_(base, hi, first[at]))
            maybe[person] |= run(at_(base, lo, first[at]), at_(base, hi, last[at]))
    return surely, maybe


@compiled
def _acute_days(days: Days, count: int, since: int, steady_issues: int, steady_days: int, acute: Days) -> int:
    """Put those of the first `count` days that are no long-term use into `acute`; how many they are."""
    found = 0
    for place in range(count):
        steady = days[place] < since
        for first in range(max(0, place - steady_issues + 1), place + 1):
            final = first + steady_issues - 1
            if final < count and days[final] - days[first] <= steady_days:
                steady = True
        if not steady:
            acute[found] = days[place]
            found += 1
    return found


@compiled
def courses_at_least(
    offsets: Offsets,
    day: Days,
    since_offsets: Offsets,
    since_first: Days,
    least: Offsets,
    joined: int,
    steady_issues: int,
    steady_days: int,
    starts: Days,
    ends: Days,
) -> Masks:
    """At least each of `least` courses began in the window: a row of masks for each. Issue days are known,
    so there is no perhaps.

    Each month end is worked out from what was known by then, again where something was added: a later
    issue can show that an earlier one was long-term use.
    """
    people = offsets.size - 1
    surely = np.zeros((least.size, people), np.uint64)
    days, begun = np.empty(day.size + 1, np.int32), np.empty(day.size + 1, np.int32)
    for person in range(people):
        if offsets[person] == offsets[person + 1] or since_offsets[person] == since_offsets[person + 1]:
            continue
        since = since_first[since_offsets[person]]  # sorted, so the earliest
        count = 0
        for row in range(offsets[person], offsets[person + 1]):
            if count == 0 or day[row] != days[count - 1]:
                days[count] = day[row]
                count += 1
        known, looked, courses = 0, -1, 0
        for month in range(ends.size):
            while known < count and days[known] <= ends[month]:
                known += 1
            if known != looked:
                courses = 0
                for place in range(_acute_days(days, known, since, steady_issues, steady_days, begun)):
                    if courses == 0 or begun[place] - begun[courses - 1] > joined:
                        begun[courses] = begun[place]
                        courses += 1
                looked = known
            inside = 0
            while inside < courses and begun[courses - 1 - inside] >= starts[month]:
                inside += 1
            for one in range(least.size):
                if inside >= least[one]:
                    surely[one, person] |= ONE << np.uint64(month)
    return surely


@compiled
def _latest(
    offsets: Offsets,
    first: Days,
    last: Days,
    person: int,
    ends: Days,
    base: int,
    lo: Places,
    sure: Days,
    most: Days,
) -> None:
    """For each month end, the latest date up to it: the least that it can be, and the most."""
    sure[:] = NONE
    most[:] = NONE
    for at in range(offsets[person], offsets[person + 1]):
        known = at_(base, lo, last[at])
        if known < ends.size:
            sure[known] = max(sure[known], first[at])
            most[known] = max(most[known], last[at])
        for month in range(at_(base, lo, first[at]), known):
            most[month] = max(most[month], ends[month])
    for month in range(1, ends.size):
        sure[month] = max(sure[month], sure[month - 1])
        most[month] = max(most[month], most[month - 1])


@compiled
def latest_stands(
    offsets: Offsets,
    first: Days,
    last: Days,
    end_offsets: Offsets,
    end_first: Days,
    end_last: Days,
    ends: Days,
    base: int,
    lo: Places,
) -> Pair:
    """The latest entry up to the month end is not ended on its day or later."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    begun_sure, begun_most = np.empty(ends.size, np.int32), np.empty(ends.size, np.int32)
    ended_sure, ended_most = np.empty(ends.size, np.int32), np.empty(ends.size, np.int32)
    for person in range(people):
        if offsets[person] == offsets[person + 1]:
            continue
        if end_offsets[person] == end_offsets[person + 1]:
            known, possible = _LATE, _LATE
            for at in range(offsets[person], offsets[person + 1]):
                known, possible = min(known, last[at]), min(possible, first[at])
            surely[person] = run(at_(base, lo, known), ends.size)
            maybe[person] = run(at_(base, lo, possible), ends.size)
            continue
        _latest(offsets, first, last, person, ends, base, lo, begun_sure, begun_most)
        _latest(end_offsets, end_first, end_last, person, ends, base, lo, ended_sure, ended_most)
        for month in range(ends.size):
            bit = ONE << np.uint64(month)
            if ended_most[month] < begun_sure[month]:
                surely[person] |= bit
            if ended_sure[month] < begun_most[month]:
                maybe[person] |= bit
    return surely, maybe


@compiled
def two_apart(
    offsets: Offsets,
    first: Days,
    last: Days,
    days: int,
    starts: Days,
    ends: Days,
    base: int,
    lo: Places,
    hi: Places,
) -> Pair:
    """Two entries of the window are at least so many days from each other."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        for one in range(offsets[person], offsets[person + 1]):
            start, stop = at_(base, lo, last[one]), at_(base, hi, first[one])
            for other in range(offsets[person], offsets[person + 1]):
                if one == other:
                    continue
                if first[other] - last[one] >= days:
                    surely[person] |= run(
                        max(start, at_(base, lo, last[other])), min(stop, at_(base, hi, first[other]))
                    )
                if first[one] == last[one] and first[other] == last[other]:
                    continue  # two known days are as far apart in every window
                from_month = max(at_(base, lo, first[one]), at_(base, lo, first[other]))
                to_month = min(at_(base, hi, last[one]), at_(base, hi, last[other]))
                for month in range(from_month, to_month):
                    early, late = max(first[one], starts[month]), min(last[other], ends[month])
                    if np.int64(late) - np.int64(early) >= days:
                        maybe[person] |= ONE << np.uint64(month)
        maybe[person] |= surely[person]
    return surely, maybe


@compiled
def first_in(offsets: Offsets, first: Days, last: Days, base: int, lo: Places, hi: Places) -> Pair:
    """An entry lies in the window, and none before it."""
    people = offsets.size - 1
    surely, maybe = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        if offsets[person] == offsets[person + 1]:
            continue
        earliest, latest_earliest = first[offsets[person]], last[offsets[person]]
        for at in range(offsets[person], offsets[person + 1]):
            surely[person] |= run(at_(base, lo, last[at]), at_(base, hi, first[at]))
            maybe[person] |= run(at_(base, lo, first[at]), at_(base, hi, last[at]))
            earliest = min(earliest, first[at])
            latest_earliest = min(latest_earliest, last[at])
        surely[person] &= run(0, at_(base, hi, earliest))
        maybe[person] &= run(0, at_(base, hi, latest_earliest))
    return surely, maybe


@compiled
def registered(
    offsets: Offsets,
    start: ShortDays,
    end: ShortDays,
    died: ShortDays,
    base: int,
    lo: Places,
    fresh_base: int,
    fresh_hi: Places,
) -> Pair:
    """Covered by a registration; and covered by one that began before the window of `fresh_hi`."""
    people = offsets.size - 1
    covered, settled = np.zeros(people, np.uint64), np.zeros(people, np.uint64)
    for person in range(people):
        for at in range(offsets[person], offsets[person + 1]):
            stop = min(at_(base, lo, end[at]), at_(base, lo, died[person]))
            spell = run(at_(base, lo, start[at]), stop)
            covered[person] |= spell
            settled[person] |= spell & ~run(0, at_(fresh_base, fresh_hi, start[at]))
    return covered, settled
