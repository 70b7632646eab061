"""An issued plan as data, for another system: its FHIR Bundle to download."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.flows.export_plan import export_plan
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.on_site import now


@practice_page(Action.SEE_PLAN)
@require_safe
def plan_data(
    request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str, version: int
) -> HttpResponse:
    """The Bundle as a file; its name tells of nobody, and no copy stays in the browser."""
    content = export_plan(actor, practice, public_id, version, now())
    name = f"asthma-action-plan-version-{version}.fhir.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/fhir+json", headers=headers)
