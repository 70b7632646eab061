"""One person's year drawn beside the month's message: the first of the list that the report leads with.

A page of its own, not a part of the report: each look at a record is kept in its trail, and a report is
opened by people and at times when nobody needs a record.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.audit.release import Version
from imp2art.audit.report import Fact
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.charts.year import draw_year
from imp2art.documents.charts.year_words import rows_of_year
from imp2art.flows.open_record import OpenedRecord, open_record
from imp2art.flows.show_register import show_register
from imp2art.flows.show_report import ShownReport, show_report
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.month_page import lead_of, month_page
from imp2art.web.practice.on_site import library, now, today


@practice_page(Action.OPEN_RECORD)
@require_safe
def one_year(request: HttpRequest, actor: Actor, practice: PracticeCode, month: str) -> HttpResponse:
    """The first person of the lead list who is on the register today; the standard version has none."""
    shown = show_report(actor, practice, end_of_month_named(month))
    if shown is None or shown.version is not Version.IMP2ART:
        raise Http404
    lead = lead_of(shown)
    opened = _first(actor, practice, shown, lead) if lead else None
    page = {
        "page": month_page(shown),
        "opened": opened,
        "drawing": mark_safe(draw_year(opened.year)) if opened else "",  # noqa: S308 - it escapes every word
        "rows": rows_of_year(opened.year) if opened else (),
        "here": "month",
    }
    return render(request, "practice/one_year.jinja", page)


def _first(actor: Actor, practice: PracticeCode, shown: ShownReport, lead: Fact) -> OpenedRecord | None:
    """In the register's order, so whoever needs someone first."""
    if lead.outcome is None:
        return None
    found = shown.behind(lead.slug, lead.outcome)
    here = (row.public_id for row in show_register(actor, practice, today()).rows)
    first = next((each for each in here if each in found.public_ids - found.met_since), None)
    return open_record(actor, practice, first, library(), today(), now()) if first else None
