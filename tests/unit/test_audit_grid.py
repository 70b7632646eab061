"""Days as bits, and the look-back windows of many days at once."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from imp2art.audit.bits.ages import age_mask
from imp2art.audit.bits.grid import MOST_MONTHS, Grid, as_days, shifted_days, working_days_after
from imp2art.audit.conditions import AgeAtLeast
from imp2art.audit.drafting import audit_days, whole_months
from imp2art.core.age import age_on
from imp2art.core.period import add_months, month_ends, months_up_to
from imp2art.core.refusal import Refusal
from imp2art.core.working_days import add_working_days

EVERY_DAY = [date(2023, 1, 1) + timedelta(days=after) for after in range(1200)]


@pytest.mark.parametrize("months", [1, 3, 12])
def test_a_window_holds_the_days_that_the_calendar_gives_it(months):
    ends = (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), date(2025, 11, 30))
    window = Grid(ends).window(months)
    for day in EVERY_DAY:
        place = min(max(int(as_days([day])[0]) - window.base, 0), len(window.lo) - 1)
        held = [place_ for place_, end in enumerate(ends) if day in months_up_to(end, months)]
        assert held == list(range(window.lo[place], window.hi[place]))


@pytest.mark.parametrize("months", [-24, -12, -1, 3])
def test_days_are_shifted_as_the_calendar_shifts_them(months):
    places = as_days(EVERY_DAY) + 2**15
    assert np.array_equal(shifted_days(months)[places], as_days([add_months(d, months) for d in EVERY_DAY]))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_working_days_are_counted_as_one_by_one(count):
    places = as_days(EVERY_DAY) + 2**15
    expected = as_days([add_working_days(day, count) for day in EVERY_DAY])
    assert np.array_equal(working_days_after(count)[places], expected)


def test_ages_are_those_of_the_calendar_on_every_birthday():
    born = [date(2018, 1, 1) + timedelta(days=after) for after in range(1200)]
    ends = tuple(date(2026, 2, 1) + timedelta(days=after) for after in range(0, 90, 3))
    masks = age_mask(AgeAtLeast((("2020/21", 6), ("2026/27", 5))), as_days(born), Grid(ends))
    for day, mask in zip(born, masks, strict=True):
        bits = [bool(int(mask) >> month & 1) for month in range(len(ends))]
        assert bits == [age_on(day, end) >= (6 if end < date(2026, 4, 1) else 5) for end in ends]


def test_sixty_months_fit_and_sixty_one_are_refused():
    assert Grid(month_ends(date(2026, 10, 31), MOST_MONTHS)).every_bit == 2**60 - 1
    with pytest.raises(Refusal, match="1 to 60 months"):
        Grid(month_ends(date(2026, 10, 31), MOST_MONTHS + 1))


@pytest.mark.parametrize("ends", [(date(1880, 4, 16),), (date(2026, 10, 31), date(2059, 9, 16))])
def test_the_first_and_the_last_day_that_a_pack_tells_apart_are_counted(ends):
    assert Grid(ends).window(None).ends.tolist() == as_days(ends).tolist()


@pytest.mark.parametrize(
    "ends",
    [
        (date(1880, 4, 15), date(2026, 10, 31)),
        (date(2026, 10, 31), date(2059, 9, 17)),
        (date(1, 1, 31),),
        (date(9999, 12, 31),),
    ],
)
def test_a_month_end_beyond_a_pack_is_refused_by_name(ends):
    beyond = next(end for end in ends if end.year != 2026)
    with pytest.raises(ValueError, match=f"{beyond} is outside .* 1880-04-16 to 2059-09-16"):
        Grid(ends)


def test_a_window_that_begins_before_a_pack_is_refused_by_name():
    assert Grid((date(1882, 1, 31),)).window(12).starts.tolist() == as_days([date(1881, 2, 1)]).tolist()
    with pytest.raises(ValueError, match="1880-02-01 is outside"):
        Grid((date(1881, 1, 31),)).window(12)


def test_the_newest_day_of_a_report_may_be_within_its_month():
    assert audit_days(date(2026, 11, 24), 3) == (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 24))


@pytest.mark.parametrize(
    ("taken_on", "newest"),
    [(date(2026, 11, 24), date(2026, 10, 31)), (date(2026, 11, 30), date(2026, 11, 30))],
)
def test_figures_of_files_end_with_the_last_whole_month(taken_on, newest):
    assert whole_months(taken_on, 24)[-1] == newest
