"""The personal best peak flow as an Observation, and what the person wants as a Goal."""

from __future__ import annotations

from uuid import UUID

from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import ActionPlan, BestPeakFlow
from imp2art.fhir.elements import Element, concept, count, only_code, quantity, resource, text
from imp2art.fhir.fields import read_fields, write_fields
from imp2art.fhir.names import METER_SCALE, SNOMED
from imp2art.fhir.people import subject
from imp2art.fhir.place import Place

BEST_CODE, BEST_TERM = "251936000", "Best ever peak expiratory flow rate"  # the codelist peak-flow-best
_NATIVE = ("litres_a_minute", "measured_on", "scale")


def write_best(plan: ActionPlan, name: UUID) -> Element | None:
    """The personal best, in L/min, on its day and its meter scale."""
    best = plan.best_peak_flow
    if best is None:
        return None
    return resource(
        "Observation",
        name,
        "best-peak-flow",
        extension=write_fields(best, _NATIVE),
        status="final",
        code={"coding": [{"system": SNOMED, "code": BEST_CODE, "display": BEST_TERM}]},
        subject=subject(plan, name),
        effectiveDateTime=best.measured_on.isoformat() if best.measured_on else None,
        valueQuantity=quantity(best.litres_a_minute, "L/min"),
        method=concept(METER_SCALE, best.scale.value if best.scale else None),
    )


def read_best(observation: Place | None) -> BestPeakFlow | None:
    """The personal best that an Observation tells."""
    if observation is None:
        return None
    measured, scale = observation.at("effectiveDateTime"), only_code(observation.at("method"))
    return BestPeakFlow(
        litres_a_minute=count(observation.need("valueQuantity").need("value")),
        measured_on=measured.day() if measured else None,
        scale=_scale(scale) if scale else None,
        **read_fields(BestPeakFlow, observation, _NATIVE),
    )


def write_goal(plan: ActionPlan, name: UUID) -> Element | None:
    """What the person wants, in their own words."""
    if not plan.goal:
        return None
    return resource(
        "Goal",
        name,
        "goal",
        lifecycleStatus="active",
        description={"text": text(plan.goal)},
        subject=subject(plan, name),
    )


def read_goal(goal: Place | None) -> str:
    """Their words; empty where there is no Goal."""
    return goal.need("description").need("text").text() if goal else ""


def _scale(code: Place) -> PeakFlowScale:
    try:
        return PeakFlowScale(code.text())
    except ValueError:
        return code.refuse("this is no scale of a peak flow meter.")
