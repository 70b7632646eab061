"""What a plan for a child needs besides, and what is not for children (hazards H-08 and H-28).

NICE NG245 1.14 and its rationale, clinical fact file §3.8: by symptoms where they can choose, no more
inhaled steroid under 17, a professional called whenever control is lost. Under 5 the family has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.asthma.plan.action_plan import ActionPlan, Gap, PlanBasis, PointAction, missing, unsafe
from imp2art.asthma.plan.family import PlanFamily, family_of
from imp2art.asthma.reference import whole
from imp2art.codes.medicine import Device
from imp2art.core.age import age_on

_OF_THE_PREVENTER = (PointAction.RESTART_PREVENTER, PointAction.INCREASE_PREVENTER)


def child_gaps(plan: ActionPlan) -> Iterator[Gap]:
    """What is missing or wrong for the person's age."""
    family = family_of(plan)
    if family in (PlanFamily.CHILD, PlanFamily.UNDER_FIVES) and has_spray(plan) and plan.spacer is None:
        yield missing("spacer")
    young = age_on(plan.person.born, plan.made_on) < whole("peak-flow-youngest", plan.made_on)
    if young and plan.basis in (PlanBasis.PEAK_FLOW, PlanBasis.BOTH):
        yield unsafe("peak-flow-under-5")
    if plan.usual.without_preventer:
        yield from _without_preventer(plan, family)


def has_spray(plan: ActionPlan) -> bool:
    """Whether one of the plan's inhalers is a spray that a spacer fits."""
    inhalers = (plan.usual.preventer, plan.usual.reliever)
    return any(inhaler is not None and inhaler.device == Device.PMDI for inhaler in inhalers)


def _without_preventer(plan: ActionPlan, family: PlanFamily | None) -> Iterator[Gap]:
    """No preventer: only under 5, only where none is chosen, and no step may ask for one."""
    if plan.usual.preventer is not None:
        yield unsafe("preventer-contradicts")
    elif family is not PlanFamily.UNDER_FIVES:
        yield unsafe("no-preventer-from-5")
    if any(point.action in _OF_THE_PREVENTER for point in plan.action_points):
        yield unsafe("no-preventer-to-take")
