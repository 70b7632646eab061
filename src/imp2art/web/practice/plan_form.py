"""The plan's fields: from the form's texts to an action plan being made, and back.

Puffs are numbers for the morning and the night, never words. What is not filled in is None; whether
the plan may be issued without it is for `asthma.plan.check` to say.
"""

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
    PointAction,
    UsualTreatment,
)
from imp2art.asthma.regimen import Regimen
from imp2art.web.practice.fields import DAY_PARTS, Sent
from imp2art.web.practice.form import Texts, shown, yes_or_no
from imp2art.web.practice.offered import Offered

NO_PREVENTER = "none"  # the signer's word that an under-5 has none; a blank is no answer (H-15)
POINTS = (1, 2, 3, 4)  # clinical fact file §4.1: plans with two to four action points help
_LONGEST_LINE = 200
# The bounds here only keep out what is no such number; what is unlikely or unsafe, the rules say.
_PEAK_FLOW = (1, 999)
_USUAL = {
    "morning_puffs": (0, 99, "Puffs in the morning"),
    "evening_puffs": (0, 99, "Puffs at night"),
    "reliever_puffs": (1, 99, "Puffs when they need it"),
    "max_puffs_a_day": (1, 99, "The most puffs in one day"),
}
_POINT = {
    "peak_flow_below": (*_PEAK_FLOW, "peak flow"),
    "dose": (1, 999, "how much"),
    "days": (1, 99, "for how many days"),
    "call_within_hours": (1, 999, "after how many hours to call"),
}
_EMERGENCY = {
    "peak_flow_below": (*_PEAK_FLOW, "Peak flow in an attack"),
    "puffs_each": (1, 99, "Puffs at a time in an attack"),
    "seconds_between": (1, 3600, "Seconds between puffs in an attack"),
    "max_puffs": (1, 99, "The most puffs in an attack"),
}


def plan_from(sent: Sent, begun: ActionPlan, offered: Offered) -> ActionPlan:
    """The plan as the form has it; whose it is, who makes it and its version stay those of `begun`.

    What could not be read is None, with an error in `sent`.
    """
    return replace(
        begun,
        regimen=sent.one_of("regimen", Regimen, "The kind of plan"),
        basis=sent.one_of("basis", PlanBasis, "What they watch"),
        usual=_usual_from(sent, offered),
        best_peak_flow=_best_from(sent),
        action_points=_points_from(sent, offered.worse_signs),
        emergency=_emergency_from(sent, offered.attack_signs),
        triggers=sent.several("triggers", offered.triggers, "Triggers"),
        goal=sent.text("goal", _LONGEST_LINE, "What they want to do"),
        practice_phone=sent.text("practice_phone", 30, "The practice’s phone number"),
        out_of_hours_phone=sent.text("out_of_hours_phone", 30, "The phone number when it is closed"),
        review_due=sent.day("review_due", "The next review"),
        steroids_considered=sent.yes_no("steroids_considered", "Steroid tablets"),
        spacer=sent.yes_no("spacer", "Spacer"),
        carer_phone=sent.text("carer_phone", 30, "The family’s phone number"),
        acknowledged=sent.yes_no("plan_acknowledged", "They have it and agreed it"),
        teach_back=sent.yes_no("plan_teach_back", "Said back in their own words"),
    )


