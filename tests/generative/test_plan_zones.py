"""Every peak flow falls in exactly one zone of every plan that may be issued (hazard H-11)."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import ActionPlan, BestPeakFlow, PlanBasis, zone_of
from imp2art.asthma.plan.zones import zone_gaps
from tests.spec.plans import PEAK_FLOW, WORSE

READINGS = st.integers(0, 1_000)
LIMITS = st.one_of(st.none(), st.integers(-10, 900))


@st.composite
def plans(draw: st.DrawFn) -> ActionPlan:
    """Plans with any limits at all, in any order, with and without gaps."""
    limits = draw(st.lists(LIMITS, min_size=0, max_size=4))
    best = draw(st.one_of(st.none(), st.integers(30, 900)))
    points = tuple(
        replace(WORSE, order=place, peak_flow_below=limit) for place, limit in enumerate(limits, 1)
    )
    return replace(
        PEAK_FLOW,
        basis=draw(st.sampled_from(PlanBasis)),
        best_peak_flow=None if best is None else BestPeakFlow(best, date(2026, 5, 11), PeakFlowScale.EU),
        action_points=points,
        emergency=replace(PEAK_FLOW.emergency, peak_flow_below=draw(LIMITS)),
    )


@st.composite
def sound_plans(draw: st.DrawFn) -> ActionPlan:
    """Plans whose limits fall strictly from step to step, as a careful signer writes them.

    On a plan by both, some steps go by signs alone.
    """
    limits = sorted(draw(st.sets(st.integers(1, 599), min_size=3, max_size=5)), reverse=True)
    basis = draw(st.sampled_from((PlanBasis.PEAK_FLOW, PlanBasis.BOTH)))
    kept = [basis is PlanBasis.PEAK_FLOW or draw(st.booleans()) for _ in limits[:-1]]
    points = tuple(
        replace(WORSE, order=place, peak_flow_below=limit if keep else None)
        for place, (limit, keep) in enumerate(zip(limits[:-1], kept, strict=True), 1)
    )
    emergency = replace(PEAK_FLOW.emergency, peak_flow_below=limits[-1])
    return replace(PEAK_FLOW, basis=basis, action_points=points, emergency=emergency)


def limits_of(plan: ActionPlan) -> dict[int, int]:
    """The limit of each zone that has one."""
    points = (*plan.action_points, plan.emergency)
    found = {place: point.peak_flow_below for place, point in enumerate(points, start=1)}
    return {place: limit for place, limit in found.items() if limit is not None}


def zones_by_hand(plan: ActionPlan, reading: int) -> list[int]:
    """Every zone that a pencil would put the reading in: below its limit, not below the next one."""
    bounds = list(limits_of(plan).items())
    below = [limit for _, limit in (*bounds, (0, float("-inf")))][1:]
    inside = [zone for (zone, limit), lower in zip(bounds, below, strict=True) if lower <= reading < limit]
    return inside + ([0] if not bounds or reading >= bounds[0][1] else [])


@given(sound_plans())
def test_a_plan_with_falling_limits_is_sound(plan: ActionPlan) -> None:
    assert list(zone_gaps(plan)) == []


@given(sound_plans(), READINGS)
def test_each_reading_has_exactly_one_zone(plan: ActionPlan, reading: int) -> None:
    assert zones_by_hand(plan, reading) == [zone_of(plan, reading)]


@given(plans(), READINGS)
def test_a_plan_whose_limits_overlap_or_leave_a_gap_is_never_sound(plan: ActionPlan, reading: int) -> None:
    if not list(zone_gaps(plan)):
        assert zones_by_hand(plan, reading) == [zone_of(plan, reading)]


@given(sound_plans(), READINGS, READINGS)
def test_a_lower_reading_is_never_in_a_milder_zone(plan: ActionPlan, one: int, other: int) -> None:
    low, high = min(one, other), max(one, other)
    assert zone_of(plan, low) >= zone_of(plan, high)


@given(sound_plans())
def test_at_a_limit_the_milder_zone_holds_and_one_below_it_the_worse(plan: ActionPlan) -> None:
    for zone, limit in limits_of(plan).items():
        assert zone_of(plan, limit) < zone_of(plan, limit - 1)
        assert zone_of(plan, limit - 1) >= zone


@given(plans())
def test_no_sound_plan_has_a_limit_at_or_above_the_best(plan: ActionPlan) -> None:
    if not list(zone_gaps(plan)) and plan.best_peak_flow:
        assert all(limit < plan.best_peak_flow.litres_a_minute for limit in limits_of(plan).values())
