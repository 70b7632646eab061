"""Chapter 5. What makes an attack more likely, or shows that care fell short.

One rule, one flag; level 1 is the most urgent. The sources of the thresholds stand in
asthma/reference/risk.toml. The chapters are read on Monday 23 November 2026.
"""

from datetime import date
from decimal import Decimal

import pytest

from imp2art.asthma.reference import Constant, constant
from imp2art.asthma.risk.flags import Flag, checks_not_run, flags
from imp2art.codes.slots import RISK_CONDITIONS
from tests.spec.people import (
    ACT,
    ACTIVITIES_NO,
    ADHERENCE_GOOD,
    ADHERENCE_POOR,
    ADMISSION,
    AT_RISK,
    ATTACK,
    ATTENDANCE,
    CLENIL_100,
    DAY_YES,
    DECLINED,
    EX_SMOKER,
    LIBRARY,
    PREDNISOLONE,
    SALBUTAMOL,
    SALMETEROL,
    SERETIDE_100,
    SLEEP_NO,
    SLEEP_YES,
    SMOKER,
    SYMBICORT_200,
    TODAY,
    Life,
    person,
    someone_with_asthma,
)

settled = someone_with_asthma()
MONTHS = [f"{year}-{month:02}-05" for year, month in [(2025, 12), *((2026, month) for month in range(1, 12))]]


def flags_of(life: Life, taken_on: date = TODAY) -> dict[str, Flag]:
    return {flag.rule: flag for flag in flags(life.record, LIBRARY, TODAY, taken_on)}


def raised(life: Life, taken_on: date = TODAY) -> set[str]:
    return set(flags_of(life, taken_on))


def test_someone_reviewed_with_a_plan_and_a_preventer_has_no_flag():
    assert raised(settled) == set()


class TestAttackNotFollowedUp:
    """NICE QS25 statement 4: within two working days of emergency treatment."""

    def test_an_emergency_attendance_without_follow_up_is_of_level_1(self):
        flag = flags_of(settled.coded(ATTENDANCE, "2026-11-12"))["attack-not-followed-up"]
        assert (flag.level, flag.on) == (1, date(2026, 11, 12))

    def test_an_attack_treated_in_the_practice_comes_first_too(self):
        assert flags_of(settled.coded(ATTACK, "2026-11-12"))["attack-not-followed-up"].level == 1

    def test_a_review_after_the_attack_takes_it_away(self):
        assert "attack-not-followed-up" not in raised(
            settled.coded(ATTACK, "2026-11-12").reviewed("2026-11-16")
        )

    def test_a_late_review_takes_it_away_too(self):
        assert "attack-not-followed-up" not in raised(
            settled.coded(ATTACK, "2026-09-14").reviewed("2026-10-20")
        )

    def test_a_review_before_the_attack_does_not(self):
        assert "attack-not-followed-up" in raised(settled.reviewed("2026-11-11").coded(ATTACK, "2026-11-12"))

    def test_two_working_days_leave_out_the_weekend(self):
        """Thursday's attack is due by Monday, which is today; Wednesday's was due on Friday."""
        assert "attack-not-followed-up" not in raised(settled.coded(ATTACK, "2026-11-19"))
        assert "attack-not-followed-up" in raised(settled.coded(ATTACK, "2026-11-18"))

    def test_what_the_extract_cannot_show_yet_is_not_held_against_anyone(self):
        life = settled.coded(ATTACK, "2026-11-12")
        assert "attack-not-followed-up" not in raised(life, taken_on=date(2026, 11, 16))
        assert "attack-not-followed-up" in raised(life, taken_on=date(2026, 11, 17))

    def test_after_90_days_it_counts_among_the_attacks_of_the_year(self):
        assert "attack-not-followed-up" in raised(settled.coded(ATTACK, "2026-08-25"))
        assert "attack-not-followed-up" not in raised(settled.coded(ATTACK, "2026-08-24"))

    def test_an_attack_of_which_only_the_month_is_known_is_not_timed(self):
        assert "attack-not-followed-up" not in raised(settled.coded(ATTACK, "2026-11"))


