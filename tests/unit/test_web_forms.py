"""The review's form and its values are two faces of one thing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp2art.asthma.control import Rcp3q
from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import ActionPlan, ActionPoint, Emergency
from imp2art.asthma.plan.use import PlanUse
from imp2art.asthma.review.answers import (
    NoPlanReason,
    Review,
    ReviewKind,
    ReviewMode,
    Smoking,
    TechniqueCheck,
)
from imp2art.asthma.review.attack_review import AttackReview, TreatedWhere
from imp2art.web.practice.fields import Sent
from imp2art.web.practice.offered import offered_for
from imp2art.web.practice.plan_form import plan_from, texts_of_plan
from imp2art.web.practice.review.answers import review_from, texts_of_review
from tests.spec.people import LIBRARY, TODAY
from tests.spec.plans import AIR, MART, TWO_INHALERS, WHOLE_PLANS

TRIGGERS = ("pollen", "dust")
WHOLE_REVIEW = Review(
    mode=ReviewMode.PHONE,
    agenda="Run <again>",
    rcp3q=Rcp3q(True, False, True),
    act_score=17,
    cact_score=12,
    acq_score=Decimal("1.25"),
    attacks_12_months=0,
    days_off=3,
    technique_observed=False,
    medicines_checked=True,
    adherence_good=True,
    smoking=Smoking.CURRENT,
    smoking_advice_given=False,
    triggers=TRIGGERS,
    peak_flow=410,
    peak_flow_scale=PeakFlowScale.WRIGHT,
    agenda_met=True,
    teach_back_done=False,
    no_plan_reason=NoPlanReason.ANOTHER_TIME,
    note="Two lines\nof note",
    kind=ReviewKind.POST_ATTACK,
    vaping=True,
    passive_smoke=False,
    work_makes_worse=True,
    mood_low=False,
    gina_day=True,
    gina_night=False,
    gina_reliever=True,
    gina_activity=False,
    technique_checks=(TechniqueCheck("dry-powder", ("load",), ("hold",), corrected=True),),
    technique_not_done="no-inhaler",
    comorbidities=("rhinitis", "anxiety"),
    fev1_litres=Decimal("2.81"),
    fvc_litres=Decimal("3.5"),
    feno_ppb=41,
    eosinophils=Decimal("0.32"),
    attack=AttackReview(
        attack_on=date(2026, 11, 12),
        seen_on=date(2026, 11, 14),
        treated_where=TreatedWhere.HOSPITAL,
        steroids_finished=False,
        plan_used=PlanUse.TRIED,
        causes=("infection", "technique"),
        treatment_changed=True,
        follow_up_on=date(2027, 1, 20),
    ),
    links_given=("asthma",),
    patient_acknowledged=True,
)
MARKS = [None, True, False]


def read_plan(texts: dict[str, tuple[str, ...]], begun: ActionPlan = TWO_INHALERS) -> tuple[ActionPlan, Sent]:
    sent = Sent(texts)
    return plan_from(sent, begun, offered_for(begun, begun, (), LIBRARY)), sent


@pytest.mark.parametrize("review", [WHOLE_REVIEW, Review()], ids=["answered", "not asked"])
def test_a_review_goes_into_the_form_and_comes_back(review: Review) -> None:
    sent = Sent(texts_of_review(review))
    assert review_from(sent, TRIGGERS, TODAY) == review
    assert sent.errors == []


def test_the_whole_review_of_this_test_answers_every_field() -> None:
    blank = Review()
    assert [f.name for f in fields(Review) if getattr(WHOLE_REVIEW, f.name) == getattr(blank, f.name)] == []


def test_an_attack_that_is_yet_to_come_is_an_error_of_its_day() -> None:
    ahead = replace(WHOLE_REVIEW, attack=AttackReview(attack_on=TODAY + timedelta(days=1)))
    sent = Sent(texts_of_review(ahead))
    review = review_from(sent, TRIGGERS, TODAY)
    assert review.attack == AttackReview()
    assert [error.field for error in sent.errors] == ["after_attack_on-day"]


def test_an_empty_form_is_a_review_in_which_nothing_was_asked() -> None:
    assert review_from(Sent({}), TRIGGERS, TODAY) == Review()


@given(
    st.builds(
        Review,
        rcp3q=st.builds(Rcp3q, *[st.sampled_from(MARKS)] * 3),
        attacks_12_months=st.none() | st.integers(0, 99),
        technique_observed=st.sampled_from(MARKS),
        teach_back_done=st.sampled_from(MARKS),
        smoking=st.sampled_from([None, *Smoking]),
    )
)
def test_H15_nothing_answered_is_lost_and_nothing_unanswered_is_made_up(review: Review) -> None:
    assert review_from(Sent(texts_of_review(review)), TRIGGERS, TODAY) == review


@pytest.mark.parametrize("name", sorted(WHOLE_PLANS))
def test_a_plan_goes_into_the_form_and_comes_back(name: str) -> None:
    plan = WHOLE_PLANS[name]
    back, sent = read_plan(texts_of_plan(plan), plan)
    assert back == plan
    assert sent.errors == []


def test_a_form_cannot_say_whose_plan_it_is_nor_who_signs_nor_which_version() -> None:
    asked = {
        "person": ("x",),
        "made_by": ("Someone else",),
        "version": ("9",),
        "practice_name": ("Elsewhere",),
    }
    back, _ = read_plan(texts_of_plan(TWO_INHALERS) | asked)
    assert back == TWO_INHALERS


def test_an_inhaler_that_was_not_offered_is_refused() -> None:
    back, sent = read_plan(texts_of_plan(TWO_INHALERS) | {"preventer": ("999",)})
    assert back.usual.preventer is None
    assert [error.field for error in sent.errors] == ["preventer"]


def test_a_reliever_is_never_offered_as_a_preventer() -> None:
    offered = offered_for(TWO_INHALERS, TWO_INHALERS, (), LIBRARY)
    assert TWO_INHALERS.usual.reliever is not None
    assert TWO_INHALERS.usual.reliever.code not in offered.preventers


@pytest.mark.parametrize("plan", [MART, AIR], ids=["MART", "AIR"])
def test_one_inhaler_is_offered_for_both_jobs(plan: ActionPlan) -> None:
    offered = offered_for(TWO_INHALERS, TWO_INHALERS, (), LIBRARY)
    assert plan.usual.preventer is not None
    assert plan.usual.preventer.code in {*offered.preventers} & {*offered.relievers}


def test_an_empty_step_is_no_step_and_the_rest_are_counted_anew() -> None:
    texts = texts_of_plan(TWO_INHALERS) | {
        f"point_1_{part}": () for part in ("signs", "action", "dose", "days")
    }
    texts["point_1_call_within_hours"] = ("",)
    back, _ = read_plan(texts)
    assert back.action_points == (replace(TWO_INHALERS.action_points[1], order=1),)


def test_a_step_begun_is_kept_though_it_is_not_whole() -> None:
    back, sent = read_plan({"point_1_dose": ("4",)})
    assert back.action_points == (ActionPoint(1, (), None, None, 4, None, None),)
    assert sent.errors == []


def test_an_empty_form_is_a_plan_without_anything_in_it() -> None:
    back, sent = read_plan({})
    assert (back.regimen, back.usual.preventer, back.action_points) == (None, None, ())
    assert back.emergency == Emergency((), None, None, None, None)
    assert sent.errors == []


def test_the_day_of_a_best_peak_flow_without_the_peak_flow_is_asked_about() -> None:
    _, sent = read_plan({"best_scale": ("EU",)})
    assert [error.field for error in sent.errors] == ["best_peak_flow"]


@given(
    st.dictionaries(
        st.sampled_from([*texts_of_plan(MART), *texts_of_review(WHOLE_REVIEW), "key", "version"]),
        st.lists(st.text(max_size=30), max_size=3).map(tuple),
        max_size=12,
    )
)
def test_no_form_whatever_breaks_the_reading(texts: dict[str, tuple[str, ...]]) -> None:
    sent = Sent(texts)
    review_from(sent, TRIGGERS, TODAY)
    plan, sent_plan = read_plan(texts)
    assert plan.person == TWO_INHALERS.person
    assert all(error.sentence.endswith(".") for error in (*sent.errors, *sent_plan.errors))
