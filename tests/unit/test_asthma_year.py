"""A person's year: every row cut to its period, oldest first."""

from datetime import date

from imp2art.asthma.year import PlanSpan, year_of_care
from imp2art.core.period import Period
from tests.spec.people import (
    ADMISSION,
    ATTACK,
    ATTENDANCE,
    CLENIL_100,
    LIBRARY,
    PREDNISOLONE,
    SALBUTAMOL,
    TODAY,
    person,
)


def test_the_period_is_the_months_up_to_and_including_the_day():
    assert year_of_care(person().record, LIBRARY, TODAY).period == Period(
        date(2024, 11, 24), date(2026, 11, 24)
    )


def test_inhalers_are_marks_with_devices_and_the_days_they_cover():
    life = person().took(CLENIL_100, "2024-11-23", "2026-10-05", label="2 puffs twice a day")
    (mark,) = year_of_care(life.record, LIBRARY, TODAY).preventers
    assert (mark.on, mark.devices, mark.covers) == (
        date(2026, 10, 5),
        1,
        Period(date(2026, 10, 5), date(2026, 11, 24)),
    )


def test_relievers_are_marks_and_their_year_is_counted():
    year = year_of_care(person().took(SALBUTAMOL, "2025-01-05", "2026-10-05").record, LIBRARY, TODAY)
    assert [mark.on for mark in year.relievers] == [date(2025, 1, 5), date(2026, 10, 5)]
    assert year.relievers_in_year.devices == 1


def test_attacks_courses_and_emergency_care():
    life = person().diagnosed("2019").coded(ATTACK, "2025-02-01").took(PREDNISOLONE, "2025-06-01")
    life = life.coded(ADMISSION, "2026-01-05").coded(ATTENDANCE, "2026-03-05").coded(ATTACK, "2023-01-01")
    year = year_of_care(life.record, LIBRARY, TODAY)
    assert [attack.on.isoformat() for attack in year.attacks] == [
        "2025-02-01",
        "2025-06-01",
        "2026-01-05",
        "2026-03-05",
    ]
    assert year.steroid_courses == (date(2025, 6, 1),)
    assert (year.admissions, year.attendances) == ((date(2026, 1, 5),), (date(2026, 3, 5),))


def test_reviews_of_one_day_are_one():
    life = person().reviewed("2026-05-11", "2026-05-11", "2023-01-01")
    assert year_of_care(life.record, LIBRARY, TODAY).reviews == (date(2026, 5, 11),)


def test_a_plan_lasts_until_the_next_or_until_it_is_twelve_months_old():
    life = (
        person().given_plan("2024-01-10", source="extract").given_plan("2025-02-10").given_plan("2025-08-10")
    )
    assert year_of_care(life.record, LIBRARY, TODAY).plans == (
        PlanSpan(Period(date(2024, 11, 24), date(2025, 1, 10)), ours=False),
        PlanSpan(Period(date(2025, 2, 10), date(2025, 8, 10)), ours=True),
        PlanSpan(Period(date(2025, 8, 10), date(2026, 8, 10)), ours=True),
    )


def test_a_plan_in_force_ends_with_the_drawing():
    (span,) = year_of_care(person().given_plan("2026-05-11").record, LIBRARY, TODAY).plans
    assert span.period == Period(date(2026, 5, 11), date(2026, 11, 24))
