"""The month ends of an audit as bits: bit k of a mask says what held at month end k."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.pack import Days
from imp2art.core.period import months_up_to
from imp2art.core.refusal import Refusal

MOST_MONTHS = 60  # a mask has 64 bits; a few are kept free so that shifts never overflow
_EPOCH = date(1970, 1, 1)
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
    """Days of interest, oldest first; usually month ends."""

    ends: tuple[date, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.ends) <= MOST_MONTHS:
            raise Refusal(f"An audit counts 1 to {MOST_MONTHS} months at once.")
        if list(self.ends) != sorted(set(self.ends)):
            raise ValueError("days of a grid are different and in order")

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
        ends = self.days
        if months is None:
            starts = np.full(len(ends), _EVER, np.int32)
            base = int(ends[0])
        else:
            starts = as_days([months_up_to(end, months).start for end in self.ends])
            base = int(starts[0]) - 1
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
