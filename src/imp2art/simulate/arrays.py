"""The array types of the model, and days as whole numbers (days since 1 January 1970)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]  # indices, counts and days
Flags = NDArray[np.bool_]

YEAR = 365.2425
NEVER = 1 << 30  # a day that does not come: still registered, not dead
_EPOCH = date(1970, 1, 1)


def day_number(on: date) -> int:
    """The day as a number."""
    return (on - _EPOCH).days


def day_of(number: int) -> date:
    """The day that a number stands for."""
    return _EPOCH + timedelta(days=number)


def ages_on(born: Ints, on: Ints | int) -> Floats:
    """Age in years and parts of a year."""
    return np.asarray((on - born) / YEAR, dtype=np.float64)


def whole_years(born: Ints, on: Ints | int) -> Ints:
    """Whole years lived, by the calendar: the rule of `core.age.age_on`."""
    birthday, day = (np.asarray(days).astype("M8[D]") for days in (born, on))
    months = day.astype("M8[M]").astype(np.int64) - birthday.astype("M8[M]").astype(np.int64)
    before = _day_in_month(day) < _day_in_month(birthday)
    return np.asarray((months - before) // 12, dtype=np.int64)


def _day_in_month(days: NDArray[np.datetime64]) -> Ints:
    return np.asarray(days - days.astype("M8[M]").astype("M8[D]")).astype(np.int64)


def to_weekday(days: Ints) -> Ints:
    """Saturdays and Sundays brought back to the Friday before."""
    return days - np.maximum((days + 3) % 7 - 4, 0)
