"""The span of time that is simulated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.core.period import months_up_to
from imp2art.simulate.arrays import day_number


@dataclass(frozen=True, slots=True)
class Frame:
    """From `start` to `as_at`, both included, as days; the record is as it was on the evening of `as_at`."""

    start: int
    as_at: int
    first_date: date
    last_date: date


def frame_of(as_at: date, months: int) -> Frame:
    """The `months` up to and including `as_at`."""
    first = months_up_to(as_at, months).start
    return Frame(day_number(first), day_number(as_at), first, as_at)
