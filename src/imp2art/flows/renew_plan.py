"""Renew a plan, or issue a first one, without a review: the plan, its codes and its page in one act.

Nothing here claims that a review was done (H-15): no review is coded and none is listed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.inhalers import CurrentMedicine, current_medicines
from imp2art.asthma.need import Need, rank_need
from imp2art.asthma.plan.action_plan import ActionPlan, Gap
from imp2art.asthma.plan.changes import PlanChange, compare_plans
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.plan.draft import PlanDraft, PlanPractice, draft_plan
from imp2art.asthma.plan.signing import as_signed
from imp2art.asthma.review.codes import CodedEntry, renewal_entries
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.render import RenderedPlan, render_plan
from imp2art.record.patient import Patient
from imp2art.store.gp_record import gp_record_intent
from imp2art.store.json_form import from_json, to_json
from imp2art.store.kept import RENEWAL
from imp2art.store.needs import kept_need
from imp2art.store.scope import (
    AcceptedImport,
    AuditEntry,
    FinishedReview,
    KeptDraft,
    KeptReview,
    PracticeFacts,
    PracticeScope,
    WrittenCode,
)


class NotRenewed(Refusal):
    """The plan cannot be issued as it stands: it has `gaps`."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__("The plan cannot be issued yet: something is missing or not safe.")
        self.gaps = gaps


@dataclass(frozen=True, slots=True)
class RenewalDesk:
    """The page: the person, their last plan, and the plan as it would be issued from the record today.

    `changes` are what that plan changes against the last one; `draft` a review that someone has begun.
    """

    public_id: str
    patient: Patient
    age: int
    facts: PracticeFacts
    taken: AcceptedImport
    need: Need
    previous: ActionPlan | None
    began: PlanDraft
    changes: tuple[PlanChange, ...]
    gaps: tuple[Gap, ...]
    medicines: tuple[CurrentMedicine, ...]
    draft: KeptDraft | None


@dataclass(frozen=True, slots=True)
class Renewal:
    """What the clinician signs. The same `key` again issues nothing new.

    `plan.acknowledged` and `plan.teach_back` are the person's own answers.
    """

    public_id: str
    key: str
    plan: ActionPlan
    currency_code: str = ""
    site: str = ""


def open_renewal(
    actor: Actor, practice: PracticeCode, public_id: str, library: Library, on: date, at: datetime
) -> RenewalDesk:
    """The page. Nothing is kept but the line that the record was opened."""
    check_may(actor, Action.ISSUE_PLAN, practice)
    scope = PracticeScope(practice)
    record = scope.open_record(public_id, AuditEntry(at, actor, "renewal-opened", public_id)).record
    taken, facts, plans = scope.import_in_force(), scope.facts(), scope.plans(public_id)
    previous = from_json(plans[0].body, ActionPlan) if plans else None
    printed = PlanPractice(facts.name, facts.phone, facts.out_of_hours_phone)
    began = draft_plan(record, library, on, previous, printed, actor.name, taken.taken_on)
    return RenewalDesk(
        public_id=public_id,
        patient=record.patient,
        age=age_on(record.patient.born, on),
        facts=facts,
        taken=taken,
        need=rank_need(record, library, on, taken.taken_on),
        previous=previous,
        began=began,
        changes=compare_plans(previous, began.plan) if previous else (),
        gaps=check_plan(began.plan, library),
        medicines=current_medicines(record, library, min(on, taken.taken_on)),
        draft=scope.draft(public_id),
    )


def renew_plan(
    actor: Actor, practice: PracticeCode, renewal: Renewal, library: Library, on: date, at: datetime
) -> KeptReview:
    """Keep the plan, its codes, its page and what must leave, or nothing; a second press answers the first.

    `NotRenewed` says what the plan lacks.
    """
    check_may(actor, Action.ISSUE_PLAN, practice)
    scope = PracticeScope(practice)
    event = AuditEntry(at, actor, "plan-renewed", renewal.public_id, {"renewal": renewal.key})
    record = scope.open_record(renewal.public_id, replace(event, verb="record-opened")).record
    done = [act for act in scope.renewals(renewal.public_id) if act.review_id == renewal.key]
    if done:
        return done[0]

    plan = _signed(renewal, record.patient, scope, actor, on)
    if gaps := check_plan(plan, library):
        raise NotRenewed(gaps)
    entries = renewal_entries(plan, on, library, f"review:{renewal.key}")
    page = render_plan(plan, site=renewal.site)

    kept = scope.keep_finished_review(_act(renewal, plan, page, entries, practice, actor, on, at), event)
    again = scope.open_record(renewal.public_id, replace(event, verb="need-ranked"))
    need = rank_need(again.record, library, on, scope.import_in_force().taken_on)
    scope.keep_need(kept_need(again, need, on), replace(event, verb="need-ranked"))
    return kept


def _signed(renewal: Renewal, patient: Patient, scope: PracticeScope, actor: Actor, on: date) -> ActionPlan:
    """Whose it is, who signs and which version are never taken from a form (H-01)."""
    plans = scope.plans(renewal.public_id)
    version = plans[0].version + 1 if plans else 1
    return as_signed(
        renewal.plan, patient, scope.facts().name, actor.name, on, version, renewal.currency_code
    )


def _act(
    renewal: Renewal,
    plan: ActionPlan,
    page: RenderedPlan,
    entries: tuple[CodedEntry, ...],
    practice: PracticeCode,
    actor: Actor,
    on: date,
    at: datetime,
) -> FinishedReview:
    return FinishedReview(
        public_id=renewal.public_id,
        key=renewal.key,
        done_on=on,
        body={"acknowledged": plan.acknowledged, "teach_back": plan.teach_back},
        plan_body=to_json(plan),
        plan_version=plan.version,
        pdf=page.pdf,
        pdf_digest=page.digest,
        entries=tuple(WrittenCode(event, term) for event, term in entries),
        outbox=(gp_record_intent(practice, renewal.public_id, renewal.key, plan.version),),
        at=at,
        by=actor.name,
        kind=RENEWAL,
    )
