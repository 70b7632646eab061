"""Hand an issued plan out as data: its FHIR Bundle with the page and the entries of the same review."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from imp2art.access.rights import Action, check_may
from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.review.codes import CodedEntry
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.fhir.bundle import PlanPackage, Standing
from imp2art.fhir.page import PlanPage
from imp2art.fhir.strict import write_package
from imp2art.store.json_form import from_json
from imp2art.store.scope import AuditEntry, KeptPlan, PracticeScope


def export_plan(actor: Actor, practice: PracticeCode, public_id: str, version: int, at: datetime) -> bytes:
    """The Bundle of a version as it was issued; the same bytes each time, until the plan is replaced.

    `NotHere` for a version that the person has not; `NotWritten` where it would not be valid FHIR.
    """
    check_may(actor, Action.SEE_PLAN, practice)
    scope = PracticeScope(practice)
    scope.open_record(public_id, AuditEntry(at, actor, "plan-exported", public_id, {"version": version}))
    kept = next((plan for plan in scope.plans(public_id) if plan.version == version), None)
    if kept is None:
        raise NotHere("There is no plan of that version.")
    return write_package(_package(scope, public_id, kept))


def _package(scope: PracticeScope, public_id: str, kept: KeptPlan) -> PlanPackage:
    """Named by its review, so that another export of the same plan is the same Bundle."""
    written = scope.written_codes(public_id, kept.review_id)
    pdf = scope.plan_pdf(public_id, kept.version)
    return PlanPackage(
        name=uuid5(NAMESPACE_URL, f"urn:imp2art:review:{kept.review_id}"),
        plan=from_json(kept.body, ActionPlan),
        standing=Standing.REPLACED if kept.replaced_at else Standing.CURRENT,
        entries=tuple(CodedEntry(code.event, code.term) for code in written),
        page=PlanPage(pdf) if pdf else None,
    )
