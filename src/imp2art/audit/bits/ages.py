"""Ages as masks: from which month end on a person is old enough."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from imp2art.audit.bits.grid import Grid, as_numbers
from imp2art.audit.bits.loops import Masks
from imp2art.audit.conditions import AgeAtLeast
from imp2art.audit.packing.packed import Days, ShortDays
from imp2art.core.period import financial_year


def age_mask(condition: AgeAtLeast, born: ShortDays, grid: Grid) -> Masks:
    """Where each person has the age that the rules of that month ask for."""
    found: Masks = _mask_of_every_day(condition, grid)[born.astype(np.int64) + 2**15]
    return found


@lru_cache(maxsize=32)
def _mask_of_every_day(condition: AgeAtLeast, grid: Grid) -> Masks:
    """The mask of someone born on each day of a pack, at the day's place + 2¹⁵."""
    asked = np.array([condition.age_in(financial_year(end)) for end in grid.ends])
    found = np.zeros(2**16, np.uint64)
    for age in set(asked.tolist()):
        months = np.uint64(sum(1 << int(month) for month in np.flatnonzero(asked == age)))
        from_month = np.searchsorted(grid.days, _birthdays_of_every_day(age)).astype(np.uint64)
        # Bits from that month on; a shift by all 64 would be none.
        found |= ~((np.uint64(1) << from_month) - np.uint64(1)) & months
    return found


def birthdays(born: ShortDays, age: int) -> Days:
    """The day on which each person is so old; 29 February becomes 1 March in other years."""
    found: Days = _birthdays_of_every_day(age)[born.astype(np.int64) + 2**15]
    return found


@lru_cache(maxsize=16)
def _birthdays_of_every_day(age: int) -> Days:
    days = np.arange(-(2**15), 2**15).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    into_month = days - months.astype("datetime64[D]")
    # Days are added to the first of the month, so that day 29 of a short February runs into March.
    return as_numbers((months + np.timedelta64(12 * age, "M")).astype("datetime64[D]") + into_month)
