"""Why one person counts as they do in one figure: what decided, by which entry, and what would change it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.audit.reports.reading import Opened
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.explanation_words import explanation_in_words
from imp2art.documents.words import month_in_words, phrase
from imp2art.flows.explain_person import ExplainedPerson, explain_person
from imp2art.flows.show_report import ShownReport, show_report
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.month_page import in_address, words_of
from imp2art.web.practice.on_site import library, now, today
from imp2art.web.practice.opened import note_opened


@practice_page(Action.SEE_LIST)
@require_safe
def explanation(
    request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str, slug: str, month: str = ""
) -> HttpResponse:
    """As at the newest day of a month's report, or today without a month."""
    shown = _report(actor, practice, month)
    report = shown.report if shown else None
    told = explain_person(actor, practice, public_id, slug, library(), now(), today(), report)
    if shown is not None:
        note_opened(request, actor, practice, shown, Opened.LIST, slug)
    page = {
        "told": told,
        "said": explanation_in_words(slug, told.found, told.on, told.sees_entries),
        "changed": _changed(told) if told.has_changed else "",
        "month": month,
        "list": in_address(told.counted) if told.counted else "",
        "here": "month" if month else "register",
    }
    return render(request, "practice/explanation.jinja", page)


def _report(actor: Actor, practice: PracticeCode, month: str) -> ShownReport | None:
    if not month:
        return None
    shown = show_report(actor, practice, end_of_month_named(month))
    if shown is None:
        raise Http404
    return shown


def _changed(told: ExplainedPerson) -> str:
    outcome = words_of(told.counted) if told.counted else ""
    return phrase("lists", "explain-changed", month=month_in_words(told.on), outcome=outcome)
