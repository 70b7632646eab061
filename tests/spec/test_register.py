"""Chapter 1. Who is on the asthma register.

Diagnosed, not resolved since the latest diagnosis, treated in the last 12 months, old enough, alive and
registered. Old enough is 6 up to March 2026 and 5 from April 2026. Source: QOF register rule, clinical
fact file 5.2, with its constructed examples A to F.
"""

from datetime import date

import pytest

from imp2art.audit.definitions.asthma_register import INDICATOR
from imp2art.audit.reference import find
from imp2art.core.finding import Outcome
from imp2art.record.patient import Registration, RegistrationKind
from tests.spec.people import CLENIL_100, LIBRARY, RESOLVED, Life, person

YEAR_END = date(2026, 3, 31)
treated = person().took(CLENIL_100, "2025-12-01")


def decided(life: Life, on: date = YEAR_END) -> tuple[Outcome, str]:
    """The answer, and the clause of the rule that decided: the last one where all hold."""
    found = find(INDICATOR, life.record, on, LIBRARY)
    return found.outcome, found.clause


def test_a_diagnosed_and_treated_is_on():
    assert decided(treated.diagnosed("2019-05-01")) == (Outcome.MET, "old-enough")


def test_b_last_treated_fifteen_months_ago_is_off():
    life = person().diagnosed("2019-05-01").took(CLENIL_100, "2024-12-01")
    assert decided(life) == (Outcome.NOT_MET, "treated")


def test_c_resolved_and_diagnosed_again_is_on():
    life = treated.diagnosed("2019-05-01").coded(RESOLVED, "2020-01-01").diagnosed("2025-06-01")
    assert decided(life)[0] is Outcome.MET


def test_d_resolved_after_the_latest_diagnosis_is_off():
    life = treated.diagnosed("2019-05-01").coded(RESOLVED, "2020-01-01")
    assert decided(life) == (Outcome.NOT_MET, "diagnosed")


def test_resolved_on_the_day_of_the_diagnosis_is_off():
    life = treated.diagnosed("2019-05-01").coded(RESOLVED, "2019-05-01")
    assert decided(life) == (Outcome.NOT_MET, "diagnosed")


@pytest.mark.parametrize(
    ("on", "answer"),
    [(date(2026, 3, 31), (Outcome.NOT_MET, "old-enough")), (date(2026, 4, 1), (Outcome.MET, "old-enough"))],
    ids=["to-2025/26-from-6-years", "from-2026/27-from-5-years"],
)
def test_e_a_child_of_five_is_off_up_to_march_2026_and_on_from_april(on, answer):
    life = person("2020-04-02").diagnosed("2025-05-01").took(CLENIL_100, "2025-12-01")
    assert decided(life, on) == answer


def test_f_a_child_of_six_without_treatment_is_off():
    assert decided(person("2020-03-01").diagnosed("2025-05-01")) == (Outcome.NOT_MET, "treated")


def test_treated_twelve_months_ago_to_the_day_is_off_and_a_day_later_is_on():
    diagnosed = person().diagnosed("2019-05-01")
    assert decided(diagnosed.took(CLENIL_100, "2025-03-31"))[0] is Outcome.NOT_MET
    assert decided(diagnosed.took(CLENIL_100, "2025-04-01"))[0] is Outcome.MET


def test_a_year_that_ends_on_29_february_begins_on_1_march():
    diagnosed = person().diagnosed("2019-05-01")
    assert decided(diagnosed.took(CLENIL_100, "2023-02-28"), date(2024, 2, 29))[0] is Outcome.NOT_MET
    assert decided(diagnosed.took(CLENIL_100, "2023-03-01"), date(2024, 2, 29))[0] is Outcome.MET


def test_someone_who_was_never_resolved_is_on():
    """The trap of published code: no resolved date compared with a date is neither before nor after."""
    assert decided(treated.diagnosed("2019"))[0] is Outcome.MET


def test_where_only_the_year_is_known_of_both_nobody_can_tell():
    life = treated.diagnosed("2019").coded(RESOLVED, "2019")
    assert decided(life) == (Outcome.CANNOT_TELL, "diagnosed")


def test_someone_who_has_died_is_off():
    life = person(died=date(2026, 2, 1)).diagnosed("2019-05-01").took(CLENIL_100, "2025-12-01")
    assert decided(life) == (Outcome.NOT_APPLICABLE, "on-list")


@pytest.mark.parametrize(
    "spell",
    [
        Registration(date(2010, 1, 1), None, RegistrationKind.TEMPORARY),
        Registration(date(2010, 1, 1), date(2026, 3, 31), RegistrationKind.GMS),
    ],
    ids=["a-temporary-resident", "left-on-the-day"],
)
def test_someone_not_registered_that_day_is_off(spell):
    life = treated.diagnosed("2019-05-01")
    left = Life(life.patient, (spell,), life.events, life.issues)
    assert decided(left) == (Outcome.NOT_APPLICABLE, "on-list")


def test_a_diagnosis_after_the_day_does_not_count():
    assert decided(treated.diagnosed("2026-04-01")) == (Outcome.NOT_MET, "diagnosed")
