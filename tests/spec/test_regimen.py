"""Chapter 3. Which kind of plan fits: from the inhalers in use, never from a default (H-03).

Formoterol inhalers only for one inhaler that does both jobs, and only a product of which a source says
so; AIR from 12 years. Sources: Asthma + Lung UK; NHS Dumfries & Galloway, clinical fact file 3.5, 4.2.
"""

import pytest

from imp2art.asthma.regimen import Regimen, classify_regimen
from imp2art.codes.library import Library
from tests.spec.people import (
    CLENIL_100,
    FOSTAIR_100,
    LIBRARY,
    MART_STARTED,
    SALBUTAMOL,
    SERETIDE_100,
    SYMBICORT_200,
    SYMBICORT_400,
    SYMBICORT_GENERIC,
    TODAY,
    Life,
    person,
)

MART_LABEL = "One puff twice a day and one puff when required"
AIR_LABEL = "1 puff when required"
REGULAR_LABEL = "2 puffs twice a day"
NOW = "2026-10-05"


def kind_of_plan(life: Life) -> tuple[Regimen | None, str]:
    found = classify_regimen(life.record, LIBRARY, TODAY)
    return found.regimen, found.finding.clause


def test_a_preventer_and_a_reliever():
    life = person().took(CLENIL_100, NOW, label=REGULAR_LABEL).took(SALBUTAMOL, NOW)
    assert kind_of_plan(life) == (Regimen.PREVENTER_RELIEVER, "preventer-and-reliever")


def test_a_steroid_with_salmeterol_and_a_reliever():
    life = person().took(SERETIDE_100, NOW).took(SALBUTAMOL, NOW)
    assert kind_of_plan(life)[0] is Regimen.PREVENTER_RELIEVER


def test_formoterol_with_a_reliever_and_regular_directions_is_not_mart():
    life = person().took(SYMBICORT_200, NOW, label=REGULAR_LABEL).took(SALBUTAMOL, NOW)
    assert kind_of_plan(life)[0] is Regimen.PREVENTER_RELIEVER


def test_mart_by_its_label():
    assert kind_of_plan(person().took(SYMBICORT_200, NOW, label=MART_LABEL)) == (Regimen.MART, "directions")


def test_mart_by_its_code():
    life = person().coded(MART_STARTED, "2026-01-05").took(SYMBICORT_200, NOW, label=REGULAR_LABEL)
    assert kind_of_plan(life) == (Regimen.MART, "mart-code")


def test_air_by_its_label():
    assert kind_of_plan(person().took(SYMBICORT_200, NOW, label=AIR_LABEL)) == (Regimen.AIR, "directions")


def test_on_mart_and_air_preventer_and_reliever_are_the_same_inhaler():
    found = classify_regimen(person().took(SYMBICORT_200, NOW, label=MART_LABEL).record, LIBRARY, TODAY)
    assert found.preventer == found.reliever is not None


@pytest.mark.parametrize(
    ("born", "answer"),
    [("2014-11-24", (None, "air-under-12")), ("2014-11-23", (Regimen.AIR, "directions"))],
    ids=["the-day-before-12", "on-the-12th-birthday"],
)
def test_h28_air_is_from_12_years(born, answer):
    assert kind_of_plan(person(born).took(SYMBICORT_200, "2026-11-23", label=AIR_LABEL)) == answer


@pytest.mark.parametrize(
    ("life", "clause"),
    [
        (person(), "no-inhaler"),
        (person().took(SALBUTAMOL, NOW), "reliever-only"),
        (person().took(CLENIL_100, NOW, label=REGULAR_LABEL), "no-reliever"),
        (person().took(SYMBICORT_200, NOW, label=REGULAR_LABEL), "no-reliever-and-no-mart-evidence"),
        (person().took(SYMBICORT_200, NOW, label="as directed").took(SALBUTAMOL, NOW), "directions-not-read"),
        (person().took(SYMBICORT_400, NOW, label=MART_LABEL), "not-licensed-for-this-use"),
        (person().took(FOSTAIR_100, NOW, label=AIR_LABEL), "not-licensed-for-this-use"),
        (person().took(SERETIDE_100, NOW, label=AIR_LABEL), "as-needed-without-formoterol"),
        (
            person()
            .took(SERETIDE_100, "2025-10-01", NOW)
            .took(SALBUTAMOL, NOW)
            .coded(MART_STARTED, "2026-01-05"),
            "mart-code-without-formoterol",
        ),
        (
            person()
            .coded(MART_STARTED, "2026-01-05")
            .took(SYMBICORT_200, NOW, label=REGULAR_LABEL)
            .took(SALBUTAMOL, "2026-02-01"),
            "mart-code-and-separate-saba",
        ),
        (
            person().took(CLENIL_100, "2026-06-01", NOW).took(SYMBICORT_200, "2026-08-01", label=MART_LABEL),
            "two-preventers",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_h03_where_the_record_does_not_settle_it_there_is_no_kind_and_the_reason_is_told(life, clause):
    assert kind_of_plan(life) == (None, clause)


def test_an_inhaler_of_which_only_the_code_is_known_is_used_for_nothing_special():
    """A list may hold a code of which the medicine table says nothing (an imported list)."""
    unknown = Library(LIBRARY.lists, {})
    life = person().took(SYMBICORT_200, NOW, label=MART_LABEL)
    assert classify_regimen(life.record, unknown, TODAY).finding.clause == "not-licensed-for-this-use"
    two = person().took(CLENIL_100, "2026-08-01", NOW).took(SERETIDE_100, "2026-09-01").took(SALBUTAMOL, NOW)
    assert classify_regimen(two.record, unknown, TODAY).finding.clause == "two-preventers"


def test_h05_a_separate_reliever_since_mart_began_is_flagged():
    life = person().took(SYMBICORT_200, "2026-03-02", NOW, label=MART_LABEL).took(SALBUTAMOL, "2026-09-01")
    found = classify_regimen(life.record, LIBRARY, TODAY)
    assert found.regimen is Regimen.MART
    assert [caution.clause for caution in found.cautions] == ["separate-saba"]


def test_a_reliever_from_before_mart_began_is_not_flagged():
    life = person().took(SALBUTAMOL, "2026-02-02").took(SYMBICORT_200, "2026-03-02", NOW, label=MART_LABEL)
    assert classify_regimen(life.record, LIBRARY, TODAY).cautions == ()


def test_a_preventer_that_was_replaced_is_no_longer_in_use():
    life = person().took(CLENIL_100, "2026-06-01").took(SYMBICORT_200, "2026-08-01", label=MART_LABEL)
    assert kind_of_plan(life)[0] is Regimen.MART


def test_a_brand_and_its_generic_are_one_preventer():
    life = person().took(SYMBICORT_200, "2026-06-01", NOW, label=MART_LABEL)
    life = life.took(SYMBICORT_GENERIC, "2026-08-01", label=MART_LABEL)
    assert kind_of_plan(life)[0] is Regimen.MART


def test_a_preventer_last_issued_seven_months_ago_is_not_in_use():
    life = person().took(CLENIL_100, "2026-04-20", label=REGULAR_LABEL).took(SALBUTAMOL, NOW)
    assert kind_of_plan(life) == (None, "reliever-only")
