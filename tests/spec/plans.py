"""Whole plans for the chapters, one of each kind; a test changes one thing and reads what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import (
    ActionPlan,
    ActionPoint,
    BestPeakFlow,
    Emergency,
    PlanBasis,
    PlanInhaler,
    PlanPerson,
    PointAction,
    UsualTreatment,
)
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.plan.known import plan_inhaler
from imp2art.asthma.regimen import Regimen
from imp2art.codes.identifiers import DmdCode
from tests.builders import nhs_number
from tests.spec.people import CLENIL_100, LIBRARY, SALBUTAMOL, SYMBICORT_200, TODAY


def inhaler(code: DmdCode) -> PlanInhaler:
    """The product as a plan names it."""
    medicine = LIBRARY.medicine(code)
    assert medicine is not None
    return plan_inhaler(medicine)


WORSE = ActionPoint(1, ("waking-at-night",), None, PointAction.RESTART_PREVENTER, 2, 7, 24)
STEROIDS = ActionPoint(2, ("not-better",), None, PointAction.START_STEROID_TABLETS, 40, 5, 24)
CALL = ActionPoint(2, ("not-better",), None, PointAction.CONTACT_PRACTICE, None, None, 24)

TWO_INHALERS = ActionPlan(
    person=PlanPerson("p1", "Zzyzx Canary", date(1985, 3, 4), nhs_number(1)),
    regimen=Regimen.PREVENTER_RELIEVER,
    basis=PlanBasis.SYMPTOMS,
    usual=UsualTreatment(inhaler(CLENIL_100), 2, 2, inhaler(SALBUTAMOL), 2),
    best_peak_flow=None,
    action_points=(WORSE, STEROIDS),
    emergency=Emergency(("reliever-within-four-hours",), None, 1, 60, 10),
    triggers=("pollen",),
    goal="Play football again",
    practice_name="Harbour Lane Surgery",
    practice_phone="01632 960001",
    out_of_hours_phone="111",
    made_by="Nell Nurse",
    made_on=TODAY,
    review_due=date(2027, 11, 23),
    version=1,
    steroids_considered=True,
)

EXTRA = replace(WORSE, signs=("more-puffs-than-usual",), action=PointAction.EXTRA_RELIEVER, dose=1)
ONE_INHALER_ATTACK = Emergency(("inhaler-not-helping",), None, 1, 90, 6)
MART = replace(
    TWO_INHALERS,
    regimen=Regimen.MART,
    usual=UsualTreatment(inhaler(SYMBICORT_200), 1, 1, inhaler(SYMBICORT_200), 1, 8),
    action_points=(EXTRA, STEROIDS),
    emergency=ONE_INHALER_ATTACK,
)
AIR = replace(
    MART,
    regimen=Regimen.AIR,
    usual=UsualTreatment(inhaler(SYMBICORT_200), None, None, inhaler(SYMBICORT_200), 1, 8),
)
PEAK_FLOW = replace(
    TWO_INHALERS,
    basis=PlanBasis.PEAK_FLOW,
    best_peak_flow=BestPeakFlow(600, date(2026, 5, 11), PeakFlowScale.EU),
    action_points=(replace(WORSE, peak_flow_below=480), replace(STEROIDS, peak_flow_below=360)),
    emergency=replace(TWO_INHALERS.emergency, peak_flow_below=240),
)
WHOLE_PLANS = {"two inhalers": TWO_INHALERS, "MART": MART, "AIR": AIR, "peak flow": PEAK_FLOW}


def born(plan: ActionPlan, day: str) -> ActionPlan:
    """The same plan for someone of another age."""
    return replace(plan, person=replace(plan.person, born=date.fromisoformat(day)))


def with_usual(plan: ActionPlan, **usual: object) -> ActionPlan:
    """The same plan with another usual treatment."""
    return replace(plan, usual=replace(plan.usual, **usual))


def with_attack(plan: ActionPlan, **emergency: object) -> ActionPlan:
    """The same plan with another attack part."""
    return replace(plan, emergency=replace(plan.emergency, **emergency))


def with_point(plan: ActionPlan, place: int, **point: object) -> ActionPlan:
    """The same plan with another action point at this place, counted from 1."""
    points = list(plan.action_points)
    points[place - 1] = replace(points[place - 1], **point)
    return replace(plan, action_points=tuple(points))


def said_of(plan: ActionPlan) -> list[str]:
    """What keeps the plan from being issued, in order."""
    return [gap.slug for gap in check_plan(plan, LIBRARY)]
