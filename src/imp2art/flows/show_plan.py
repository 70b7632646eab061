"""Show an issued plan: what it says, what was written for it, and what has not left the site yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.action_plan import ActionPlan
from imp2art.asthma.plan_changes import PlanChange, compare_plans
from imp2art.asthma.review import Review
from imp2art.asthma.review_codes import triggers_not_coded
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.record.patient import Patient
from imp2art.store.json_form import from_json
from imp2art.store.scope import AuditEntry, KeptOutbox, KeptPlan, KeptReview, PracticeScope, WrittenCode


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A finished review with what came of it; `kept` and `plan` are None where it issued no plan."""

    public_id: str
    patient: Patient
    age: int
    review: KeptReview
    kept: KeptPlan | None
    plan: ActionPlan | None
    changes: tuple[PlanChange, ...]
    codes: tuple[WrittenCode, ...]
    triggers_not_coded: tuple[str, ...]
    outbox: tuple[KeptOutbox, ...]


def show_plan(
    actor: Actor, practice: PracticeCode, public_id: str, review_id: str, on: date, at: datetime
) -> FinishedPage:
    """What one review came to. `NotHere` for a review or person that the practice has not."""
    check_may(actor, Action.SEE_PLAN, practice)
    scope = PracticeScope(practice)
    event = AuditEntry(at, actor, "plan-opened", public_id, {"review": review_id})
    patient = scope.open_record(public_id, event).record.patient
    review = _one([each for each in scope.reviews(public_id) if each.review_id == review_id])
    plans = scope.plans(public_id)
    kept = next((plan for plan in plans if plan.review_id == review_id), None)
    plan = from_json(kept.body, ActionPlan) if kept else None
    return FinishedPage(
        public_id=public_id,
        patient=patient,
        age=age_on(patient.born, on),
        review=review,
        kept=kept,
        plan=plan,
        changes=_changes(plan, plans),
        codes=scope.written_codes(public_id, review_id),
        triggers_not_coded=triggers_not_coded(from_json(review.body, Review).triggers),
        outbox=tuple(each for each in scope.outbox(public_id) if each.key.endswith(review_id)),
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


def _changes(plan: ActionPlan | None, plans: tuple[KeptPlan, ...]) -> tuple[PlanChange, ...]:
    if plan is None:
        return ()
    before = next((each for each in plans if each.version == plan.version - 1), None)
    return compare_plans(from_json(before.body, ActionPlan), plan) if before else ()


def _one(found: list[KeptReview]) -> KeptReview:
    if not found:
        raise NotHere("There is no review of that name.")
    return found[0]
