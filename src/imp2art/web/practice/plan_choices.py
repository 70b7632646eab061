"""What the plan's fields offer: kinds of plan, inhalers, signs, triggers, what to do."""

from __future__ import annotations

from typing import Any

from imp2art.asthma.plan.action_plan import ActionPlan, PointAction
from imp2art.asthma.reference import whole
from imp2art.asthma.regimen import Regimen
from imp2art.core.age import age_on
from imp2art.documents.words import find_phrase
from imp2art.web.design.words import sentence
from imp2art.web.practice.offered import Offered, words_of_sign, words_of_trigger
from imp2art.web.practice.plan_form import NO_PREVENTER, POINTS

_ACTIONS = (
    (PointAction.RESTART_PREVENTER, "Take the preventer again"),
    (PointAction.INCREASE_PREVENTER, "Take more of the preventer"),
    (PointAction.EXTRA_RELIEVER, "Take extra puffs of the reliever"),
    (PointAction.START_STEROID_TABLETS, "Start steroid tablets"),
    (PointAction.CONTACT_PRACTICE, "Call the practice"),
    (PointAction.GET_URGENT_HELP, "Get help the same day"),
)


def plan_choices(plan: ActionPlan, offered: Offered) -> dict[str, Any]:
    """What `parts/plan_fields.jinja` shows besides the form; what is not for the age is left out (H-08)."""
    age = age_on(plan.person.born, plan.made_on)
    preventers = [(code, inhaler.name) for code, inhaler in offered.preventers.items()]
    if age < whole("plan-child-from", plan.made_on):
        preventers.insert(0, (NO_PREVENTER, "No preventer"))
    return {
        "preventers": preventers,
        "relievers": [(code, inhaler.name) for code, inhaler in offered.relievers.items()],
        "worse_signs": [(slug, words_of_sign(slug)) for slug in offered.worse_signs],
        "attack_signs": [(slug, words_of_sign(slug)) for slug in offered.attack_signs],
        "triggers": [(slug, sentence(words_of_trigger(slug))) for slug in offered.triggers],
        "regimens": [(kind, find_phrase("flags", f"regimen-name-{kind}").text) for kind in _regimens(plan)],
        "actions": [pair for pair in _ACTIONS if _is_for(pair[0], plan)],
        "points": POINTS,
        "asks_spacer": age < whole("plan-child-until", plan.made_on) or plan.spacer is not None,
        "asks_family_phone": age < whole("school-copy-until", plan.made_on),
    }


def _regimens(plan: ActionPlan) -> list[Regimen]:
    age = age_on(plan.person.born, plan.made_on)
    youngest = {Regimen.MART: "mart-youngest", Regimen.AIR: "air-youngest"}
    fits = [kind for kind in Regimen if kind not in youngest or age >= whole(youngest[kind], plan.made_on)]
    return fits + [kind for kind in Regimen if kind is plan.regimen and kind not in fits]


def _is_for(action: PointAction, plan: ActionPlan) -> bool:
    if action is not PointAction.INCREASE_PREVENTER:
        return True
    chosen = any(point.action is action for point in plan.action_points)
    age = age_on(plan.person.born, plan.made_on)
    return chosen or age >= whole("increase-youngest", plan.made_on)
