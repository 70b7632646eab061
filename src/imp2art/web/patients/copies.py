"""Copies of the plan to keep, print and share, made when they are asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.core.refusal import Refusal
from imp2art.documents.plan.forms.render import PlanForm, draw_picture, render_form
from imp2art.documents.plan.read_aloud import read_aloud
from imp2art.flows.open_shared_plan import SharedPlan
from imp2art.web.accounts.on_site import site_address
from imp2art.web.patients.door import behind_the_door
from imp2art.web.patients.shown import chosen_words, frame_of


@require_safe
@behind_the_door
def copy_of_plan(request: HttpRequest, token: str, shared: SharedPlan, form: str) -> HttpResponse:
    """One of the forms as PDF; 404 for another word, and for a plan that is too long for a wallet card."""
    try:
        pdf = render_form(shared.plan, PlanForm(form), chosen_words(request), site_address())
    except (ValueError, Refusal):
        raise Http404 from None
    name = f"asthma-plan-{form}-version-{shared.plan.version}.pdf"
    return _file(pdf, "application/pdf", name)


@require_safe
@behind_the_door
def picture(request: HttpRequest, token: str, shared: SharedPlan) -> HttpResponse:
    """The page without the NHS number as a picture, for the photos of a phone."""
    drawn = draw_picture(shared.plan, chosen_words(request), site_address())
    return _file(drawn, "image/png", f"asthma-plan-version-{shared.plan.version}.png")


@require_safe
@behind_the_door
def read_aloud_page(request: HttpRequest, token: str, shared: SharedPlan) -> HttpResponse:
    """The plan as lines that a voice says right."""
    parts = read_aloud(shared.plan, chosen_words(request))
    page = {**frame_of(request), "token": token, "parts": parts}
    return render(request, "patients/aloud.jinja", page)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
