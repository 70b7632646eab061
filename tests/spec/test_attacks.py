"""Chapter 4. Attacks, found in the record.

An attack code, a course of steroid tablets, or an emergency code. Entries up to 14 days after an attack's
first one belong to it. Steroid tablets month after month (4 issues in 120 days) are not attacks. Source:
clinical fact file 1.6; the windows are choices of ours.
"""

from datetime import date

from imp2art.asthma.attacks import AttackSign, attacks, steroid_courses, steroid_maintenance
from tests.spec.people import ADMISSION, ATTACK, ATTENDANCE, LIBRARY, PREDNISOLONE, TODAY, Life, person

asthma = person().diagnosed("2019-05-01")


def days_of(life: Life) -> list[str]:
    return [attack.on.isoformat() for attack in attacks(life.record, LIBRARY, TODAY)]


def test_each_kind_of_entry_is_an_attack():
    life = asthma.coded(ATTACK, "2026-01-05").took(PREDNISOLONE, "2026-03-05").coded(ADMISSION, "2026-05-05")
    life = life.coded(ATTENDANCE, "2026-07-05")
    assert days_of(life) == ["2026-01-05", "2026-03-05", "2026-05-05", "2026-07-05"]


def test_entries_close_together_are_one_attack_that_names_all_its_signs():
    life = asthma.took(PREDNISOLONE, "2026-11-02").coded(ATTENDANCE, "2026-11-04").coded(ATTACK, "2026-11-02")
    (attack,) = attacks(life.record, LIBRARY, TODAY)
    assert (attack.on, attack.last_on) == (date(2026, 11, 2), date(2026, 11, 4))
    assert attack.signs == {AttackSign.STEROID_COURSE, AttackSign.ATTENDANCE, AttackSign.EXACERBATION}


def test_fourteen_days_later_is_the_same_attack_and_fifteen_another():
    assert days_of(asthma.coded(ATTACK, "2026-06-01", "2026-06-15")) == ["2026-06-01"]
    assert days_of(asthma.coded(ATTACK, "2026-06-01", "2026-06-16")) == ["2026-06-01", "2026-06-16"]


def test_a_long_tail_does_not_swallow_the_next_attack():
    """The 14 days count from the attack's first entry."""
    assert days_of(asthma.coded(ATTACK, "2026-06-01", "2026-06-12", "2026-06-23")) == [
        "2026-06-01",
        "2026-06-23",
    ]


def test_steroid_tablets_before_any_diagnosis_are_not_an_asthma_attack():
    assert days_of(asthma.took(PREDNISOLONE, "2018-01-01")) == []


def test_four_issues_in_120_days_are_maintenance():
    life = asthma.took(PREDNISOLONE, "2026-01-01", "2026-02-10", "2026-03-22", "2026-05-01")
    assert days_of(life) == []
    assert len(steroid_maintenance(life.record, LIBRARY, TODAY)) == 4


def test_four_issues_in_121_days_are_four_courses():
    life = asthma.took(PREDNISOLONE, "2026-01-01", "2026-02-10", "2026-03-22", "2026-05-02")
    assert len(steroid_courses(life.record, LIBRARY, TODAY)) == 4
    assert steroid_maintenance(life.record, LIBRARY, TODAY) == ()


def test_two_packs_of_one_day_are_one_course():
    life = asthma.took(PREDNISOLONE, "2026-01-01", "2026-01-01")
    assert steroid_courses(life.record, LIBRARY, TODAY) == (date(2026, 1, 1),)


def test_an_attack_of_which_only_the_month_is_known_counts_from_its_first_day_and_says_so():
    (attack,) = attacks(asthma.coded(ATTACK, "2026-06").record, LIBRARY, TODAY)
    assert (attack.on, attack.day_known) == (date(2026, 6, 1), False)


def test_what_comes_after_the_day_is_not_seen():
    assert days_of(asthma.coded(ATTACK, "2026-11-24")) == []