@pytest.mark.parametrize(
    ("inhalers", "rule", "level"),
    [
        (2, None, None),
        (3, "relievers-3-or-more", 3),
        (5, "relievers-3-or-more", 3),
        (6, "relievers-6-or-more", 2),
        (12, "relievers-6-or-more", 2),
        (13, "relievers-over-12", 1),
    ],
)
def test_relievers_in_twelve_months(inhalers, rule, level):
    life = settled.took(SALBUTAMOL, "2026-10-05", quantity=str(inhalers - 1))
    found = [flag for flag in flags_of(life).values() if flag.rule.startswith("relievers")]
    expected = [(rule, level, Decimal(inhalers))] if rule else []
    assert [(flag.rule, flag.level, flag.value) for flag in found] == expected


def test_relievers_are_counted_as_inhalers_not_as_doses():
    """600 doses of an inhaler that holds 200 are 3 inhalers."""
    life = settled.took(SALBUTAMOL, "2026-10-05", quantity="600", unit="dose")
    assert flags_of(life)["relievers-3-or-more"].value == 4


def test_h24_an_issue_that_cannot_be_counted_is_told():
    life = settled.took(SALBUTAMOL, "2026-10-05", "2026-10-06", quantity="")
    assert flags_of(life)["relievers-not-countable"].value == 2


class TestNoPreventer:
    """MHRA April 2025 and NG245: no reliever without an inhaled steroid."""

    def test_relievers_without_a_preventer_in_12_months_name_the_last_preventer(self):
        life = person().diagnosed("2019").took(CLENIL_100, "2025-11-23").took(SALBUTAMOL, "2026-10-05")
        assert flags_of(life)["saba-without-ics"].on == date(2025, 11, 23)

    def test_relievers_and_never_a_preventer(self):
        life = person().diagnosed("2019").took(SALBUTAMOL, "2026-10-05")
        assert "saba-without-ics-ever" in raised(life)

    def test_no_preventer_since_may_while_relievers_go_on(self):
        life = person().diagnosed("2019").took(CLENIL_100, "2026-05-11").took(SALBUTAMOL, "2026-10-05")
        flag = flags_of(life)["preventer-not-collected"]
        assert (flag.level, flag.on) == (2, date(2026, 5, 11))

    def test_no_preventer_since_may_and_no_reliever_either_is_no_flag(self):
        life = person().diagnosed("2019").took(CLENIL_100, "2026-05-11").took(SALBUTAMOL, "2026-01-05")
        assert "preventer-not-collected" not in raised(life)

    def test_a_formoterol_inhaler_is_a_preventer(self):
        life = person().diagnosed("2019").took(SYMBICORT_200, "2026-10-05").took(SALBUTAMOL, "2026-10-05")
        assert not raised(life) & {"saba-without-ics", "saba-without-ics-ever", "preventer-not-collected"}


class TestLongActingRelieverAlone:
    """NRAD; hazard H-06."""

    def test_without_a_steroid_in_the_same_six_months_it_is_of_level_1(self):
        life = person().diagnosed("2019").took(CLENIL_100, "2026-01-05").took(SALMETEROL, "2026-10-05")
        assert flags_of(life)["laba-without-ics"].level == 1

    def test_with_a_steroid_beside_it_is_no_flag(self):
        assert "laba-without-ics" not in raised(settled.took(SALMETEROL, "2026-10-05"))

    def test_in_one_inhaler_with_a_steroid_it_is_no_flag(self):
        assert "laba-without-ics" not in raised(person().diagnosed("2019").took(SERETIDE_100, "2026-10-05"))


