"""The review as a value: what was asked and found, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from imp2art.asthma.action_plan import ActionPlan, PeakFlowScale
from imp2art.asthma.control import Rcp3q


class ReviewMode(StrEnum):
    """How the two met."""

    FACE_TO_FACE = "face to face"
    PHONE = "phone"
    VIDEO = "video"


class Smoking(StrEnum):
    """Smoking status as asked today."""

    CURRENT = "current"
    EX = "ex"
    NEVER = "never"


class NoPlanReason(StrEnum):
    """Why a review ends without a plan. Stored names: never rename one."""

    DECLINED = "declined"
    ANOTHER_TIME = "another-time"
    NEEDS_OTHER_CARE_FIRST = "needs-other-care-first"


@dataclass(frozen=True, slots=True)
class Review:
    """Every answer may be None: `not asked`, which is never counted as `no` or 0 (H-15, H-16)."""

    mode: ReviewMode | None = None
    agenda: str = ""
    rcp3q: Rcp3q = Rcp3q()
    act_score: int | None = None
    cact_score: int | None = None
    acq_score: Decimal | None = None
    attacks_12_months: int | None = None
    days_off: int | None = None
    technique_observed: bool | None = None
    medicines_checked: bool | None = None
    adherence_good: bool | None = None
    smoking: Smoking | None = None
    smoking_advice_given: bool | None = None
    triggers: tuple[str, ...] = ()
    peak_flow: int | None = None
    peak_flow_scale: PeakFlowScale | None = None
    agenda_met: bool | None = None
    teach_back_done: bool | None = None
    no_plan_reason: NoPlanReason | None = None
    note: str = ""


class Why(StrEnum):
    """Who asks for an item of the review."""

    QOF_CODED = "qof-coded"  # a coded requirement of AST007 and AST015
    QOF_WORDING = "qof-wording"  # in the indicator's text, though no code is required
    NG245 = "ng245"  # NICE NG245: what to monitor at every review
    PLAN = "plan"  # the plan rests on it
    IMP2ART = "imp2art"  # the programme's review: the person's agenda first and last


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
    """Whether the technique was watched, which a phone call cannot do."""
    return review.technique_observed is True and review.mode in (ReviewMode.FACE_TO_FACE, ReviewMode.VIDEO)


def _missing(review: Review, plan: ActionPlan | None) -> Iterator[MissingItem]:
    if review.mode is None:
        yield MissingItem("mode", Why.IMP2ART, blocks=True)
    if not review.agenda.strip():
        yield MissingItem("agenda", Why.IMP2ART)
    if not _control_known(review):
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


def _control_known(review: Review) -> bool:
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
    if not review.triggers:
        yield MissingItem("triggers", Why.NG245)
    if review.smoking is None:
        yield MissingItem("smoking", Why.NG245)
    elif review.smoking is Smoking.CURRENT and review.smoking_advice_given is None:
        yield MissingItem("smoking-advice", Why.NG245)
    if review.peak_flow is not None and review.peak_flow_scale is None:
        yield MissingItem("peak-flow-scale", Why.PLAN, blocks=True)
