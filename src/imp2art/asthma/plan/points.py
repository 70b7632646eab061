"""Whether a plan has two to four action points, each of them whole and right for the person."""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.asthma.plan.action_plan import ActionPlan, ActionPoint, Gap, PointAction, missing, unsafe
from imp2art.asthma.plan.treatment import kinds
from imp2art.asthma.reference import whole
from imp2art.asthma.regimen import Regimen
from imp2art.codes.library import Library
from imp2art.codes.medicine import MedicineClass
from imp2art.core.age import age_on

# What a single inhaled steroid is not in: 1.14.4 is about "an ICS in a single inhaler" (§3.8).
_COMBINED = frozenset({MedicineClass.ICS_LABA, MedicineClass.ICS_FORMOTEROL, MedicineClass.TRIPLE})
_MEDICINE_ACTIONS = frozenset(
    {
        PointAction.RESTART_PREVENTER,
        PointAction.INCREASE_PREVENTER,
        PointAction.EXTRA_RELIEVER,
        PointAction.START_STEROID_TABLETS,
    }
)


def point_gaps(plan: ActionPlan, library: Library) -> Iterator[Gap]:
    """What is missing or wrong in the action points."""
    points = plan.action_points
    if len(points) < whole("points-fewest", plan.made_on):
        yield missing("points-too-few")
    if len(points) > whole("points-most", plan.made_on):
        yield unsafe("points-too-many")
    if [point.order for point in points] != list(range(1, len(points) + 1)):
        yield unsafe("points-out-of-order")
    for place, point in enumerate(points, start=1):
        yield from _one_point(point, place)
        yield from _mistyped(plan, point, place)
        if point.action is PointAction.INCREASE_PREVENTER:
            yield from _increase(plan, point, place, library)
    if any(point.action is PointAction.START_STEROID_TABLETS for point in points) and (
        not plan.steroids_considered
    ):
        yield missing("steroids-considered")


def _one_point(point: ActionPoint, place: int) -> Iterator[Gap]:
    if not point.signs and point.peak_flow_below is None:
        yield missing("point-sign", place)
    if point.action is None:
        yield missing("point-action", place)
    if point.action in _MEDICINE_ACTIONS:
        if point.dose is None:
            yield missing("point-dose", place)
        if point.days is None:
            yield missing("point-days", place)
    if point.action is not PointAction.GET_URGENT_HELP and point.call_within_hours is None:
        yield missing("point-if-no-better", place)


def _mistyped(plan: ActionPlan, point: ActionPoint, place: int) -> Iterator[Gap]:
    tablets = point.action is PointAction.START_STEROID_TABLETS
    limit = whole("steroid-mistyped-over" if tablets else "puffs-mistyped-over", plan.made_on)
    if point.dose is not None and not 1 <= point.dose <= limit:
        yield unsafe("point-dose-mistyped", place)
    if point.days is not None and not 1 <= point.days <= whole("days-mistyped-over", plan.made_on):
        yield unsafe("point-days-mistyped", place)
    if point.call_within_hours is not None and point.call_within_hours < 0:
        yield unsafe("point-hours-mistyped", place)


def _increase(plan: ActionPlan, point: ActionPoint, place: int, library: Library) -> Iterator[Gap]:
    """More preventer: from 17, a single inhaled steroid, up to four times the usual dose (H-08)."""
    if age_on(plan.person.born, plan.made_on) < whole("increase-youngest", plan.made_on):
        yield unsafe("increase-under-17", place)
    if plan.regimen in (Regimen.MART, Regimen.AIR):
        yield unsafe("increase-on-one-inhaler", place)
        return
    if kinds(plan.usual.preventer, library) & _COMBINED:
        yield unsafe("increase-not-a-single-steroid", place)
    usual = max(plan.usual.morning_puffs or 0, plan.usual.evening_puffs or 0)
    if point.dose and usual and point.dose > usual * whole("increase-most-times", plan.made_on):
        yield unsafe("increase-too-much", place)
