"""The review being written: opened with what the record already tells, saved as it is typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.attack_clock import FollowUpClock, follow_up_clock
from imp2art.asthma.control import ControlScore, score_rcp3q
from imp2art.asthma.need import Need, rank_need
from imp2art.asthma.plan.action_plan import ActionPlan, Gap
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.plan.draft import PlanDraft, PlanPractice, draft_plan
from imp2art.asthma.review.answers import Review, ReviewKind
from imp2art.asthma.review.beside import ReviewBeside, beside_review
from imp2art.asthma.review.checks import Check, checks_due, out_of_reach
from imp2art.asthma.review.contract import ContractItem, contract_items
from imp2art.asthma.review.missing import MissingItem, missing_from
from imp2art.asthma.review.prefill import ReviewPrefill, begin_attack, begin_review, prefill_review
from imp2art.asthma.review.uncoded import answers_not_coded
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.record.patient import Patient
from imp2art.store.json_form import from_json, to_json
from imp2art.store.scope import (
    AcceptedImport,
    AuditEntry,
    KeptDraft,
    KeptReview,
    PracticeFacts,
    PracticeScope,
)


@dataclass(frozen=True, slots=True)
class DraftBody:
    """What a draft keeps: the answers, and the plan as far as it is made."""

    review: Review
    plan: ActionPlan


@dataclass(frozen=True, slots=True)
class Standing:
    """What is still to do before the review can be finished and the plan issued.

    `due` stays due afterwards, `out_of_reach` cannot be done in this way of meeting, `contract` is what the
    contract's indicator would find, `not_coded` what stays in the review alone. `clock` runs after an attack.
    """

    score: ControlScore
    missing: tuple[MissingItem, ...]
    gaps: tuple[Gap, ...]
    due: tuple[Check, ...] = ()
    out_of_reach: tuple[Check, ...] = ()
    contract: tuple[ContractItem, ...] = ()
    not_coded: tuple[str, ...] = ()
    clock: FollowUpClock | None = None


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """The page: the person, what is known, the draft and how it stands.

    `version` is 0 while nothing has been saved; `key` becomes the review's id. `began` is the plan
    as the record alone would begin it, with its sources and suggestions. `done_today` is a review that
    was finished today already.
    """

    public_id: str
    patient: Patient
    age: int
    facts: PracticeFacts
    taken: AcceptedImport
    need: Need
    key: str
    version: int
    saved: KeptDraft | None
    body: DraftBody
    prefilled: ReviewPrefill
    beside: ReviewBeside
    began: PlanDraft
    standing: Standing
    done_today: KeptReview | None


@dataclass(frozen=True, slots=True)
class SavedReview:
    """A save that went through."""

    draft: KeptDraft
    body: DraftBody
    standing: Standing


def open_review(
    actor: Actor,
    practice: PracticeCode,
    public_id: str,
    new_key: str,
    library: Library,
    on: date,
    at: datetime,
    *,
    saving: bool = False,
    kind: ReviewKind | None = None,
) -> ReviewDesk:
    """The review's page. Nothing is kept but the line that the record was opened.

    `saving`: read for a save that follows at once, which leaves its own line; of this one none is left.
    `kind`: the review is to be of this kind; None leaves it as it was begun.
    """
    check_may(actor, Action.WRITE_REVIEW, practice)
    scope = PracticeScope(practice)
    taken, facts = scope.import_in_force(), scope.facts()
    event = AuditEntry(at, actor, "review-opened", public_id)
    kept = scope.record(public_id) if saving else scope.open_record(public_id, event)
    if kept is None:
        raise NotHere("There is nobody of that name in your practice.")
    record = kept.record
    plans = scope.plans(public_id)
    previous = from_json(plans[0].body, ActionPlan) if plans else None
    printed = PlanPractice(facts.name, facts.phone, facts.out_of_hours_phone)
    began = draft_plan(record, library, on, previous, printed, actor.name, taken.taken_on)
    prefilled = prefill_review(record, library, on)
    saved = scope.draft(public_id)
    body = from_json(saved.body, DraftBody) if saved else DraftBody(begin_review(prefilled), began.plan)
    body = replace(body, review=_of_kind(body.review, kind, prefilled))
    body = replace(body, plan=_settled(body, began.plan))
    age = age_on(record.patient.born, on)
    return ReviewDesk(
        public_id=public_id,
        patient=record.patient,
        age=age,
        facts=facts,
        taken=taken,
        need=rank_need(record, library, on, taken.taken_on),
        key=saved.key if saved else new_key,
        version=saved.version if saved else 0,
        saved=saved,
        body=body,
        prefilled=prefilled,
        beside=beside_review(record, library, on, taken.taken_on),
        began=began,
        standing=standing_of(body, age, library, on),
        done_today=next((done for done in scope.reviews(public_id) if done.done_on == on), None),
    )


def save_review(
    actor: Actor,
    practice: PracticeCode,
    public_id: str,
    key: str,
    expected_version: int,
    body: DraftBody,
    library: Library,
    on: date,
    at: datetime,
) -> SavedReview:
    """Keep the draft. `StaleDraft` where someone saved it since; nothing of theirs is lost."""
    check_may(actor, Action.WRITE_REVIEW, practice)
    scope = PracticeScope(practice)
    event = AuditEntry(at, actor, "review-saved", public_id, {"version": expected_version + 1})
    draft = scope.keep_draft(public_id, key, expected_version, to_json(body), event)
    age = age_on(body.plan.person.born, on)
    return SavedReview(draft, body, standing_of(body, age, library, on))


def standing_of(body: DraftBody, age: int, library: Library, on: date) -> Standing:
    """How a draft stands: its score, what was not asked, what the plan lacks, what stays due."""
    review = body.review
    plan = None if review.no_plan_reason else body.plan
    gaps = check_plan(plan, library) if plan else ()
    return Standing(
        score=score_rcp3q(review.rcp3q, age, on),
        missing=missing_from(review, plan),
        gaps=gaps,
        due=checks_due(review, plan),
        out_of_reach=out_of_reach(review.mode),
        contract=contract_items(review, None if gaps else plan),
        not_coded=answers_not_coded(review),
        clock=_clock(review, on),
    )


def _clock(review: Review, on: date) -> FollowUpClock | None:
    """From the day of treatment or discharge; where it was not asked, from the attack's own day."""
    attack = review.attack if review.kind is ReviewKind.POST_ATTACK else None
    began = attack and (attack.seen_on or attack.attack_on)
    return follow_up_clock(began, on) if began else None


def _of_kind(review: Review, kind: ReviewKind | None, known: ReviewPrefill) -> Review:
    """The review as one of this kind."""
    review = replace(review, kind=kind) if kind else review
    if review.kind is ReviewKind.POST_ATTACK and review.attack is None:
        return replace(review, attack=begin_attack(known))
    return review


def _settled(body: DraftBody, identity: ActionPlan) -> ActionPlan:
    """The draft's plan with whose it is, who makes it and which version, as the record and the signer say.

    What is asked once, in the review, stands in the plan: triggers, their agreement, their own words.
    """
    return replace(
        body.plan,
        triggers=body.review.triggers,
        acknowledged=body.review.patient_acknowledged,
        teach_back=body.review.teach_back_done,
        person=identity.person,
        practice_name=identity.practice_name,
        made_by=identity.made_by,
        made_on=identity.made_on,
        version=identity.version,
    )
