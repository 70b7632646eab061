"""Whether the attack part of a plan is whole and right for the regimen (hazards H-03, H-12)."""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.asthma.plan.action_plan import ActionPlan, Emergency, Gap, missing, unsafe
from imp2art.asthma.reference import number
from imp2art.asthma.regimen import Regimen


def emergency_gaps(plan: ActionPlan) -> Iterator[Gap]:
    """What is missing or wrong in what to do in an attack."""
    emergency = plan.emergency
    if not emergency.signs:
        yield missing("emergency-signs")
    if not emergency.puffs_each:
        yield missing("emergency-puffs")
    if not emergency.seconds_between:
        yield missing("emergency-seconds")
    if not emergency.max_puffs:
        yield missing("emergency-most-puffs")
    elif emergency.puffs_each and emergency.puffs_each > emergency.max_puffs:
        yield unsafe("emergency-most-puffs")
    if plan.regimen is Regimen.PREVENTER_RELIEVER:
        yield from _reliever(plan, emergency)
    elif plan.regimen is not None:
        yield from _one_inhaler(plan, emergency)


def _reliever(plan: ActionPlan, emergency: Emergency) -> Iterator[Gap]:
    most = number("reliever-most-in-attack", plan.made_on)
    if most is not None and (emergency.max_puffs or 0) > most:
        yield unsafe("emergency-too-many-puffs")
    least = number("reliever-seconds-least", plan.made_on)
    longest = number("reliever-seconds-most", plan.made_on)
    between = emergency.seconds_between
    if between and least is not None and longest is not None and not least <= between <= longest:
        yield unsafe("emergency-seconds-unusual")


def _one_inhaler(plan: ActionPlan, emergency: Emergency) -> Iterator[Gap]:
    """Six puffs at most, never the ten-puff salbutamol text; the interval is the signer's own."""
    most = number("one-inhaler-most-at-once", plan.made_on)
    if most is None or (emergency.max_puffs or 0) > most:
        yield unsafe("emergency-too-many-puffs")
