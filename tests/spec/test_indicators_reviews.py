"""Reviews, invitations, technique and control: what was looked at in the year, and what it showed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity
from imp2art.record.events import CodedEvent
from tests.audit_people import code_of, entry, issue, outcome_of, someone

ON_REGISTER = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))
DAY = "2026-10-31"


def answer(slug: str, *entries, born: str = "1980-06-15") -> str:
    return outcome_of(slug, someone(*ON_REGISTER, *entries, born=born), DAY)


def scored(instrument: str, value: str | None, when: str = "2026-06-01") -> CodedEvent:
    """A score of `act-score`, `cact-score`, `acq-score` or `rcp3q-score`, or its code without a number."""
    number = Quantity(Decimal(value), "{score}") if value is not None else None
    return CodedEvent(PartialDate.parse(when), code_of(instrument), number)


# --- invited -----------------------------------------------------------------------------------------


def test_whoever_was_not_reviewed_should_have_been_invited():
    assert answer("invited-12-months", entry("invitation", "2026-03-01")) == "met"
    assert answer("invited-12-months") == "not met"
    assert answer("invited-12-months", entry("invitation", "2025-03-01")) == "not met"


def test_whoever_was_reviewed_needs_no_invitation():
    assert answer("invited-12-months", entry("asthma-review", "2026-03-01")) == "outside"


# --- technique ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("when", "expected"), [("2025-10-31", "not met"), ("2025-11-01", "met")])
def test_a_look_at_technique_counts_for_12_months(when, expected):
    assert answer("technique-12-months", entry("technique-observed", when)) == expected


def test_a_review_alone_does_not_say_that_technique_was_seen():
    assert answer("technique-12-months", entry("asthma-review", "2026-06-01")) == "not met"


def test_a_look_at_technique_of_some_day_of_last_year_cannot_be_told():
    assert answer("technique-12-months", entry("technique-observed", "2025")) == "cannot tell"


# --- control recorded --------------------------------------------------------------------------------


@pytest.mark.parametrize("instrument", ["act-score", "cact-score", "acq-score"])
def test_a_questionnaire_is_a_record_of_control(instrument):
    assert answer("control-recorded", scored(instrument, "15")) == "met"
    assert answer("control-score-recorded", scored(instrument, "15")) == "met"


def test_the_three_questions_are_a_record_of_control_but_no_questionnaire():
    assert answer("control-recorded", scored("rcp3q-score", "0")) == "met"
    assert answer("control-score-recorded", scored("rcp3q-score", "0")) == "not met"


def test_three_answers_are_as_good_as_their_score():
    sleep, day = entry("rcp3q-sleep-no", "2026-06-01"), entry("rcp3q-day-yes", "2026-06-01")
    activities = entry("rcp3q-activities-no", "2026-06-01")
    assert answer("control-recorded", sleep, day, activities) == "met"
    assert answer("control-recorded", sleep, day) == "not met"


def test_a_score_of_the_year_before_is_no_record():
    old = scored("act-score", "22", "2025-06-01")
    assert answer("control-recorded", old) == answer("control-score-recorded", old) == "not met"


# --- poor control ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instrument", "value", "expected"),
    [
        ("act-score", "19", "met"),
        ("act-score", "20", "not met"),
        ("cact-score", "19", "met"),
        ("cact-score", "20", "not met"),
        ("acq-score", "1.5", "met"),
        ("acq-score", "1.4", "not met"),
        ("rcp3q-score", "2", "met"),
        ("rcp3q-score", "1", "not met"),
    ],
)
def test_control_is_poor_from_the_published_cut_point_on(instrument, value, expected):
    assert answer("control-poor", scored(instrument, value)) == expected


def test_the_latest_score_counts():
    better = (scored("act-score", "12", "2026-02-01"), scored("act-score", "23", "2026-09-01"))
    assert answer("control-poor", *better) == "not met"
    worse = (scored("act-score", "23", "2026-02-01"), scored("acq-score", "2.6", "2026-09-01"))
    assert answer("control-poor", *worse) == "met"


def test_of_two_scores_of_one_day_one_that_is_poor_is_enough():
    assert answer("control-poor", scored("act-score", "21"), scored("rcp3q-score", "3")) == "met"


def test_a_score_without_its_number_cannot_be_told():
    assert answer("control-poor", scored("act-score", None)) == "cannot tell"


def test_without_a_score_of_this_year_nobody_s_control_is_judged():
    assert answer("control-poor") == "outside"
    assert answer("control-poor", scored("act-score", "12", "2025-06-01")) == "outside"


CHILD = "2012-06-15"


def test_a_child_is_not_judged_by_the_three_questions():
    assert answer("control-poor", scored("rcp3q-score", "3"), born=CHILD) == "outside"
    assert answer("control-poor", scored("cact-score", "15"), born=CHILD) == "met"


def test_nor_do_they_hide_a_child_s_questionnaire():
    entries = (scored("cact-score", "15", "2026-03-01"), scored("rcp3q-score", "0", "2026-09-01"))
    assert answer("control-poor", *entries, born=CHILD) == "met"


@pytest.mark.parametrize(("born", "expected"), [("2009-10-31", "met"), ("2009-11-01", "outside")])
def test_the_three_questions_count_from_17_on(born, expected):
    assert answer("control-poor", scored("rcp3q-score", "3"), born=born) == expected
