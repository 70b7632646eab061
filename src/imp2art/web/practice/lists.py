"""The people behind a number of the report, and working their list: several at once, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

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
from imp2art.flows.show_register import OffRegister, RegisterRow, show_off_register, show_register
from imp2art.flows.show_report import ListBehind, show_list
from imp2art.flows.work_list import Worked, is_seen_to, mark_people, show_marks
from imp2art.store.list_marks import KeptMark, NewMark
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.month_page import title_of
from imp2art.web.practice.on_site import now, today
from imp2art.web.practice.opened import note_opened

OUTCOMES = {outcome.value.replace(" ", "-"): outcome for outcome in Outcome}
# What a reader can narrow the list to, in the order of the page.
SHOWN: Mapping[str, Callable[[KeptMark | None, Actor], bool]] = {
    "all": lambda mark, actor: True,
    "open": lambda mark, actor: not is_seen_to(mark),
    "mine": lambda mark, actor: mark is not None and not is_seen_to(mark) and mark.assignee == actor.id,
    "seen-to": lambda mark, actor: is_seen_to(mark),
}


@dataclass(frozen=True, slots=True)
class ListPage:
    """`rows` are those of `shown`; `counts` are people by what they can be narrowed to. `met_since` were
    on the list and have left it by the newest figures; `gone` are not in the newest extract."""

    title: str
    month: str
    month_end: date
    total: int
    gone: int
    met_since: int
    counts: Mapping[str, int]
    shown: str
    rows: tuple[RegisterRow | OffRegister, ...]
    worked: Worked


@practice_page(Action.SEE_LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def behind(
    request: HttpRequest, actor: Actor, practice: PracticeCode, month: str, slug: str, outcome: str
) -> HttpResponse:
    """The people behind one number, in the register's order; a post marks those that are ticked."""
    if outcome not in OUTCOMES:
        raise Http404
    shown = request.GET.get("show", "all")
    report = show_list(actor, practice, end_of_month_named(month), slug)
    found = report.behind(slug, OUTCOMES[outcome])
    note_opened(request, actor, practice, report, Opened.LIST, slug)
    wrong = ""
    if request.method == "POST":
        wrong = _mark(request, actor, practice, slug)
        if not wrong:
            address = reverse("behind", args=[month, slug, outcome])
            return HttpResponseRedirect(f"{address}?show={shown}" if shown in SHOWN else address)
    page = _page(actor, practice, month, found, title_of(slug, OUTCOMES[outcome]), shown)
    return render(
        request,
        "practice/behind.jinja",
        _values(request, actor, practice, page, wrong),
        status=422 if wrong else 200,
    )


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


def _page(
    actor: Actor, practice: PracticeCode, month: str, found: ListBehind, title: str, shown: str
) -> ListPage:
    worked = show_marks(actor, practice, found.slug, today())
    register = show_register(actor, practice, today())
    here: tuple[RegisterRow | OffRegister, ...] = (
        *(row for row in register.rows if row.public_id in found.public_ids),
        *show_off_register(actor, practice, found.public_ids, today()),
    )
    rows = tuple(row for row in here if row.public_id not in found.met_since)
    shown = shown if shown in SHOWN else "all"
    narrowed = {
        name: tuple(row for row in rows if belongs(worked.marks.get(row.public_id), actor))
        for name, belongs in SHOWN.items()
    }
    return ListPage(
        title=title,
        month=month,
        month_end=end_of_month_named(month),
        total=len(here),
        gone=len(found.public_ids) - len(here),
        met_since=len(here) - len(rows),
        counts={name: len(each) for name, each in narrowed.items()},
        shown=shown,
        rows=narrowed[shown],
        worked=worked,
    )


def _values(
    request: HttpRequest, actor: Actor, practice: PracticeCode, page: ListPage, wrong: str
) -> dict[str, object]:
    return {
        "page": page,
        "seen": now().isoformat(),
        "ticked": request.POST.getlist("person"),
        "reason": request.POST.get("reason", "")[:LONGEST_REASON],
        "wrong": wrong,
        "has_errors": bool(wrong),
        "longest_reason": LONGEST_REASON,
        "me": actor.id,
        "opens": may(actor, Action.OPEN_RECORD, practice),
        "works": may(actor, Action.WORK_LIST, practice),
        "here": "month",
    }
