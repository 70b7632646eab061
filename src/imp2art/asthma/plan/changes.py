"""What a new version of a plan changes, for the page that renews it and for the patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imp2art.asthma.plan.action_plan import ActionPlan

# Version, dates and signer always differ and are not told.
_COMPARED = (
    "regimen",
    "basis",
    "best_peak_flow",
    "emergency",
    "spacer",
    "triggers",
    "goal",
    "practice_phone",
    "out_of_hours_phone",
)
_COMPARED_USUAL = (
    "preventer",
    "morning_puffs",
    "evening_puffs",
    "reliever",
    "reliever_puffs",
    "max_puffs_a_day",
)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """`field` is the part of the plan, `before` and `after` its values in the two versions.

    The words of a field are `change-<field>` in content/review.toml; `point` counts action points from 1.
    """

    field: str
    before: object
    after: object
    point: int | None = None


def compare_plans(previous: ActionPlan, new: ActionPlan) -> tuple[PlanChange, ...]:
    """The parts that differ, in the order of the plan's page; empty: the same plan with a new date."""
    return tuple(change for change in _pairs(previous, new) if change.before != change.after)


def _pairs(previous: ActionPlan, new: ActionPlan) -> Iterator[PlanChange]:
    for name in _COMPARED_USUAL:
        yield PlanChange(_slug(f"usual-{name}"), getattr(previous.usual, name), getattr(new.usual, name))
    for place in range(max(len(previous.action_points), len(new.action_points))):
        yield PlanChange(
            "action-point",
            previous.action_points[place] if place < len(previous.action_points) else None,
            new.action_points[place] if place < len(new.action_points) else None,
            place + 1,
        )
    for name in _COMPARED:
        yield PlanChange(_slug(name), getattr(previous, name), getattr(new, name))


def _slug(name: str) -> str:
    return name.replace("_", "-")
