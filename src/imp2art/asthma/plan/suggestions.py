"""What guidance suggests for a plan, kept apart from the plan itself.

The rows of the action points are begun (signs and the kind of action); every number stays empty. The
numbers of guidance stand beside the fields with their source: the signer confirms or types another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imp2art.asthma.peak_flow import percent_of, rounded_for_print
from imp2art.asthma.plan.action_plan import ActionPlan, PointAction
from imp2art.asthma.plan.treatment import most_a_day, product
from imp2art.asthma.reference import number, whole
from imp2art.asthma.regimen import Regimen
from imp2art.codes.library import Library
from imp2art.core.age import age_on

# Signs of getting worse: the plan family of Asthma + Lung UK, clinical fact file §4.2 [F].
_WORSE = ("symptoms-back", "waking-at-night", "activities-limited")
_STILL_WORSE = ("not-better",)
_DAYS: dict[PointAction | None, str] = {
    PointAction.INCREASE_PREVENTER: "increase-days",
    PointAction.START_STEROID_TABLETS: "steroid-days",
}
_PERCENTS = ("first-point-percent", "second-point-percent")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A number from guidance for a field of the plan; `source` is the slug of its constant."""

    field: str
    value: Decimal
    source: str


def suggest_numbers(plan: ActionPlan, library: Library) -> tuple[Suggestion, ...]:
    """The numbers that guidance has for this plan, most of them bounds. None of them is in the plan."""
    found = [*_thresholds(plan), *_days(plan), *_emergency(plan), *_a_day(plan, library)]
    return tuple(suggestion for suggestion in found if suggestion is not None)


def _thresholds(plan: ActionPlan) -> list[Suggestion | None]:
    best = plan.best_peak_flow
    if best is None:
        return []
    fields = [f"action_points.{order}.peak_flow_below" for order in (1, 2)]
    fields.append("emergency.peak_flow_below")
    percents = (*_PERCENTS, "emergency-percent")
    return [
        Suggestion(field, Decimal(rounded_for_print(percent_of(best.litres_a_minute, percent))), slug)
        for field, slug in zip(fields, percents, strict=True)
        if (percent := number(slug, plan.made_on)) is not None
    ]


def _days(plan: ActionPlan) -> list[Suggestion | None]:
    """How long, for adults: the sources say nothing of anyone under 17."""
    if age_on(plan.person.born, plan.made_on) < whole("increase-youngest", plan.made_on):
        return []
    return [
        _suggestion(f"action_points.{point.order}.days", _DAYS[point.action], plan.made_on)
        for point in plan.action_points
        if point.action in _DAYS
    ]


def _emergency(plan: ActionPlan) -> list[Suggestion | None]:
    if plan.regimen is None:
        return []
    separate = plan.regimen is Regimen.PREVENTER_RELIEVER
    slug = "reliever-most-in-attack" if separate else "one-inhaler-most-at-once"
    seconds = "reliever-seconds-most" if separate else "one-inhaler-seconds"
    return [
        _suggestion("emergency.max_puffs", slug, plan.made_on),
        _suggestion("emergency.seconds_between", seconds, plan.made_on),
    ]


def _a_day(plan: ActionPlan, library: Library) -> list[Suggestion | None]:
    if most_a_day(product(plan.usual.reliever, library), plan) is None or plan.regimen is None:
        return []
    slug = "budesonide-formoterol-usual-most-a-day"
    return [_suggestion("usual.max_puffs_a_day", slug, plan.made_on)]


def _suggestion(field: str, slug: str, on: date) -> Suggestion | None:
    value = number(slug, on)
    return None if value is None else Suggestion(field, value, slug)
