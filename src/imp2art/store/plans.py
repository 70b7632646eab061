"""Issued action plans: versioned, never changed, one of them current."""

from __future__ import annotations

from imp2art.core.digest import digest_of
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.kept import KeptPlan, PlanPage
from imp2art.store.models import ActionPlanRow, PatientRow, ReviewRow
from imp2art.store.plan_codes import keep_code


def read_plans(practice: PracticeCode, public_id: str) -> tuple[KeptPlan, ...]:
    """Every plan the person was given, newest first."""
    rows = ActionPlanRow.objects.filter(patient__practice_id=practice, patient__public_id=public_id)
    return tuple(map(_plan_of, rows.defer("pdf").order_by("-version")))


def read_plan_pdf(practice: PracticeCode, public_id: str, version: int) -> bytes | None:
    """The page as it was issued, byte for byte."""
    rows = ActionPlanRow.objects.filter(
        patient__practice_id=practice, patient__public_id=public_id, version=version
    )
    page = rows.values_list("pdf", flat=True).first()
    return None if page is None else bytes(page)


def issue_plan(person: PatientRow, review: ReviewRow, plan: PlanPage) -> None:
    """Keep the review's plan, the one before marked replaced. Inside the caller's transaction."""
    _check_is_next(person, plan)
    if digest_of(plan.pdf) != plan.pdf_digest:
        raise ValueError("the page and its digest differ")
    ActionPlanRow.objects.filter(patient=person, replaced_at=None).update(replaced_at=review.done_at)
    row = ActionPlanRow.objects.create(
        patient=person,
        review=review,
        version=plan.version,
        body=plan.body,
        pdf=plan.pdf,
        pdf_digest=plan.pdf_digest,
        issued_by=review.done_by,
        issued_at=review.done_at,
    )
    keep_code(row)


def _check_is_next(person: PatientRow, plan: PlanPage) -> None:
    """The version is printed on the page, so it was chosen before this transaction began."""
    rows = ActionPlanRow.objects.filter(patient=person).order_by("-version")
    newest = rows.values_list("version", flat=True).first() or 0
    if plan.version != newest + 1:
        raise Refusal("Someone issued another plan for this person meanwhile. Look at it, then finish again.")


def _plan_of(row: ActionPlanRow) -> KeptPlan:
    return KeptPlan(
        version=row.version,
        body=row.body,
        pdf_digest=row.pdf_digest,
        issued_by=row.issued_by,
        issued_at=row.issued_at,
        replaced_at=row.replaced_at,
        review_id=row.review_id,
    )
