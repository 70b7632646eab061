"""Show an issued plan: what it says, what was written for it, and what has not left the site yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.need import Need, rank_need
from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.changes import PlanChange, compare_plans
from imp2art.asthma.plan.family import PlanCopy, copies_of
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.checks import Check, checks_due
from imp2art.asthma.review.codes import triggers_not_coded
from imp2art.asthma.review.uncoded import answers_not_coded
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.documents.plan.render import render_plan
from imp2art.record.patient import Patient
from imp2art.store.json_form import from_json
from imp2art.store.scope import AuditEntry, KeptOutbox, KeptPlan, KeptReview, PracticeScope, WrittenCode


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A finished review with what came of it; `kept` and `plan` are None where it issued no plan.

    `due` is what stays due after it.
    """

    public_id: str
    patient: Patient
    age: int
    review: KeptReview
    kept: KeptPlan | None
    plan: ActionPlan | None
    changes: tuple[PlanChange, ...]
    codes: tuple[WrittenCode, ...]
    triggers_not_coded: tuple[str, ...]
    answers_not_coded: tuple[str, ...]
    due: tuple[Check, ...]
    outbox: tuple[KeptOutbox, ...]
    is_renewal: bool
    need: Need
    copies: tuple[PlanCopy, ...]


def show_plan(
    actor: Actor,
    practice: PracticeCode,
    public_id: str,
    review_id: str,
    library: Library,
    on: date,
    at: datetime,
) -> FinishedPage:
    """What one review, or one renewal of a plan, came to.

    `NotHere` for a review or person that the practice has not.
    """
    check_may(actor, Action.SEE_PLAN, practice)
    scope = PracticeScope(practice)
    event = AuditEntry(at, actor, "plan-opened", public_id, {"review": review_id})
    record = scope.open_record(public_id, event).record
    patient, renewals = record.patient, scope.renewals(public_id)
    acts = (*scope.reviews(public_id), *renewals)
    review = _one([each for each in acts if each.review_id == review_id])
    is_renewal = review in renewals
    plans = scope.plans(public_id)
    kept = next((plan for plan in plans if plan.review_id == review_id), None)
    plan = from_json(kept.body, ActionPlan) if kept else None
    answers = from_json(review.body, Review)
    return FinishedPage(
        public_id=public_id,
        patient=patient,
        age=age_on(patient.born, on),
        review=review,
        kept=kept,
        plan=plan,
        changes=_changes(plan, plans),
        codes=scope.written_codes(public_id, review_id),
        triggers_not_coded=triggers_not_coded(answers.triggers),
        answers_not_coded=answers_not_coded(answers),
        due=checks_due(answers, plan),
        outbox=tuple(each for each in scope.outbox(public_id) if each.key.endswith(review_id)),
        is_renewal=is_renewal,
        need=rank_need(record, library, on, scope.import_in_force().taken_on),
        copies=copies_of(patient.born, plan.made_on) if plan else (),
    )


def open_plan_page(actor: Actor, practice: PracticeCode, public_id: str, version: int, at: datetime) -> bytes:
    """The PDF of a version as it was issued."""
    check_may(actor, Action.SEE_PLAN, practice)
    scope = PracticeScope(practice)
    scope.open_record(public_id, AuditEntry(at, actor, "plan-page-opened", public_id, {"version": version}))
    pdf = scope.plan_pdf(public_id, version)
    if pdf is None:
        raise NotHere("There is no plan of that version.")
    return pdf


def open_plan_copy(
    actor: Actor,
    practice: PracticeCode,
    public_id: str,
    version: int,
    copy: PlanCopy,
    site: str,
    at: datetime,
) -> bytes:
    """The PDF of a version for the carer or the school: the numbers of the plan as it was issued.

    `NotHere` for a version that the practice has not, and for a copy that is not for the person's age.
    """
    check_may(actor, Action.SEE_PLAN, practice)
    scope = PracticeScope(practice)
    detail = {"version": version, "copy": copy.value}
    scope.open_record(public_id, AuditEntry(at, actor, "plan-copy-opened", public_id, detail))
    kept = next((each for each in scope.plans(public_id) if each.version == version), None)
    plan = from_json(kept.body, ActionPlan) if kept else None
    if plan is None or copy not in copies_of(plan.person.born, plan.made_on):
        raise NotHere("There is no such copy of the plan.")
    return render_plan(plan, site=site, copy=copy).pdf


def _changes(plan: ActionPlan | None, plans: tuple[KeptPlan, ...]) -> tuple[PlanChange, ...]:
    if plan is None:
        return ()
    before = next((each for each in plans if each.version == plan.version - 1), None)
    return compare_plans(from_json(before.body, ActionPlan), plan) if before else ()


def _one(found: list[KeptReview]) -> KeptReview:
    if not found:
        raise NotHere("There is no review of that name.")
    return found[0]
