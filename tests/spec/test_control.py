"""Chapter 2. How well asthma is controlled.

The three questions: 0 good, 1 needs a closer look, 2 and 3 poor. A blank is never "no" (H-15, H-16).
Sources: Pinnock 2012; Andrews et al. for children; PMC10336001 and PMC7924476 for the licensed tests,
of which only the total is entered.
"""

from decimal import Decimal

import pytest

from imp2art.asthma.control import Control, Rcp3q, score_acq, score_act, score_cact, score_rcp3q
from imp2art.asthma.recorded_control import control_from_record, rcp3q_from_record
from imp2art.core.refusal import Refusal
from tests.spec.people import (
    ACQ,
    ACT,
    ACTIVITIES_NO,
    ACTIVITIES_YES,
    DAY_NO,
    DAY_YES,
    LIBRARY,
    RCP3Q_SCORE,
    SLEEP_NO,
    SLEEP_YES,
    TODAY,
    person,
)


@pytest.mark.parametrize(
    ("answers", "score", "control"),
    [
        (Rcp3q(False, False, False), 0, Control.GOOD),
        (Rcp3q(True, False, False), 1, Control.ENQUIRE),
        (Rcp3q(False, True, True), 2, Control.POOR),
        (Rcp3q(True, True, True), 3, Control.POOR),
    ],
)
def test_three_answers_give_a_score(answers, score, control):
    found = score_rcp3q(answers, 40, TODAY)
    assert (found.score, found.control) == (score, control)


@pytest.mark.parametrize("answers", [Rcp3q(), Rcp3q(True, True, None), Rcp3q(False, False, None)])
def test_h16_with_a_question_unanswered_there_is_no_score(answers):
    found = score_rcp3q(answers, 40, TODAY)
    assert (found.score, found.control) == (None, Control.INCOMPLETE)


def test_the_unanswered_questions_are_named():
    assert score_rcp3q(Rcp3q(sleep=True), 40, TODAY).missing == ("day", "activities")


@pytest.mark.parametrize(("age", "cautions"), [(16, ("rcp3q-under-17",)), (17, ())])
def test_under_17_the_three_questions_come_with_a_warning(age, cautions):
    assert score_rcp3q(Rcp3q(False, False, False), age, TODAY).cautions == cautions


@pytest.mark.parametrize(
    ("total", "control"),
    [
        (25, Control.GOOD),
        (20, Control.GOOD),
        (19, Control.POOR),
        (16, Control.POOR),
        (15, Control.VERY_POOR),
        (5, Control.VERY_POOR),
    ],
)
def test_asthma_control_test(total, control):
    assert score_act(Decimal(total), 30, TODAY).control is control


@pytest.mark.parametrize("total", ["4", "26", "19.5", "-1"])
def test_an_impossible_total_is_refused(total):
    with pytest.raises(Refusal, match="Asthma Control Test"):
        score_act(Decimal(total), 30, TODAY)


@pytest.mark.parametrize(
    ("total", "control"), [(27, Control.GOOD), (20, Control.GOOD), (19, Control.POOR), (0, Control.POOR)]
)
def test_childhood_asthma_control_test(total, control):
    assert score_cact(Decimal(total), 8, TODAY).control is control


def test_very_poor_by_the_childhood_test_is_not_configured():
    """Its threshold is known from memory only."""
    assert score_cact(Decimal(5), 8, TODAY).not_configured == ("cact-very-poor",)


@pytest.mark.parametrize(
    ("mean", "control"),
    [("0.74", Control.GOOD), ("0.75", Control.ENQUIRE), ("1.49", Control.ENQUIRE), ("1.5", Control.POOR)],
)
def test_asthma_control_questionnaire(mean, control):
    assert score_acq(Decimal(mean), 30, TODAY).control is control


@pytest.mark.parametrize(
    ("found", "caution"),
    [
        (score_act(Decimal(20), 11, TODAY), "act-under-12"),
        (score_cact(Decimal(20), 12, TODAY), "cact-outside-4-to-11"),
        (score_cact(Decimal(20), 3, TODAY), "cact-outside-4-to-11"),
        (score_acq(Decimal(1), 5, TODAY), "acq-under-6"),
        (score_acq(Decimal(1), 10, TODAY), "acq-needs-interviewer"),
    ],
    ids=["act-at-11", "cact-at-12", "cact-at-3", "acq-at-5", "acq-at-10"],
)
def test_a_test_used_outside_its_ages_says_so(found, caution):
    assert found.cautions == (caution,)


def test_the_record_gives_the_answers_of_the_latest_day():
    life = person().coded(SLEEP_YES, "2025-01-10").coded(SLEEP_NO, "2026-05-11")
    life = life.coded(DAY_YES, "2026-05-11").coded(ACTIVITIES_NO, "2026-05-11")
    found = rcp3q_from_record(life.record, LIBRARY, TODAY)
    assert found is not None
    assert found.answers == Rcp3q(False, True, False)
    assert found.score.score == 1


def test_answers_of_two_days_are_never_put_together():
    life = (
        person().coded(SLEEP_YES, "2026-05-10").coded(DAY_NO, "2026-05-11").coded(ACTIVITIES_NO, "2026-05-11")
    )
    found = rcp3q_from_record(life.record, LIBRARY, TODAY)
    assert found is not None
    assert found.score.control is Control.INCOMPLETE


def test_a_yes_and_a_no_on_one_day_are_no_answer():
    life = person().coded(SLEEP_YES, "2026-05-11").coded(SLEEP_NO, "2026-05-11")
    found = rcp3q_from_record(life.record, LIBRARY, TODAY)
    assert found is not None
    assert found.answers == Rcp3q()


def test_a_coded_score_stands_where_the_answers_are_not_coded():
    life = person().coded(RCP3Q_SCORE, "2026-05-11", value="2")
    found = rcp3q_from_record(life.record, LIBRARY, TODAY)
    assert found is not None
    assert (found.score.score, found.score.control) == (2, Control.POOR)


def test_an_impossible_coded_score_is_passed_over():
    assert (
        rcp3q_from_record(person().coded(RCP3Q_SCORE, "2026-05-11", value="7").record, LIBRARY, TODAY) is None
    )


def test_an_impossible_total_in_the_record_is_passed_over():
    life = person().coded(ACT, "2026-01-05", value="18").coded(ACT, "2026-06-01", value="3")
    found = control_from_record(life.record, LIBRARY, TODAY)
    assert found is not None
    assert found.score.score == 18


def test_nothing_recorded_is_nothing_known():
    assert control_from_record(person().record, LIBRARY, TODAY) is None


def test_the_latest_instrument_counts():
    life = person().coded(ACT, "2026-01-05", value="12").coded(ACQ, "2026-06-01", value="0.5")
    found = control_from_record(life.record, LIBRARY, TODAY)
    assert found is not None
    assert (found.score.instrument, found.score.control) == ("acq", Control.GOOD)


def test_of_one_day_the_worse_answer_counts():
    life = person().coded(ACT, "2026-06-01", value="25")
    for code in (SLEEP_YES, DAY_YES, ACTIVITIES_YES):
        life = life.coded(code, "2026-06-01")
    found = control_from_record(life.record, LIBRARY, TODAY)
    assert found is not None
    assert found.score.control is Control.POOR


def test_an_incomplete_newer_day_does_not_hide_the_last_complete_one():
    life = person().coded(ACT, "2026-01-05", value="12").coded(SLEEP_NO, "2026-06-01")
    found = control_from_record(life.record, LIBRARY, TODAY)
    assert found is not None
    assert found.score.control is Control.VERY_POOR
