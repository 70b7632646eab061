"""One indicator of a month's report: its figures, its place among others, and what to do."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.audit.reports.reading import Opened
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.report_words import title_of
from imp2art.flows.show_report import ShownReport, show_report
from imp2art.flows.work_list import marks_on
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.kept_pages import KEPT_PAGES
from imp2art.web.practice.month_page import indicator_page
from imp2art.web.practice.on_site import today
from imp2art.web.practice.opened import note_opened, progress_on


@practice_page(Action.SEE_REPORT)
@require_safe
def indicator(
    request: HttpRequest, actor: Actor, practice: PracticeCode, month: str, slug: str
) -> HttpResponse:
    """The indicator `slug` in the report of `2026-10`."""
    shown = show_report(actor, practice, end_of_month_named(month))
    if shown is None:
        raise Http404
    body = KEPT_PAGES.body(("indicator", shown.key, slug, today()), lambda: _body(shown, slug))
    note_opened(request, actor, practice, shown, Opened.INDICATOR, slug)
    marks = marks_on(actor, practice, slug, today())
    series = shown.report.series_of(slug)
    page = {
        "title": title_of(slug),
        "body": body,
        "progress": progress_on(shown, series, marks) if series else None,
        "here": "month",
    }
    return render(request, "practice/kept.jinja", page)


def _body(shown: ShownReport, slug: str) -> str:
    series = shown.report.series_of(slug)
    if series is None:
        raise Http404
    page = indicator_page(shown, series)
    return render_to_string("practice/parts/indicator_body.jinja", {"page": page, "today": today()})
