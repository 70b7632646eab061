"""Working days leave out Saturdays and Sundays, and nothing else."""

from datetime import date

import pytest

from imp2art.core.working_days import add_working_days, working_days_between


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-16", "2026-11-18"),
        ("2026-11-19", "2026-11-23"),
        ("2026-11-20", "2026-11-24"),
        ("2026-11-21", "2026-11-24"),
        ("2026-11-22", "2026-11-24"),
        ("2026-12-24", "2026-12-28"),
    ],
    ids=["Monday", "Thursday", "Friday", "Saturday", "Sunday", "over Christmas, which is not known"],
)
def test_two_working_days_later(start, end):
    assert add_working_days(date.fromisoformat(start), 2) == date.fromisoformat(end)


def test_no_working_days_later_is_the_same_day():
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-20", "2026-11-24", 2),
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-16", "2026-11-16", 0),
        ("2026-11-24", "2026-11-20", 0),
    ],
    ids=["over a weekend", "a weekend only", "the same day", "backwards"],
)
def test_working_days_between_two_days(first, last, days):
    assert working_days_between(date.fromisoformat(first), date.fromisoformat(last)) == days
