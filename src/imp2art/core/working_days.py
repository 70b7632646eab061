"""Working days: Monday to Friday. No list of bank holidays is held (reference `bank-holidays`), so a
deadline over one is named a day early."""

from datetime import date, timedelta

_SATURDAY = 5


def add_working_days(on: date, days: int) -> date:
    """The day that lies so many working days after `on`."""
    while days:
        on += timedelta(days=1)
        days -= on.weekday() < _SATURDAY
    return on


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; 0 where `last` is not later."""
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(day.weekday() < _SATURDAY for day in days)