class TestAttacksAndTheirTreatment:
    def test_an_attack_in_the_year(self):
        flag = flags_of(settled.coded(ATTACK, "2026-01-05"))["attacks"]
        assert (flag.on, flag.value) == (date(2026, 1, 5), 1)

    def test_the_only_attack_is_not_told_twice(self):
        once = settled.coded(ATTACK, "2026-11-12")
        assert {"attack-not-followed-up"} == raised(once) & {"attack-not-followed-up", "attacks"}
        assert flags_of(once.coded(ATTACK, "2026-02-02"))["attacks"].value == 2

    def test_an_attack_a_year_ago_to_the_day_is_out(self):
        assert "attacks" not in raised(settled.coded(ATTACK, "2025-11-23"))
        assert "attacks" in raised(settled.coded(ATTACK, "2025-11-24"))

    def test_one_course_of_steroid_tablets_is_no_flag_of_courses_and_two_are(self):
        once = settled.took(PREDNISOLONE, "2026-01-05")
        assert "steroid-courses" not in raised(once)
        assert flags_of(once.took(PREDNISOLONE, "2026-04-05"))["steroid-courses"].value == 2

    def test_steroid_tablets_month_after_month_are_a_flag_of_their_own(self):
        life = settled.took(PREDNISOLONE, *MONTHS)
        assert {"steroid-maintenance"} == raised(life) & {"steroid-maintenance", "steroid-courses", "attacks"}

    def test_one_admission_is_enough_and_attendances_need_two(self):
        assert "emergency-admission" in raised(settled.coded(ADMISSION, "2026-01-05"))
        once = settled.coded(ATTENDANCE, "2026-01-05")
        assert "emergency-attendances" not in raised(once)
        assert "emergency-attendances" in raised(once.coded(ATTENDANCE, "2026-04-05"))


class TestCare:
    def test_a_review_a_year_ago_to_the_day_is_due(self):
        life = person().diagnosed("2019")
        assert flags_of(life.reviewed("2025-11-23"))["no-review"].on == date(2025, 11, 23)
        assert "no-review" not in raised(life.reviewed("2025-11-24"))

    def test_never_reviewed(self):
        assert "no-review-ever" in raised(person().diagnosed("2019"))

    def test_no_plan(self):
        assert "no-plan" in raised(person().diagnosed("2019"))

    def test_a_plan_over_a_year_old(self):
        assert flags_of(person().given_plan("2025-04-22"))["plan-stale"].on == date(2025, 4, 22)

    def test_a_plan_that_was_declined_this_year(self):
        life = person().diagnosed("2019").coded(DECLINED, "2026-05-11")
        assert {"plan-declined"} == raised(life) & {"plan-declined", "no-plan"}

    def test_an_attack_since_the_plan(self):
        flag = flags_of(settled.coded(ATTACK, "2026-06-01").reviewed("2026-06-02"))["plan-before-attack"]
        assert flag.on == date(2026, 6, 1)

    def test_a_new_preventer_since_the_plan(self):
        life = settled.took(SERETIDE_100, "2026-10-05")
        assert flags_of(life)["plan-before-change"].on == date(2026, 10, 5)

    def test_a_new_preventer_within_two_weeks_of_the_plan_is_the_one_it_was_made_for(self):
        life = person().given_plan("2026-05-11").took(SERETIDE_100, "2026-05-25", "2026-10-05")
        assert "plan-before-change" not in raised(life)

    def test_poor_control_last_time(self):
        life = settled.coded(SLEEP_YES, "2026-05-11").coded(DAY_YES, "2026-05-11")
        flag = flags_of(life.coded(ACTIVITIES_NO, "2026-05-11"))["control-poor-rcp3q"]
        assert (flag.on, flag.value) == (date(2026, 5, 11), 2)

    def test_h17_one_of_three_is_no_flag(self):
        life = settled.coded(SLEEP_NO, "2026-05-11").coded(DAY_YES, "2026-05-11")
        assert raised(life.coded(ACTIVITIES_NO, "2026-05-11")) == set()

    def test_a_poor_asthma_control_test(self):
        assert flags_of(settled.coded(ACT, "2026-05-11", value="19"))["control-poor-act"].value == 19

    def test_the_latest_word_on_adherence_counts(self):
        poor = settled.coded(ADHERENCE_POOR, "2026-05-11")
        assert "adherence-poor" in raised(poor)
        assert "adherence-poor" not in raised(poor.coded(ADHERENCE_GOOD, "2026-06-11"))

    def test_the_latest_word_on_smoking_counts(self):
        smoker = settled.coded(SMOKER, "2024-05-11")
        assert flags_of(smoker)["smoker"].level == 4
        assert "smoker" not in raised(smoker.coded(EX_SMOKER, "2026-05-11"))

    def test_coded_at_risk(self):
        assert flags_of(settled.coded(AT_RISK, "2020-05-11"))["at-risk"].level == 2

    def test_a_separate_reliever_since_mart_began(self):
        label = "1 puff twice a day and 1 puff when required"
        life = person().took(SYMBICORT_200, "2026-06-01", "2026-10-05", label=label)
        assert flags_of(life.took(SALBUTAMOL, "2026-09-01"))["separate-saba"].on == date(2026, 9, 1)

    def test_a_reliever_beside_the_next_treatment_is_not_held_against_mart(self):
        label = "1 puff twice a day and 1 puff when required"
        life = person().took(SYMBICORT_200, "2026-01-05", label=label)
        life = life.took(CLENIL_100, "2026-09-01", label="2 puffs twice a day").took(SALBUTAMOL, "2026-09-01")
        assert "separate-saba" not in raised(life)

    def test_a_spell_of_mart_years_ago_does_not_reach_over_another_treatment(self):
        label = "1 puff twice a day and 1 puff when required"
        life = person().took(SYMBICORT_200, "2019-01-05", "2026-09-01", label=label)
        life = life.took(CLENIL_100, "2026-02-05").took(SALBUTAMOL, "2026-02-05")
        assert "separate-saba" not in raised(life)

    def test_h38_a_new_preventer_is_reviewed_within_twelve_weeks(self):
        life = person().diagnosed("2019").took(CLENIL_100, "2026-08-30", "2026-10-05")
        assert flags_of(life.reviewed("2026-08-29"))["change-not-reviewed"].on == date(2026, 8, 30)
        assert "change-not-reviewed" not in raised(life.reviewed("2026-08-30"))
        assert "change-not-reviewed" not in raised(person().took(CLENIL_100, "2026-08-31"))