def texts_of_plan(plan: ActionPlan) -> Texts:
    """The form that shows this plan."""
    usual = {name: getattr(plan.usual, name) for name in _USUAL}
    attack = {f"attack_{name}": getattr(plan.emergency, name) for name in _EMERGENCY}
    texts = shown(
        {
            "regimen": plan.regimen,
            "basis": plan.basis,
            "preventer": _preventer_text(plan.usual),
            "reliever": plan.usual.reliever and plan.usual.reliever.code,
            "goal": plan.goal,
            "practice_phone": plan.practice_phone,
            "out_of_hours_phone": plan.out_of_hours_phone,
            "carer_phone": plan.carer_phone,
            "max_checked": yes_or_no(plan.usual.max_checked),
            "steroids_considered": yes_or_no(plan.steroids_considered),
            "spacer": yes_or_no(plan.spacer),
            "plan_acknowledged": yes_or_no(plan.acknowledged),
            "plan_teach_back": yes_or_no(plan.teach_back),
        }
        | usual
        | attack
    )
    texts |= _texts_of_day("review_due", plan.review_due) | _texts_of_best(plan.best_peak_flow)
    texts |= {"triggers": plan.triggers, "attack_signs": plan.emergency.signs}
    for place, point in enumerate(plan.action_points, start=1):
        texts |= _texts_of_point(point, place)
    return texts


def _usual_from(sent: Sent, offered: Offered) -> UsualTreatment:
    preventer = sent.choice("preventer", (*offered.preventers, NO_PREVENTER), "The preventer")
    reliever = sent.choice("reliever", offered.relievers, "The reliever")
    return UsualTreatment(
        preventer=offered.preventers.get(preventer or ""),
        reliever=offered.relievers.get(reliever or ""),
        **{name: sent.whole(name, *rule) for name, rule in _USUAL.items()},
        without_preventer=True if preventer == NO_PREVENTER else None,
        max_checked=sent.yes_no("max_checked", "The most puffs in one day, read"),
    )


def _preventer_text(usual: UsualTreatment) -> str | None:
    if usual.without_preventer:
        return NO_PREVENTER
    return usual.preventer.code if usual.preventer else None


def _best_from(sent: Sent) -> BestPeakFlow | None:
    litres = sent.whole("best_peak_flow", *_PEAK_FLOW, "The best peak flow")
    measured_on = sent.day("best_measured", "The day of the best peak flow")
    scale = sent.one_of("best_scale", PeakFlowScale, "The peak-flow meter")
    if litres is None:
        if measured_on is not None or scale is not None:
            sent.refuse("best_peak_flow", "Enter the best peak flow, or clear its day and its meter.")
        return None
    return BestPeakFlow(litres, measured_on, scale)


def _points_from(sent: Sent, signs: tuple[str, ...]) -> tuple[ActionPoint, ...]:
    """The steps with anything in them, counted anew from 1."""
    read = (_point_from(sent, place, signs) for place in POINTS)
    return tuple(replace(point, order=order) for order, point in enumerate(filter(None, read), start=1))


def _point_from(sent: Sent, place: int, signs: tuple[str, ...]) -> ActionPoint | None:
    name = f"point_{place}_"
    point = ActionPoint(
        order=place,
        signs=sent.several(f"{name}signs", signs, f"Step {place}, what they notice"),
        action=sent.one_of(f"{name}action", PointAction, f"Step {place}, what they do"),
        **{
            field: sent.whole(name + field, low, high, f"Step {place}, {what},")
            for field, (low, high, what) in _POINT.items()
        },
    )
    return None if point == ActionPoint(place, (), None, None, None, None, None) else point


def _emergency_from(sent: Sent, signs: tuple[str, ...]) -> Emergency:
    return Emergency(
        signs=sent.several("attack_signs", signs, "Signs of an attack"),
        **{name: sent.whole(f"attack_{name}", *rule) for name, rule in _EMERGENCY.items()},
    )


def _texts_of_point(point: ActionPoint, place: int) -> Texts:
    name = f"point_{place}_"
    numbers = {name + field: getattr(point, field) for field in _POINT}
    return shown(numbers | {f"{name}action": point.action}) | {f"{name}signs": point.signs}


def _texts_of_best(best: BestPeakFlow | None) -> Texts:
    if best is None:
        return {}
    plain = shown({"best_peak_flow": best.litres_a_minute, "best_scale": best.scale})
    return plain | _texts_of_day("best_measured", best.measured_on)


def _texts_of_day(name: str, on: date | None) -> Texts:
    return {} if on is None else shown({f"{name}-{part}": getattr(on, part) for part in DAY_PARTS})
