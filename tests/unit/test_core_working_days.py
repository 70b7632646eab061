"""Working days leave out Saturdays and Sundays, and nothing else."""

from datetime import date

import pytest

from imp2art.core.working_days import add_working_days


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
