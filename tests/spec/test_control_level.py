"""Chapter 2b. The level of control, worked out from everything that is known, each reason named.

The worst reason decides; nothing is averaged. Sources: Pinnock 2012 (the three questions), Andrews et al.
(children), PMC10336001 and NAEPP (licensed tests), NICE NG245 (an attack that needed an oral steroid), the
Scottish prescribing guide and NRAD (relievers). Read on Monday 23 November 2026.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from imp2art.asthma.attacks import attacks
from imp2art.asthma.control import Control, Rcp3q, score_acq, score_act, score_cact, score_rcp3q
from imp2art.asthma.control_level import ControlFacts, Origin, classify_control
from imp2art.asthma.gina import GinaFacts, classify_gina
from imp2art.asthma.inhalers import InhalerCount
from imp2art.asthma.recorded_control import recorded_this_year
from imp2art.asthma.reference import Constant, constant
from tests.spec.people import ACT, ATTACK, LIBRARY, PREDNISOLONE, TODAY, person

ADULT = ControlFacts(age=40, on=TODAY)
GOOD, CLOSER, POOR, VERY_POOR = Control.GOOD, Control.ENQUIRE, Control.POOR, Control.VERY_POOR
NOTHING = Control.INCOMPLETE


def three(yes: int, age: int = 40):
    return score_rcp3q(Rcp3q(*(at < yes for at in range(3))), age, TODAY)


def act(total: int, age: int = 40):
    return score_act(Decimal(total), age, TODAY)


def acq(mean: str):
    return score_acq(Decimal(mean), 40, TODAY)


def relievers(devices: int) -> InhalerCount:
    return InhalerCount(Decimal(devices), devices, 0, date(2026, 11, 1))


def level(*today, **known) -> Control:
    return classify_control(replace(ADULT, today=today, **known)).level


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ((three(0),), GOOD),
        ((three(1),), CLOSER),
        ((three(2),), POOR),
        ((act(20),), GOOD),
        ((act(19),), POOR),
        ((act(15),), VERY_POOR),
        ((acq("0.74"),), GOOD),
        ((acq("1.0"),), CLOSER),
        ((acq("1.5"),), POOR),
        ((three(0), act(19)), POOR),
        ((three(2), act(25)), POOR),
        ((three(1), act(25), acq("0.5")), CLOSER),
        ((three(3), act(15)), VERY_POOR),
    ],
)
def test_the_worst_score_decides(today, expected):
    assert level(*today) is expected


def test_h16_with_nothing_asked_no_level_is_told():
    assert level() is NOTHING


def test_h16_with_a_question_left_out_the_three_questions_say_nothing():
    unfinished = score_rcp3q(Rcp3q(False, False, None), 40, TODAY)
    found = classify_control(replace(ADULT, today=(unfinished,)))
    assert (found.level, found.missing, found.reasons) == (NOTHING, ("activities",), ())


def test_h17_a_score_of_one_is_not_poor():
    assert not classify_control(replace(ADULT, today=(three(1),))).poor


class TestTwoInstrumentsThatDiffer:
    def differing(self, *today):
        return classify_control(replace(ADULT, today=today)).differ

    def test_are_told_the_better_one_first(self):
        assert self.differing(three(2), act(22)) == (("act", "rcp3q"),)

    def test_poor_and_very_poor_do_not_differ(self):
        assert self.differing(three(2), act(10)) == ()

    def test_two_that_agree_do_not(self):
        assert self.differing(three(0), act(25)) == ()


class TestAttacks:
    def known(self, life):
        return attacks(life.diagnosed("2019-05-01").record, LIBRARY, TODAY)

    def test_one_that_needed_steroid_tablets_makes_it_poor_whatever_the_score(self):
        found = self.known(person().took(PREDNISOLONE, "2026-07-02"))
        assert level(act(25), attacks=found) is POOR

    def test_one_that_is_only_coded_needs_a_closer_look(self):
        assert level(act(25), attacks=self.known(person().coded(ATTACK, "2026-07-02"))) is CLOSER

    def test_one_that_the_person_tells_needs_a_closer_look(self):
        assert level(three(0), attacks_told=1) is CLOSER

    def test_none_told_changes_nothing(self):
        assert level(three(0), attacks_told=0) is GOOD

    def test_the_reason_names_its_day(self):
        found = self.known(person().took(PREDNISOLONE, "2026-07-02"))
        (reason,) = classify_control(replace(ADULT, attacks=found)).reasons
        assert (reason.slug, reason.value, reason.on) == ("attacks-treated", 1, date(2026, 7, 2))


@pytest.mark.parametrize(
    ("devices", "expected"), [(2, GOOD), (3, CLOSER), (6, CLOSER), (12, CLOSER), (13, POOR)]
)
def test_relievers_of_the_year_are_looked_at_whatever_the_score(devices, expected):
    assert level(act(25), relievers=relievers(devices)) is expected


def test_relievers_alone_tell_no_level_unless_they_are_far_too_many():
    assert [level(relievers=relievers(devices)) for devices in (6, 13)] == [NOTHING, POOR]


def test_a_good_test_score_says_that_it_is_not_all():
    assert "act-good-is-not-all" in classify_control(replace(ADULT, today=(act(22),))).cautions


class TestUnder17:
    """Andrews et al.: the three questions miss about half of poor control in children."""

    def child(self, *today):
        return classify_control(replace(ADULT, age=9, today=today))

    def test_the_three_questions_alone_never_say_good(self):
        found = self.child(three(0, 9))
        assert found.level is CLOSER
        assert {"rcp3q-under-17", "rcp3q-alone-under-17"} <= set(found.cautions)

    def test_alone_they_can_still_say_poor(self):
        assert self.child(three(2, 9)).level is POOR

    def test_beside_a_childrens_test_they_count_as_ever(self):
        found = self.child(three(0, 9), score_cact(Decimal(24), 9, TODAY))
        assert found.level is GOOD
        assert "rcp3q-alone-under-17" not in found.cautions


class TestTheRecord:
    life = person().coded(ACT, "2026-03-02", value="12").coded(ACT, "2024-03-02", value="8")
    recorded = recorded_this_year(life.record, LIBRARY, TODAY)

    def test_the_newest_score_of_the_year_counts_while_today_has_none(self):
        (reason,) = classify_control(replace(ADULT, recorded=self.recorded)).reasons
        assert (reason.value, reason.on, reason.origin) == (12, date(2026, 3, 2), Origin.RECORD)
        assert level(recorded=self.recorded) is VERY_POOR

    def test_it_stands_beside_todays_without_counting(self):
        found = classify_control(replace(ADULT, today=(three(0),), recorded=self.recorded))
        assert found.level is GOOD
        assert [(reason.slug, reason.counts) for reason in found.reasons] == [("rcp3q", True), ("act", False)]

    def test_an_older_score_of_an_instrument_that_was_asked_today_is_left_out(self):
        found = classify_control(replace(ADULT, today=(act(21),), recorded=self.recorded))
        assert [reason.value for reason in found.reasons] == [21]


class TestFacts:
    """GINA's bands are from memory only: none is told. A yes needs a closer look, which is our choice."""

    def test_a_yes_needs_a_closer_look(self):
        assert level(act(25), gina=GinaFacts(night=True)) is CLOSER

    def test_four_times_yes_is_no_band_either(self):
        assert classify_gina(GinaFacts(True, True, True, True), TODAY).control is CLOSER

    def test_four_times_no_does_not_say_good(self):
        assert level(gina=GinaFacts(False, False, False, False)) is NOTHING

    def test_h24_that_the_bands_are_not_configured_is_said(self):
        found = classify_control(replace(ADULT, gina=GinaFacts(day=False)))
        assert found.not_configured == ("gina-partly", "gina-uncontrolled")

    def test_what_was_not_asked_is_named(self):
        assert classify_gina(GinaFacts(day=True), TODAY).missing == ("night", "reliever", "activity")


def test_every_reason_rests_on_a_constant_with_a_source():
    found = classify_control(
        replace(
            ADULT,
            today=(three(2), act(12), acq("2"), score_cact(Decimal(12), 40, TODAY)),
            gina=GinaFacts(day=True),
            attacks_told=2,
            relievers=relievers(13),
        )
    )
    assert len(found.reasons) == 7
    assert all(isinstance(constant(reason.source, TODAY), Constant) for reason in found.reasons)
