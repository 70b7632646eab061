"""Whether the peak-flow thresholds of a plan leave every reading exactly one zone (hazards H-10, H-11)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from imp2art.asthma.plan.action_plan import ActionPlan, Gap, PlanBasis, missing, unsafe


def zone_gaps(plan: ActionPlan) -> Iterator[Gap]:
    """Each threshold lower than the one before, the attack's the lowest, all below the personal best."""
    points = [point.peak_flow_below for point in plan.action_points]
    limits = [limit for limit in (*points, plan.emergency.peak_flow_below) if limit is not None]
    if plan.basis is PlanBasis.SYMPTOMS and limits:
        yield unsafe("thresholds-on-symptom-plan")
    if plan.basis is PlanBasis.PEAK_FLOW:
        yield from _all_set(points)
    if plan.basis in (PlanBasis.PEAK_FLOW, PlanBasis.BOTH) and plan.emergency.peak_flow_below is None:
        yield missing("emergency-peak-flow")
    if any(lower >= higher for higher, lower in pairwise(limits)):
        yield unsafe("thresholds-out-of-order")
    if any(limit < 1 for limit in limits):
        yield unsafe("thresholds-mistyped")
    best = plan.best_peak_flow
    if best is not None and any(limit >= best.litres_a_minute for limit in limits):
        yield unsafe("thresholds-above-best")


def _all_set(points: list[int | None]) -> Iterator[Gap]:
    for place, limit in enumerate(points, start=1):
        if limit is None:
            yield missing("point-peak-flow", place)
