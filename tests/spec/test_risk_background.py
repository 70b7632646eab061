"""Chapter 5b. What raises the risk by itself, and the referral rules: stated with a source, never added up.

Sources: NRAD 2014, SIGN 158, GINA, PINCER, MHRA April 2025, Blakey et al. in Thorax, PMC6056517 (children).
The chapters are read on Monday 23 November 2026.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from imp2art.asthma.need import rank_need
from imp2art.asthma.reference import Constant, constant
from imp2art.asthma.risk.background import background, conditions_without_codes
from imp2art.asthma.risk.flags import flags, risk_facts
from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.identifiers import DmdCode, SnomedCode
from imp2art.codes.library import Library
from imp2art.codes.slots import RISK_CONDITIONS
from imp2art.record.patient import Sex
from tests.spec.people import (
    ADMISSION,
    CLENIL_100,
    LIBRARY,
    PREDNISOLONE,
    SALBUTAMOL,
    SYMBICORT_200,
    TODAY,
    Life,
    person,
    someone_with_asthma,
)

NEAR_FATAL = "786836003"
BETA_BLOCKER = next(iter(LIBRARY.codelist("beta-blocker-non-selective")))
HIGH_DOSE = next(iter(LIBRARY.codelist("ics-high-dose")))
settled = someone_with_asthma()
boy = replace(settled, patient=replace(settled.patient, born=date(2018, 3, 4), sex=Sex.MALE))


def raised(life: Life) -> dict:
    return {flag.rule: flag for flag in flags(life.record, LIBRARY, TODAY, TODAY)}


def behind(life: Life, library: Library = LIBRARY, told: tuple[str, ...] = ()) -> dict:
    facts = risk_facts(life.record, library, TODAY, TODAY)
    return {flag.rule: flag for flag in background(facts, told)}


@pytest.mark.parametrize(("day", "told"), [("2026-10-26", True), ("2026-10-25", False)])
def test_nrad_four_weeks_after_an_admission(day, told):
    assert ("recent-admission" in raised(settled.coded(ADMISSION, day))) is told


@pytest.mark.parametrize("courses", [2, 3])
def test_nrad_more_than_two_courses_of_steroid_ask_for_a_specialist(courses):
    days = ["2026-01-05", "2026-03-05", "2026-05-05"][:courses]
    assert ("refer-courses" in raised(settled.took(PREDNISOLONE, *days))) is (courses > 2)


def test_gina_a_near_fatal_attack_is_never_forgotten():
    flag = raised(settled.coded(NEAR_FATAL, "1999-02-03"))["near-fatal"]
    assert (flag.level, flag.on) == (2, date(1999, 2, 3))


@pytest.mark.parametrize(("day", "told"), [("2026-08-24", True), ("2026-08-23", False)])
def test_pincer_a_non_selective_beta_blocker_in_three_months_is_of_level_1(day, told):
    flag = raised(settled.took(BETA_BLOCKER, day)).get("beta-blocker")
    assert (flag is not None and flag.level == 1) is told


@pytest.mark.parametrize(
    ("before", "lately", "told"),
    [(0, 2, False), (1, 3, True), (2, 3, False), (4, 5, False), (4, 6, True)],
)
def test_mhra_relievers_that_rise_need_a_review(before, lately, told):
    """At least 2 more than in the six months before, and 3 and more in the year."""
    life = person().diagnosed("2019").took(CLENIL_100, "2026-10-01")
    for quantity, day in ((before, "2026-03-05"), (lately, "2026-09-05")):
        life = life.took(SALBUTAMOL, day, quantity=str(quantity)) if quantity else life
    assert ("reliever-use-rising" in raised(life)) is told


class TestChildren:
    @pytest.mark.parametrize(
        ("attacks", "rule", "odds"),
        [(1, "child-odds-one", "3.7"), (2, "child-odds-two", "7.7"), (3, "child-odds-two", "7.7")],
    )
    def test_at_5_to_12_the_odds_after_an_attack_are_stated(self, attacks, rule, odds):
        days = ["2026-01-05", "2026-04-05", "2026-07-05"][:attacks]
        assert behind(boy.took(PREDNISOLONE, *days))[rule].value == Decimal(odds)

    @pytest.mark.parametrize(
        ("born", "told"), [("2013-11-24", True), ("2013-11-23", False), ("2021-11-24", False)]
    )
    def test_at_other_ages_they_are_not(self, born, told):
        life = person(born).diagnosed("2022-01-01").took(PREDNISOLONE, "2026-07-05")
        assert ("child-odds-one" in behind(life)) is told

    @pytest.mark.parametrize(("relievers", "told"), [(3, False), (4, True)])
    def test_sign_preventers_under_half_of_all_issues_are_told(self, relievers, told):
        months = [f"2026-{month:02}-07" for month in range(2, 2 + relievers - 1)]
        assert ("child-controller-share" in behind(boy.took(SALBUTAMOL, *months))) is told


def test_two_kinds_of_inhaler_in_use_are_told():
    assert "devices-differ" not in behind(settled)
    assert behind(settled.took(SYMBICORT_200, "2026-10-01"))["devices-differ"].value == 2


def test_ng245_a_high_dose_steroid_asks_if_a_specialist_knows():
    assert "high-dose-steroid" in behind(settled.took(HIGH_DOSE, "2026-10-01"))


class TestConditions:
    """No public source gives their codes: a site imports them. Until then that is said."""

    def imported(self, slug: str, code: object) -> Library:
        filled = Codelist(slug, slug, {code: slug}, Provenance("a test", "1", "2026-11-01", "F"))
        unfilled = {name: parts for name, parts in LIBRARY.unfilled.items() if name != slug}
        return Library({**LIBRARY.lists, slug: filled}, LIBRARY.medicines, unfilled)

    @pytest.mark.parametrize("slug", sorted(RISK_CONDITIONS))
    def test_a_condition_is_told_once_its_codes_are_there(self, slug):
        library = self.imported(slug, SnomedCode("195967001"))
        assert behind(settled, library)[f"has-{slug}"].on == date(2019, 5, 1)

    def test_an_anti_inflammatory_is_told_once_its_codes_are_there(self):
        library = self.imported("nsaid", DmdCode(str(SALBUTAMOL)))
        assert behind(settled, library)["has-nsaid"].on == date(2026, 6, 1)

    def test_h24_until_then_it_is_said_not_to_be_looked_for(self):
        library = self.imported("depression", SnomedCode("195967001"))
        missing = {check.slug for check in conditions_without_codes(library)}
        assert missing == {f"has-{slug}" for slug in (*RISK_CONDITIONS, "nsaid")} - {"has-depression"}

    def test_what_the_person_tells_today_counts_once(self):
        library = self.imported("depression", SnomedCode("195967001"))
        told = behind(settled, library, ("depression", "anxiety", "unheard-of"))
        assert {rule for rule in told if rule.startswith("has-")} == {"has-depression", "has-anxiety"}
        assert told["has-anxiety"].on == TODAY


def test_h25_what_lies_in_the_background_ranks_nobody():
    man = replace(settled, patient=replace(settled.patient, sex=Sex.MALE))
    assert "female" in behind(settled)
    woman_need, man_need = (rank_need(life.record, LIBRARY, TODAY, TODAY) for life in (settled, man))
    assert woman_need == man_need


def test_every_background_fact_rests_on_a_constant_in_force():
    life = (
        boy.took(PREDNISOLONE, "2026-07-05").took(SYMBICORT_200, "2026-10-01").took(HIGH_DOSE, "2026-10-02")
    )
    found = behind(life, told=tuple(RISK_CONDITIONS)) | behind(settled)
    assert len(found) >= 15
    assert all(isinstance(constant(flag.source, TODAY), Constant) for flag in found.values())