def test_every_flag_rests_on_a_constant_in_force():
    """One life in which nearly everything went wrong."""
    life = (
        person()
        .diagnosed("2019")
        .given_plan("2024-01-05")
        .took(SALBUTAMOL, *MONTHS, quantity="2")
        .took(SALBUTAMOL, "2026-10-05", quantity="")
        .took(SALMETEROL, "2026-10-05")
        .took(PREDNISOLONE, "2025-12-20", "2026-04-20")
        .coded(ADMISSION, "2026-02-05")
        .coded(ATTENDANCE, "2026-06-05", "2026-11-12")
        .coded(AT_RISK, "2026-01-05")
        .coded(ACT, "2026-01-05", value="9")
        .coded(ADHERENCE_POOR, "2026-01-05")
        .coded(SMOKER, "2026-01-05")
    )
    found = flags(life.record, LIBRARY, TODAY, TODAY)
    assert len(found) >= 15
    assert all(isinstance(constant(flag.source, TODAY), Constant) for flag in found)


def test_h24_what_is_not_checked_is_said():
    without_codes = {f"has-{slug}" for slug in (*RISK_CONDITIONS, "nsaid")}
    assert {check.slug for check in checks_not_run(TODAY, LIBRARY)} - without_codes == {
        "older-age",
        "younger-age",
        "low-lung-function",
        "raised-feno-eosinophils",
        "deprivation",
        "pregnancy",
        "suspected-diagnosis",
        "bank-holidays",
        "preventers-a-year",
        "cact-very-poor",
        "gina-partly",
        "gina-uncontrolled",
        "one-inhaler-seconds",
        "licensed-most-a-day",
    }


def test_a_rule_whose_constant_is_not_in_force_yet_does_not_run():
    """The 2024–27 prescribing guide says nothing about 2023."""
    life = person().diagnosed("2019").took(SALBUTAMOL, "2023-05-05", quantity="9")
    on = date(2023, 6, 1)
    assert not any(flag.rule.startswith("relievers") for flag in flags(life.record, LIBRARY, on, on))
