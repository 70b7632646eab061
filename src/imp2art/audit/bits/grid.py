"""The month ends of an audit as bits: bit k of a mask says what held at month end k."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.packing.packed import FIRST_DAY, NEVER, Days
from imp2art.core.period import months_up_to
from imp2art.core.refusal import Refusal

MOST_MONTHS = 60  # a mask has 64 bits; a few are kept free so that shifts never overflow
_EPOCH = date(1970, 1, 1)
_FIRST, _LAST = (_EPOCH + timedelta(days=int(day)) for day in (FIRST_DAY + 1, NEVER - 2))
_EVER = np.int32(-(2**31) + 1)

Places = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Window:
    """The look-back windows of one length: from `starts[k]` up to and including `ends[k]`.

    For a day, `lo` is the first window that does not end before it and `hi` the number of windows that
    have begun by it, so windows `lo <= k < hi` hold it: one look-up of `day - base` in each table.
    """

    starts: Days
    ends: Days
    base: int
    lo: Places
    hi: Places


@dataclass(frozen=True, slots=True)
class Grid:
    """Days of interest, oldest first; usually month ends. `ValueError` for one beyond the days of a pack."""

    ends: tuple[date, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.ends) <= MOST_MONTHS:
            raise Refusal(f"An audit counts 1 to {MOST_MONTHS} months at once.")
        if list(self.ends) != sorted(set(self.ends)):
            raise ValueError("days of a grid are different and in order")
        _check_told_apart(self.ends)

    @property
    def days(self) -> Days:
        """The days as numbers."""
        return as_days(self.ends)

    @property
    def every_bit(self) -> np.uint64:
        """The mask of someone for whom it held throughout."""
        return np.uint64((1 << len(self.ends)) - 1)

    def window(self, months: int | None) -> Window:
        """The look-back windows of so many months; None is ever."""
        return _window(self.ends, months)

    def window_from(self, starts: Days) -> Window:
        """Windows from these days on, one a month end; they never go back in time."""
        return _window_between(starts, self.days)


@lru_cache(maxsize=64)
def _window(ends: tuple[date, ...], months: int | None) -> Window:
    if months is None:
        return _window_between(np.full(len(ends), _EVER, np.int32), as_days(ends))
    starts = [months_up_to(end, months).start for end in ends]
    _check_told_apart(starts)
    return _window_between(as_days(starts), as_days(ends))


def _check_told_apart(dates: Sequence[date]) -> None:
    """A pack holds an entry before its first day, or after its last, as if it were of that day."""
    for on, day in zip(dates, as_days(dates).tolist(), strict=True):
        if not FIRST_DAY < day < NEVER - 1:
            raise ValueError(f"{on} is outside the days that an audit can count: {_FIRST} to {_LAST}")


def _window_between(starts: Days, ends: Days) -> Window:
    base = int(min(ends[0], starts[0] if starts[0] > _EVER else ends[0])) - 1
    days = np.arange(base, int(ends[-1]) + 2)
    lo = np.searchsorted(ends, days, side="left").astype(np.int8)
    hi = np.searchsorted(starts, days, side="right").astype(np.int8)
    return Window(starts, ends, base, lo, hi)


def as_days(dates: Sequence[date]) -> Days:
    """Days counted from 1970-01-01."""
    return np.array([(on - _EPOCH).days for on in dates], np.int32)


def as_numbers(days: NDArray[np.datetime64]) -> Days:
    """Days counted from 1970-01-01, from numpy's own days."""
    return np.asarray(days.astype(np.int64), np.int32)


@lru_cache(maxsize=16)
def shifted_days(months: int) -> Days:
    """`core.period.add_months(day, months)` of every day of a pack, at the day's place + 2¹⁵."""
    days = np.arange(-(2**15), 2**15).astype("datetime64[D]")
    this = days.astype("datetime64[M]")
    then = this + np.timedelta64(months, "M")
    length = (then + np.timedelta64(1, "M")).astype("datetime64[D]") - then.astype("datetime64[D]")
    into_month = np.minimum(days - this.astype("datetime64[D]"), length - np.timedelta64(1, "D"))
    return as_numbers(then.astype("datetime64[D]") + into_month)


@lru_cache(maxsize=4)
def working_days_after(count: int) -> Days:
    """`core.working_days.add_working_days(day, count)` of every day of a pack, at the day's place + 2¹⁵."""
    days = np.arange(-(2**15), 2**15)
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
    due = days.copy()
    for _ in range(count):
        due += np.where(weekday < 4, 1, 7 - weekday)
        weekday = np.where(weekday < 4, weekday + 1, 0)
    return np.asarray(due, np.int32)
