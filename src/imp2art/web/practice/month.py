"""The month's report as it was kept, the people behind its numbers, and working it out again."""

from __future__ import annotations

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from imp2art.access.rights import Action, may
from imp2art.core.actor import Actor
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import month_end
from imp2art.flows.run_audit import audit_practice
from imp2art.flows.show_register import show_register
from imp2art.flows.show_report import members_behind, show_report
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.month_page import month_page, title_of
from imp2art.web.practice.on_site import library, now, today

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_OUTCOMES = {outcome.value.replace(" ", "-"): outcome for outcome in Outcome}


@practice_page(Action.SEE_REPORT)
@require_safe
def month(request: HttpRequest, actor: Actor, practice: PracticeCode, month: str = "") -> HttpResponse:
    """The report of a month (`2026-10`), or the newest."""
    shown = show_report(actor, practice, _end_of(month) if month else None)
    if shown is None and month:
        raise Http404
    page = {
        "page": month_page(shown) if shown else None,
        "may_run": may(actor, Action.RUN_AUDIT, practice),
        "today": today(),
        "here": "month",
    }
    return render(request, "practice/month.jinja", page)


@practice_page(Action.SEE_LIST)
@require_safe
def behind(
    request: HttpRequest, actor: Actor, practice: PracticeCode, month: str, slug: str, outcome: str
) -> HttpResponse:
    """The people behind one number, in the register's order."""
    if outcome not in _OUTCOMES:
        raise Http404
    ids = set(members_behind(actor, practice, _end_of(month), slug, _OUTCOMES[outcome]))
    register = show_register(actor, practice, today())
    rows = [row for row in register.rows if row.public_id in ids]
    page = {
        "rows": rows,
        "gone": len(ids) - len(rows),
        "title": title_of(slug, _OUTCOMES[outcome]),
        "month_end": _end_of(month),
        "month": month,
        "opens": may(actor, Action.OPEN_RECORD, practice),
        "here": "month",
    }
    return render(request, "practice/behind.jinja", page)


@practice_page(Action.RUN_AUDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def run_month(request: HttpRequest, actor: Actor, practice: PracticeCode) -> HttpResponse:
    """Work the month out again from the record as it is now; earlier reports are kept."""
    if request.method == "POST":
        audit_practice(actor, practice, library(), today(), now())
    return redirect("month")


def _end_of(name: str) -> date:
    """The last day of `2026-10`; 404 for anything else."""
    match = _MONTH.fullmatch(name)
    if match is None:
        raise Http404
    year, place = (int(part) for part in match.groups())
    return month_end(date(max(year, 1), place, 1))
