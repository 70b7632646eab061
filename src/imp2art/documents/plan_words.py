"""Short ways to say what several parts of the action plan say."""

from __future__ import annotations

from typing import TypeVar

from imp2art.asthma.action_plan import ActionPlan
from imp2art.asthma.regimen import Regimen
from imp2art.core.refusal import Refusal
from imp2art.documents.words import phrase

Value = TypeVar("Value")

BOOK = "action_plan"


def say(slug: str, **values: object) -> str:
    """A phrase of the action plan."""
    return phrase(BOOK, slug, **values)


def puffs(count: int) -> str:
    """`1 puff`, `2 puffs`."""
    return say("puffs", count=count)


def needed(value: Value | None, what: str) -> Value:
    """The value, or a `Refusal` that names what the plan lacks: a blank is never printed."""
    if value is None:
        raise Refusal(f"The plan cannot be written: it lacks {what}.")
    return value


def has_one_inhaler(plan: ActionPlan) -> bool:
    """True where one inhaler both prevents and relieves: MART and AIR."""
    return plan.regimen in (Regimen.MART, Regimen.AIR)
