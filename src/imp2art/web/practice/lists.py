"""The people behind a number of the report, and working their list: several at once, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from imp2art.access.rights import Action, may
from imp2art.audit.reports.list_mark import LONGEST_REASON, Mark
from imp2art.audit.reports.reading import Opened
from imp2art.core.actor import Actor
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.flows.show_report import show_list
from imp2art.flows.work_list import mark_people
from imp2art.store.list_marks import NewMark
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.list_page import ListPage, list_page
from imp2art.web.practice.month_page import title_of
from imp2art.web.practice.on_site import now
from imp2art.web.practice.opened import note_opened

OUTCOMES = {outcome.value.replace(" ", "-"): outcome for outcome in Outcome}


@practice_page(Action.SEE_LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def behind(
    request: HttpRequest, actor: Actor, practice: PracticeCode, month: str, slug: str, outcome: str
) -> HttpResponse:
    """The people behind one number, in the register's order; a post ticks a page or marks those ticked."""
    if outcome not in OUTCOMES:
        raise Http404
    shown, number = request.GET.get("show", "all"), request.GET.get("page", "1")
    report = show_list(actor, practice, end_of_month_named(month), slug)
    found = report.behind(slug, OUTCOMES[outcome])
    note_opened(request, actor, practice, report, Opened.LIST, slug)
    marks = request.method == "POST" and "tick" not in request.POST
    wrong = _mark(request, actor, practice, slug) if marks else ""
    page = list_page(actor, practice, month, found, title_of(slug, OUTCOMES[outcome]), shown, number)
    if marks and not wrong:
        return HttpResponseRedirect(f"{reverse('behind', args=[month, slug, outcome])}?{page.query}")
    values = _values(request, actor, practice, page, wrong)
    return render(request, "practice/behind.jinja", values, status=422 if wrong else 200)


def _mark(request: HttpRequest, actor: Actor, practice: PracticeCode, slug: str) -> str:
    """Do what the pressed button says; what is wrong, or nothing."""
    if request.POST.get("do") not in set(Mark):
        return "Choose what to do with the people that you ticked."
    mark = Mark(request.POST["do"])
    reason = request.POST.get("reason", "").strip() if mark is Mark.NOT_APPROPRIATE else ""
    assignee = request.POST.get("assignee", "") if mark is Mark.ASSIGNED else ""
    try:
        mark_people(
            actor,
            practice,
            request.POST.getlist("person"),
            NewMark(slug, mark, reason, assignee),
            now(),
            _instant_of(request.POST.get("seen", "")),
        )
    except NotHere:
        raise
    except Refusal as refusal:
        return str(refusal)
    return ""


def _instant_of(text: str) -> datetime | None:
    """When the list was looked at, as its page says; None where it says nothing that can be read."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _ticked(request: HttpRequest, page: ListPage) -> Sequence[str]:
    """Everyone on the page or nobody, where a button said so; else those who were ticked."""
    match request.POST.get("tick"):
        case "page":
            return page.public_ids
        case "nobody":
            return ()
    return request.POST.getlist("person")


def _values(
    request: HttpRequest, actor: Actor, practice: PracticeCode, page: ListPage, wrong: str
) -> dict[str, object]:
    return {
        "page": page,
        "seen": now().isoformat(),
        "ticked": _ticked(request, page),
        "reason": request.POST.get("reason", "")[:LONGEST_REASON],
        "assignee": request.POST.get("assignee", ""),
        "wrong": wrong,
        "has_errors": bool(wrong),
        "longest_reason": LONGEST_REASON,
        "me": actor.id,
        "opens": may(actor, Action.OPEN_RECORD, practice),
        "works": may(actor, Action.WORK_LIST, practice),
        "here": "month",
    }
