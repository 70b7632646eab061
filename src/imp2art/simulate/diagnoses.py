"""Diagnoses as they are coded: old ones often with a year and no day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from imp2art.simulate.arrays import NEVER, YEAR, Ints
from imp2art.simulate.coding import Coding
from imp2art.simulate.cohort import Cohort
from imp2art.simulate.dice import Dice
from imp2art.simulate.frame import Frame
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.rows import EventRows, entries

_OLD = 8 * YEAR


def diagnosis_entries(
    cohort: Cohort, coding: Coding, dice: Dice, frame: Frame, parameters: Parameters
) -> list[EventRows]:
    """First diagnoses, resolved codes and second diagnoses."""
    first = entries(coding, dice, "asthma-diagnosis", cohort.person, cohort.diagnosed)
    parts = [_as_known(first, cohort, dice, frame, parameters)]
    for kind, day in (("asthma-resolved", cohort.resolved), ("asthma-diagnosis", cohort.again)):
        came = day < NEVER
        parts.append(entries(coding, dice, kind, cohort.person[came], day[came]))
    return parts


def _as_known(rows: EventRows, cohort: Cohort, dice: Dice, frame: Frame, parameters: Parameters) -> EventRows:
    """Widen some old days to their month or year, but never to before birth."""
    old = frame.as_at - rows.first > _OLD
    luck = dice.random(len(rows.first))
    by_year = parameters.number("asthma.only_year_known")
    by_month = by_year + parameters.number("asthma.only_month_known")
    year, month = _span(rows.first, "Y"), _span(rows.first, "M")
    only_year = old & (luck < by_year) & (year[0] >= cohort.born)
    only_month = old & (luck >= by_year) & (luck < by_month) & (month[0] >= cohort.born)
    return replace(
        rows,
        first=np.where(only_year, year[0], np.where(only_month, month[0], rows.first)),
        last=np.where(only_year, year[1], np.where(only_month, month[1], rows.last)),
    )


def _span(days: Ints, unit: str) -> tuple[Ints, Ints]:
    """The first and last day of the year or month that each day lies in."""
    part = days.astype("M8[D]").astype(f"M8[{unit}]")
    first = part.astype("M8[D]").astype(np.int64)
    return first, (part + 1).astype("M8[D]").astype(np.int64) - 1
