"""A finished review: the plan, what was written, what has not left the site yet; and the plan's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.flows.show_plan import open_plan_page, show_plan
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.offered import words_of_trigger
from imp2art.web.practice.on_site import now, today
from imp2art.web.practice.so_far import plan_parts


@practice_page(Action.SEE_PLAN)
@require_safe
def finished(
    request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str, review_id: str
) -> HttpResponse:
    """What one review came to."""
    shown = show_plan(actor, practice, public_id, review_id, today(), now())
    parts = plan_parts(shown.plan) if shown.plan else ()
    page = {
        "finished": shown,
        "parts": parts,
        "not_coded": [words_of_trigger(slug) for slug in shown.triggers_not_coded],
        "today": today(),
        "here": "register",
    }
    return render(request, "practice/finished.jinja", page)


@practice_page(Action.SEE_PLAN)
@require_safe
def plan_page(
    request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str, version: int
) -> HttpResponse:
    """The PDF as it was issued, to look at and to print; no copy stays in the browser."""
    pdf = open_plan_page(actor, practice, public_id, version, now())
    name = f"asthma-action-plan-version-{version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
