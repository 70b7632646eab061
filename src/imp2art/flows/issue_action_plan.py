"""Finish a review: the review, the plan, its page, the codes and what must leave, in one act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.need import rank_need
from imp2art.asthma.plan.action_plan import ActionPlan, Gap
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.plan.signing import as_signed
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.codes import CodedEntry, coded_entries
from imp2art.asthma.review.missing import MissingItem, missing_from
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.render import RenderedPlan, render_plan
from imp2art.record.patient import Patient
from imp2art.store.gp_record import gp_record_intent
from imp2art.store.json_form import to_json
from imp2art.store.needs import kept_need
from imp2art.store.scope import (
    AuditEntry,
    FinishedReview,
    KeptReview,
    PracticeScope,
    WrittenCode,
)


class NotComplete(Refusal):
    """The review cannot be finished yet: `missing` blocks it, or the plan has `gaps`."""

    def __init__(self, missing: tuple[MissingItem, ...], gaps: tuple[Gap, ...]) -> None:
        super().__init__("The plan cannot be issued yet: something is missing or not safe.")
        self.missing = missing
        self.gaps = gaps


@dataclass(frozen=True, slots=True)
class Finish:
    """What the clinician signs. `key` is the draft's: the same one again finishes nothing new.

    `currency_code` is a new one (`asthma.plan.currency.draw_code`), `site` the address that answers for it.
    """

    public_id: str
    key: str
    draft_version: int
    review: Review
    plan: ActionPlan
    currency_code: str = ""
    site: str = ""


def issue_action_plan(
    actor: Actor, practice: PracticeCode, finish: Finish, library: Library, on: date, at: datetime
) -> KeptReview:
    """Keep everything or nothing, and answer what is kept; a second press answers the first.

    A review with a `no_plan_reason` ends without a plan. `NotComplete` says what is missing,
    `StaleDraft` that a colleague saved meanwhile.
    """
    check_may(actor, Action.ISSUE_PLAN, practice)
    scope = PracticeScope(practice)
    event = AuditEntry(at, actor, "plan-issued", finish.public_id, {"review": finish.key})
    record = scope.open_record(finish.public_id, replace(event, verb="record-opened")).record
    done = [review for review in scope.reviews(finish.public_id) if review.review_id == finish.key]
    if done:
        return done[0]

    plan = _signed(finish, record.patient, scope, actor, on)
    _check_complete(finish.review, plan, library)
    entries = coded_entries(finish.review, plan, on, library, f"review:{finish.key}")
    page = render_plan(plan, site=finish.site) if plan else None

    kept = scope.keep_finished_review(_finished(finish, plan, page, entries, practice, actor, on, at), event)
    _rank_again(scope, finish.public_id, library, on, replace(event, verb="need-ranked"))
    return kept


def _signed(
    finish: Finish, patient: Patient, scope: PracticeScope, actor: Actor, on: date
) -> ActionPlan | None:
    """The plan as it will be kept: whose it is, who signs and which version are never taken from a form."""
    if finish.review.no_plan_reason is not None:
        return None
    review = finish.review
    plan = replace(
        finish.plan,
        triggers=review.triggers,
        acknowledged=review.patient_acknowledged,
        teach_back=review.teach_back_done,
    )
    plans = scope.plans(finish.public_id)
    version = plans[0].version + 1 if plans else 1
    return as_signed(plan, patient, scope.facts().name, actor.name, on, version, finish.currency_code)


def _check_complete(review: Review, plan: ActionPlan | None, library: Library) -> None:
    missing = tuple(item for item in missing_from(review, plan) if item.blocks)
    gaps = check_plan(plan, library) if plan else ()
    if missing or gaps:
        raise NotComplete(missing, gaps)


def _finished(
    finish: Finish,
    plan: ActionPlan | None,
    page: RenderedPlan | None,
    entries: tuple[CodedEntry, ...],
    practice: PracticeCode,
    actor: Actor,
    on: date,
    at: datetime,
) -> FinishedReview:
    written = tuple(WrittenCode(event, term) for event, term in entries)
    version = plan.version if plan else None
    return FinishedReview(
        public_id=finish.public_id,
        key=finish.key,
        done_on=on,
        body=to_json(finish.review),
        plan_body=to_json(plan) if plan else None,
        plan_version=version,
        pdf=page.pdf if page else None,
        pdf_digest=page.digest if page else None,
        entries=written,
        outbox=(gp_record_intent(practice, finish.public_id, finish.key, version),),
        at=at,
        by=actor.name,
        draft_version=finish.draft_version or None,
    )


def _rank_again(scope: PracticeScope, public_id: str, library: Library, on: date, event: AuditEntry) -> None:
    kept = scope.open_record(public_id, event)
    need = rank_need(kept.record, library, on, scope.import_in_force().taken_on)
    scope.keep_need(kept_need(kept, need, on), event)
