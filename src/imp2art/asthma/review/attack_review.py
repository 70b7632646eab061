"""What a post-attack review asks about the attack: facts, each of which may not have been asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.asthma.plan.use import PlanUse


class TreatedWhere(StrEnum):
    """Where the attack was treated last. Stored names: never rename one."""

    PRACTICE = "practice"
    OUT_OF_HOURS = "out-of-hours"
    EMERGENCY_DEPARTMENT = "emergency-department"
    HOSPITAL = "hospital"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class AttackReview:
    """The attack that a review follows. Every answer may be None: `not asked` (H-15).

    `attack_on` is the day it began; `seen_on` the day that it was treated or that they left hospital, from
    which the two working days of NICE QS25 statement 4 run. `causes` are slugs.
    """

    attack_on: date | None = None
    seen_on: date | None = None
    treated_where: TreatedWhere | None = None
    steroids_finished: bool | None = None
    plan_used: PlanUse | None = None
    causes: tuple[str, ...] = ()
    treatment_changed: bool | None = None
    follow_up_on: date | None = None
