"""Inhalers are counted as devices, and what cannot be counted is said."""

from datetime import date
from decimal import Decimal

import pytest

from imp2art.asthma.inhalers import (
    count_inhalers,
    current_medicines,
    days_covered,
    devices_in,
    last_issue,
    relievers_in_year,
)
from imp2art.codes.identifiers import DmdCode
from imp2art.codes.medicine import MedicineClass
from imp2art.core.period import months_up_to
from imp2art.record.events import IssueUnit, MedicineIssue
from tests.spec.people import (
    CLENIL_100,
    LIBRARY,
    PREDNISOLONE,
    SALBUTAMOL,
    SYMBICORT_GENERIC,
    TODAY,
    person,
)

SALBUTAMOL_LIQUID = next(
    code
    for code, medicine in LIBRARY.medicines.items()
    if MedicineClass.SABA in medicine.classes and medicine.device.value == "liquid"
)


def issue(code: DmdCode, quantity: str | None, unit: str, label: str = "") -> MedicineIssue:
    amount = None if quantity is None else Decimal(quantity)
    return MedicineIssue(date(2026, 10, 5), code, amount, IssueUnit(unit), label)


@pytest.mark.parametrize(
    ("given", "devices"),
    [
        (issue(SALBUTAMOL, "2", "device"), 2),
        (issue(SALBUTAMOL, "200", "dose"), 1),
        (issue(SALBUTAMOL, "400", "dose"), 2),
        (issue(SALBUTAMOL, "100", "dose"), Decimal("0.5")),
        (issue(SALBUTAMOL, None, "device"), None),
        (issue(SALBUTAMOL, "0", "device"), None),
        (issue(SALBUTAMOL, "-1", "device"), None),
        (issue(SALBUTAMOL, "1", "other"), None),
        (issue(SYMBICORT_GENERIC, "120", "dose"), None),
        (issue(SYMBICORT_GENERIC, "1", "device"), 1),
    ],
    ids=[
        "two",
        "doses of one",
        "doses of two",
        "half",
        "no quantity",
        "none",
        "minus",
        "no unit",
        "unknown doses",
        "unknown doses, counted",
    ],
)
def test_devices_in_an_issue(given, devices):
    assert devices_in(given, LIBRARY) == devices


def test_a_count_says_how_many_issues_it_could_not_count():
    record = (
        person()
        .took(SALBUTAMOL, "2026-10-05", "2026-09-05")
        .took(SALBUTAMOL, "2026-08-05", quantity="")
        .record
    )
    count = relievers_in_year(record, LIBRARY, TODAY)
    assert (count.devices, count.issues, count.not_countable, count.last_on) == (2, 3, 1, date(2026, 10, 5))


def test_the_year_is_twelve_calendar_months_up_to_and_including_the_day():
    record = person().took(SALBUTAMOL, "2025-11-23", "2025-11-24", "2026-11-23", "2026-11-24").record
    assert relievers_in_year(record, LIBRARY, TODAY).devices == 2


def test_a_reliever_that_is_drunk_is_no_inhaler():
    record = person().took(SALBUTAMOL_LIQUID, "2026-10-05").record
    assert count_inhalers(record, MedicineClass.SABA, LIBRARY, months_up_to(TODAY, 12)).issues == 0


@pytest.mark.parametrize(
    ("given", "days"),
    [
        (issue(CLENIL_100, "1", "device", "2 puffs twice a day"), 50),
        (issue(CLENIL_100, "400", "dose", "2 puffs twice a day"), 100),
        (issue(CLENIL_100, "1", "device", "as directed"), None),
        (issue(CLENIL_100, "1", "device", "2 puffs when required"), None),
        (issue(CLENIL_100, None, "device", "2 puffs twice a day"), None),
        (issue(SYMBICORT_GENERIC, "1", "device", "1 puff twice a day"), None),
        (issue(PREDNISOLONE, "30", "tablet", "2 puffs twice a day"), None),
    ],
    ids=["one", "two in doses", "label not read", "as needed", "no quantity", "unknown doses", "tablets"],
)
def test_days_covered(given, days):
    assert days_covered(given, LIBRARY) == days


def test_medicines_in_use_are_told_newest_first_with_the_label_of_the_last_issue():
    life = person().took(CLENIL_100, "2026-05-25", label="1 puff twice a day")
    life = life.took(CLENIL_100, "2026-06-05", label="2 puffs twice a day").took(SALBUTAMOL, "2026-07-05")
    reliever, preventer = current_medicines(life.record, LIBRARY, TODAY)
    assert (reliever.code, preventer.code) == (SALBUTAMOL, CLENIL_100)
    assert (preventer.first_on, preventer.last_on) == (date(2026, 5, 25), date(2026, 6, 5))
    assert preventer.directions is not None
    assert preventer.directions.morning == 2


def test_a_preventer_is_in_use_for_six_months_and_a_reliever_for_twelve():
    life = person().took(CLENIL_100, "2026-05-23").took(SALBUTAMOL, "2025-11-24")
    assert [medicine.code for medicine in current_medicines(life.record, LIBRARY, TODAY)] == [SALBUTAMOL]


def test_a_medicine_of_no_class_of_ours_is_left_out():
    assert current_medicines(person().took(DmdCode("323509004"), "2026-10-05").record, LIBRARY, TODAY) == ()


def test_the_last_issue_up_to_a_day():
    record = person().took(CLENIL_100, "2026-05-23", "2026-12-01").record
    assert last_issue(record, MedicineClass.ICS, LIBRARY, TODAY) == date(2026, 5, 23)
    assert last_issue(record, MedicineClass.LABA, LIBRARY, TODAY) is None
