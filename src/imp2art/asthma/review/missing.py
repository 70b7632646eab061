"""What a review still lacks, who asks for it, and what keeps it from being finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.review.answers import Review, ReviewKind, ReviewMode, Smoking
from imp2art.asthma.review.attack_review import AttackReview


class Why(StrEnum):
    """Who asks for an item of the review."""

    QOF_CODED = "qof-coded"  # a coded requirement of AST007 and AST015
    QOF_WORDING = "qof-wording"  # in the indicator's text, though no code is required
    NG245 = "ng245"  # NICE NG245: what to monitor at every review
    PLAN = "plan"  # the plan rests on it
    IMP2ART = "imp2art"  # the programme's review: the person's agenda first and last
    QS25 = "qs25"  # NICE QS25 statement 4: what follows an attack


@dataclass(frozen=True, slots=True)
class MissingItem:
    """An item not done yet. Only one that `blocks` keeps the review from being finished."""

    slug: str
    why: Why
    blocks: bool = False


def missing_from(review: Review, plan: ActionPlan | None) -> tuple[MissingItem, ...]:
    """What is still to do, in the order of the page.

    A review may be finished with items open: they stay "not asked". It is no review, and may not be
    finished, without its core: how the two met, control, attacks, the medicines gone through, and a plan
    or the reason for none (H-15). By phone the technique cannot be
    watched: it stays due (hazard H-37).
    """
    return tuple(_missing(review, plan))


def technique_was_seen(review: Review) -> bool:
    """Whether the technique was watched, which nobody can by phone; a plain "no" outweighs ticked steps."""
    steps = any(check.right or check.wrong for check in review.technique_checks)
    watched = review.technique_observed or (review.technique_observed is None and steps)
    return bool(watched) and review.mode in (ReviewMode.FACE_TO_FACE, ReviewMode.VIDEO)


def _missing(review: Review, plan: ActionPlan | None) -> Iterator[MissingItem]:
    if review.mode is None:
        yield MissingItem("mode", Why.IMP2ART, blocks=True)
    if not review.agenda.strip():
        yield MissingItem("agenda", Why.IMP2ART)
    if review.kind is ReviewKind.POST_ATTACK:
        yield from _missing_of_attack(review.attack or AttackReview())
    if not control_known(review):
        yield MissingItem("control", Why.QOF_WORDING, blocks=True)
    if review.attacks_12_months is None:
        yield MissingItem("attacks", Why.QOF_CODED, blocks=True)
    if review.days_off is None:
        yield MissingItem("days-off", Why.NG245)
    yield from _missing_treatment(review)
    if review.agenda_met is None:
        yield MissingItem("agenda-met", Why.IMP2ART)
    if plan is None and review.no_plan_reason is None:
        yield MissingItem("plan", Why.QOF_CODED, blocks=True)
    if plan is not None and review.teach_back_done is not True:
        yield MissingItem("teach-back", Why.NG245)


def _missing_of_attack(attack: AttackReview) -> Iterator[MissingItem]:
    if attack.attack_on is None and attack.seen_on is None:
        yield MissingItem("attack-when", Why.QS25)
    if attack.plan_used is None:
        yield MissingItem("attack-plan-used", Why.IMP2ART)
    if attack.steroids_finished is None:
        yield MissingItem("attack-steroids", Why.QS25)


def control_known(review: Review) -> bool:
    """All three questions answered, or a total of one of the licensed tests."""
    scores = (review.act_score, review.cact_score, review.acq_score)
    answers = (review.rcp3q.sleep, review.rcp3q.day, review.rcp3q.activities)
    return None not in answers or any(score is not None for score in scores)


def _missing_treatment(review: Review) -> Iterator[MissingItem]:
    if review.medicines_checked is not True:
        yield MissingItem("medicines", Why.NG245, blocks=True)
    if review.adherence_good is None:
        yield MissingItem("adherence", Why.NG245)
    if not technique_was_seen(review):
        yield MissingItem("technique", Why.QOF_WORDING)
        if review.technique_observed is False and review.technique_not_done is None:
            yield MissingItem("technique-why", Why.QOF_WORDING)
    if not review.triggers:
        yield MissingItem("triggers", Why.NG245)
    if review.smoking is None:
        yield MissingItem("smoking", Why.NG245)
    elif review.smoking is Smoking.CURRENT and review.smoking_advice_given is None:
        yield MissingItem("smoking-advice", Why.NG245)
    if review.peak_flow is not None and review.peak_flow_scale is None:
        yield MissingItem("peak-flow-scale", Why.PLAN, blocks=True)
