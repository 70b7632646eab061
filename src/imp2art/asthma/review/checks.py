"""What the way of meeting leaves undone, and so stays due after the review (hazard H-37).

By phone nobody can watch an inhaler being used. By phone or video a peak flow can only be told from the
person's own meter, and lung function cannot be tested at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from imp2art.asthma.plan.action_plan import ActionPlan, PlanBasis
from imp2art.asthma.review.answers import Review, ReviewMode
from imp2art.asthma.review.missing import technique_was_seen


class Check(StrEnum):
    """Something that is looked at or measured. Each is also a key of its words."""

    TECHNIQUE = "technique"
    PEAK_FLOW = "peak-flow"
    LUNG_FUNCTION = "lung-function"


# What cannot be done at all in each way of meeting.
_OUT_OF_REACH = {
    ReviewMode.PHONE: (Check.TECHNIQUE, Check.LUNG_FUNCTION),
    ReviewMode.VIDEO: (Check.LUNG_FUNCTION,),
    ReviewMode.FACE_TO_FACE: (),
}


def out_of_reach(mode: ReviewMode | None) -> tuple[Check, ...]:
    """What this way of meeting cannot do; nothing while it is not known how the two meet."""
    return _OUT_OF_REACH[mode] if mode else ()


def checks_due(review: Review, plan: ActionPlan | None) -> tuple[Check, ...]:
    """What stays due after this review, in the order of the page.

    Technique is due at every review (NICE NG245) until it was watched. Peak flow is due only where the plan
    goes by it: NG245 asks for no routine peak flow outside such a plan. Lung function is due at no routine
    review; where it is out of reach the page says so, and that is all.
    """
    return tuple(_due(review, plan))


def _due(review: Review, plan: ActionPlan | None) -> Iterator[Check]:
    if review.mode and not technique_was_seen(review):
        yield Check.TECHNIQUE
    by_peak_flow = plan is not None and plan.basis in (PlanBasis.PEAK_FLOW, PlanBasis.BOTH)
    if by_peak_flow and review.mode and review.peak_flow is None:
        yield Check.PEAK_FLOW
