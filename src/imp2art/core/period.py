"""Days, months and the windows between them. A period is half-open: its end is not in it."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, not including, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    def __contains__(self, on: object) -> bool:
        return isinstance(on, date) and self.start <= on < self.end


def add_months(on: date, months: int) -> date:
    """The same day `months` later (or earlier); a day that the month lacks becomes its last day."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def months_up_to(on: date, months: int) -> Period:
    """The look-back window of the audit: after (`on` − `months`), up to and including `on`.

    Calendar months, not days: the choice that the register rule asks for (clinical fact file §5.2).
    """
    return Period(add_months(on, -months) + timedelta(days=1), on + timedelta(days=1))


def month_end(on: date) -> date:
    """The last day of the month that `on` lies in."""
    return on.replace(day=calendar.monthrange(on.year, on.month)[1])


def month_ends(last: date, count: int) -> tuple[date, ...]:
    """`count` month ends, oldest first, the newest being the one of `last`'s month."""
    first_of_month = last.replace(day=1)
    return tuple(month_end(add_months(first_of_month, -back)) for back in reversed(range(count)))


def days_of(period: Period) -> Iterator[date]:
    """Each day of the period in turn."""
    for offset in range((period.end - period.start).days):
        yield period.start + timedelta(days=offset)


def financial_year(on: date) -> str:
    """The NHS contract year that a day lies in: 31 March 2026 is `2025/26`."""
    start = on.year if (on.month, on.day) >= (4, 1) else on.year - 1
    return f"{start}/{(start + 1) % 100:02d}"
