"""Days that preventer issues would last: left-overs are carried on, and what is not known is said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from imp2art.asthma.adherence import DaysCovered, preventer_days_covered
from imp2art.asthma.year import InhalerMark, year_of_care
from imp2art.core.period import Period
from tests.spec.people import LIBRARY, TODAY, person

NOTHING = year_of_care(person().record, LIBRARY, TODAY, 12)


def issue(day: str, days: int | None) -> InhalerMark:
    on = date.fromisoformat(day)
    covers = Period(on, on + timedelta(days=days)) if days else None
    return InhalerMark(on, "Clenil Modulite", None, covers)


@pytest.mark.parametrize(
    ("issues", "expected"),
    [
        ([], DaysCovered(0, 365, 0)),
        ([issue("2026-01-10", 50)], DaysCovered(50, 365, 0)),
        ([issue("2026-01-10", 50), issue("2026-01-20", 50)], DaysCovered(100, 365, 0)),
        ([issue("2026-11-20", 50)], DaysCovered(4, 365, 0)),
        ([issue("2026-01-10", 50), issue("2026-05-10", None)], DaysCovered(50, 365, 1)),
    ],
)
def test_days_that_preventers_would_last(issues, expected):
    assert preventer_days_covered(replace(NOTHING, preventers=tuple(issues))) == expected
