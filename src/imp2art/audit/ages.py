"""Ages as masks: from which month end on a person is old enough."""

from __future__ import annotations

import numpy as np

from imp2art.audit.conditions import AgeAtLeast
from imp2art.audit.entries import Days
from imp2art.audit.grid import Grid, as_numbers
from imp2art.audit.loops import Masks
from imp2art.core.period import financial_year


def age_mask(condition: AgeAtLeast, born: Days, grid: Grid) -> Masks:
    """Where each person has the age that the rules of that month ask for."""
    asked = [condition.age_in(financial_year(end)) for end in grid.ends]
    found = np.zeros(len(born), np.uint64)
    for age in set(asked):
        reached = birthdays(born, age)
        for month, end in enumerate(grid.days):
            if asked[month] == age:
                found |= (reached <= end).astype(np.uint64) << np.uint64(month)
    return found


def birthdays(born: Days, age: int) -> Days:
    """The day on which each person is so old; 29 February becomes 1 March in other years."""
    days = born.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    into_month = days - months.astype("datetime64[D]")
    # Days are added to the first of the month, so that day 29 of a short February runs into March.
    return as_numbers((months + np.timedelta64(12 * age, "M")).astype("datetime64[D]") + into_month)
