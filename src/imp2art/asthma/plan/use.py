"""The one question about the plan after an attack: was it used? And its count for the practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PlanUse(StrEnum):
    """What they did with their plan in the attack. Stored names: never rename one."""

    USED = "used"
    TRIED = "tried"  # could not do all of it
    DID_NOT_USE = "did-not-use"
    NO_PLAN = "no-plan"


@dataclass(frozen=True, slots=True)
class PlanUseCount:
    """Attacks by answer. `asked` are those with an answer; `not_asked` are never counted as a no (H-15)."""

    used: int
    tried: int
    did_not_use: int
    no_plan: int
    not_asked: int

    @property
    def asked(self) -> int:
        """How many attacks have an answer."""
        return self.used + self.tried + self.did_not_use + self.no_plan


def count_plan_use(answers: Iterable[PlanUse | None]) -> PlanUseCount:
    """One answer an attack; None where the question was not asked."""
    counted = Counter(answers)
    return PlanUseCount(
        used=counted[PlanUse.USED],
        tried=counted[PlanUse.TRIED],
        did_not_use=counted[PlanUse.DID_NOT_USE],
        no_plan=counted[PlanUse.NO_PLAN],
        not_asked=counted[None],
    )
