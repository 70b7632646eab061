"""The month's report as it was kept, and working it out again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from imp2art.access.rights import Action, may
from imp2art.audit.reports.reading import Opened
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.words import month_in_words
from imp2art.flows.run_audit import audit_practice
from imp2art.flows.show_report import ShownReport, months_waiting, show_report
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.kept_pages import KEPT_PAGES
from imp2art.web.practice.month_page import lead_of, month_page
from imp2art.web.practice.on_site import library, now, today
from imp2art.web.practice.one_year import YearBeside, year_beside
from imp2art.web.practice.opened import note_opened


@practice_page(Action.SEE_REPORT)
@require_safe
def month(request: HttpRequest, actor: Actor, practice: PracticeCode, month: str = "") -> HttpResponse:
    """The report of a month (`2026-10`), or the newest."""
    shown = show_report(actor, practice, end_of_month_named(month) if month else None)
    if shown is None and month:
        raise Http404
    if shown:
        note_opened(request, actor, practice, shown, Opened.REPORT)
    page = {
        "title": month_in_words(shown.on_shelf.month_end) if shown else "This month",
        "message": _kept(shown, "month_message") if shown else "",
        "body": _kept(shown, "month_body") if shown else "",
        "leads": shown is not None and lead_of(shown) is not None,
        "may_see_year": may(actor, Action.OPEN_RECORD, practice),
        "beside": _beside(request, actor, practice, shown) if shown else None,
        "waiting": () if shown else months_waiting(actor, practice),
        "month_end": shown.on_shelf.month_end if shown else None,
        "sees_readings": may(actor, Action.SEE_READINGS, practice),
        "may_run": may(actor, Action.RUN_AUDIT, practice),
        "here": "month",
    }
    return render(request, "practice/month.jinja", page)


def _kept(shown: ShownReport, part: str) -> Markup:
    """A part of the page that is the same for everyone who may see it."""

    def make() -> str:
        page = {"page": month_page(shown), "today": today()}
        return render_to_string(f"practice/parts/{part}.jinja", page)

    return KEPT_PAGES.body((part, shown.key, today()), make)


def _beside(
    request: HttpRequest, actor: Actor, practice: PracticeCode, shown: ShownReport
) -> YearBeside | None:
    """Nobody's record is looked into unless the reader asks, and may: it is kept that they did."""
    asked = request.method == "GET" and request.GET.get("year") == "beside"
    if not asked or not may(actor, Action.OPEN_RECORD, practice):
        return None
    return year_beside(actor, practice, shown)


@practice_page(Action.RUN_AUDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def run_month(request: HttpRequest, actor: Actor, practice: PracticeCode) -> HttpResponse:
    """Work the month out again from the record as it is now; earlier reports are kept."""
    if request.method == "POST":
        audit_practice(actor, practice, library(), today(), now())
    return redirect("month")
