"""A finished review: the plan, what was written, what has not left the site yet; and the plan's page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.asthma.plan.family import PlanCopy
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.flows.show_plan import open_plan_copy, open_plan_page, show_plan
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.said_of_reviews import uncoded_in_words
from imp2art.web.practice.offered import words_of_trigger
from imp2art.web.practice.on_site import library, now, site_address, today
from imp2art.web.practice.review.so_far import plan_parts


@practice_page(Action.SEE_PLAN)
@require_safe
def finished(
    request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str, review_id: str
) -> HttpResponse:
    """What one review came to."""
    shown = show_plan(actor, practice, public_id, review_id, library(), today(), now())
    parts = plan_parts(shown.plan) if shown.plan else ()
    page = {
        "finished": shown,
        "parts": parts,
        "not_coded": [
            *map(words_of_trigger, shown.triggers_not_coded),
            *map(uncoded_in_words, shown.answers_not_coded),
        ],
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
    return _paper(pdf, f"asthma-action-plan-version-{version}.pdf")


@practice_page(Action.SEE_PLAN)
@require_safe
def plan_copy(
    request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str, version: int, copy: str
) -> HttpResponse:
    """The same version for the carer or the school."""
    if copy not in (PlanCopy.CARER, PlanCopy.SCHOOL):
        raise Http404
    pdf = open_plan_copy(actor, practice, public_id, version, PlanCopy(copy), site_address(), now())
    return _paper(pdf, f"asthma-plan-version-{version}-for-{copy}.pdf")


def _paper(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
