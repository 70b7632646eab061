"""The languages of the plan, for staff: how far each is, every block of one, and an example plan in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.asthma.plan.family import PlanFamily
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.plan.translations import State
from imp2art.flows.show_languages import draw_example, show_language, show_languages
from imp2art.web.accounts.actor import practice_page
from imp2art.web.accounts.on_site import signed_blocks


@practice_page(Action.SEE_PLAN)
@require_safe
def languages(request: HttpRequest, actor: Actor, practice: PracticeCode) -> HttpResponse:
    """Every language with how many of its phrases are ready."""
    page = {"languages": show_languages(actor, practice, signed_blocks()), "states": tuple(State), "here": ""}
    return render(request, "practice/languages.jinja", page)


@practice_page(Action.SEE_PLAN)
@require_safe
def language(request: HttpRequest, actor: Actor, practice: PracticeCode, language: str) -> HttpResponse:
    """Every phrase of one language beside its English, with its state and who signed it."""
    shown = show_language(actor, practice, language, signed_blocks())
    page = {"shown": shown, "about": shown.about, "families": tuple(PlanFamily), "here": ""}
    return render(request, "practice/language.jinja", page)


@practice_page(Action.SEE_PLAN)
@require_safe
def example(
    request: HttpRequest, actor: Actor, practice: PracticeCode, language: str, family: str
) -> HttpResponse:
    """An example plan in the language, for nobody: each page says that it is a draft."""
    if family not in set(PlanFamily):
        raise Http404
    pdf = draw_example(actor, practice, language, PlanFamily(family), signed_blocks())
    headers = {"Content-Disposition": f'inline; filename="draft-{language}-{family}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
