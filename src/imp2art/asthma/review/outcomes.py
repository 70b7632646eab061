"""What a practice's reviews came to: with a plan, or the recorded reason for none. Counts, exact inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from imp2art.asthma.plan.use import PlanUseCount, count_plan_use
from imp2art.asthma.review.answers import NoPlanReason, Review, ReviewKind, ReviewMode
from imp2art.asthma.review.missing import technique_was_seen


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """A finished review, and whether it issued a plan."""

    review: Review
    plan_issued: bool


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """`reasons` are those of the reviews without a plan, each of them named though nobody gave it.

    `plan_use` is of the post-attack reviews. `technique_not_seen` are reviews that left technique due.
    """

    reviews: int
    with_plan: int
    reasons: tuple[tuple[NoPlanReason, int], ...]
    modes: tuple[tuple[ReviewMode, int], ...]
    after_attack: int
    technique_not_seen: int
    plan_use: PlanUseCount

    @property
    def without_plan(self) -> int:
        """Reviews that ended with a reason."""
        return self.reviews - self.with_plan


def count_outcomes(outcomes: Iterable[ReviewOutcome]) -> ReviewCounts:
    """The counts of these reviews. A review that issued a plan has no reason, whatever its form said."""
    found = list(outcomes)
    reasons = Counter(each.review.no_plan_reason for each in found if not each.plan_issued)
    modes = Counter(each.review.mode for each in found)
    after = [each.review for each in found if each.review.kind is ReviewKind.POST_ATTACK]
    return ReviewCounts(
        reviews=len(found),
        with_plan=sum(each.plan_issued for each in found),
        reasons=tuple((reason, reasons[reason]) for reason in NoPlanReason),
        modes=tuple((mode, modes[mode]) for mode in ReviewMode),
        after_attack=len(after),
        technique_not_seen=sum(not technique_was_seen(each.review) for each in found),
        plan_use=count_plan_use(review.attack.plan_used if review.attack else None for review in after),
    )
