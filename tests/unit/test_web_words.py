"""Dates, numbers and people in plain words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from imp2art.web.design.words import (
    age_in_words,
    counted,
    day_in_words,
    moment_in_words,
    nhs_number_in_words,
    person_in_words,
    short_day,
    time_in_words,
)

TODAY = date(2026, 11, 24)


def test_a_day_is_written_in_words() -> None:
    assert day_in_words(date(2026, 11, 2)) == "2 November 2026"
    assert short_day(date(2026, 11, 2)) == "2 Nov 2026"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 24, 10, 42, tzinfo=UTC), "10:42am"),
        (datetime(2026, 7, 24, 10, 42, tzinfo=UTC), "11:42am"),  # summer time
        (datetime(2026, 11, 24, 0, 5, tzinfo=UTC), "12:05am"),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), "12:00pm"),
    ],
)
def test_a_time_is_the_practices_own(at: datetime, said: str) -> None:
    assert time_in_words(at) == said


def test_a_moment_just_before_midnight_in_utc_is_the_next_day_in_summer() -> None:
    assert moment_in_words(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026 at 12:30am"


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 23), "1 day ago"),
        (date(2026, 11, 11), "13 days ago"),
        (date(2026, 11, 10), "2 weeks ago"),
        (date(2026, 8, 24), "3 months ago"),
        (date(2025, 4, 24), "19 months ago"),
        (date(2014, 11, 23), "12 years ago"),
        (date(2026, 11, 25), "in the future"),
    ],
)
def test_an_age_is_said_in_the_unit_that_fits(then: date, said: str) -> None:
    assert age_in_words(then, TODAY) == said


def test_a_number_has_the_word_that_fits_it() -> None:
    assert [counted(n, "person", "people") for n in (0, 1, 1204)] == ["0 people", "1 person", "1,204 people"]


@pytest.mark.parametrize(
    ("sex", "age", "said"),
    [
        ("F", 18, "Woman, 18"),
        ("F", 17, "Girl, 17"),
        ("M", 8, "Boy, 8"),
        ("U", 40, "Person, 40"),
        ("I", 4, "Child, 4"),
    ],
)
def test_a_person_is_said_as_the_record_states_it(sex: str, age: int, said: str) -> None:
    assert person_in_words(sex, age) == said


def test_an_nhs_number_is_spaced() -> None:
    assert nhs_number_in_words("9434765919") == "943 476 5919"
