"""Every practice's month: what is late and why, what to look at, and one click to release many."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from imp2art.access.rights import Action
from imp2art.audit.reports.report_clock import Cause, Step
from imp2art.core.actor import Actor
from imp2art.core.refusal import Refusal
from imp2art.flows.compare_practices import compare_released
from imp2art.flows.keep_clock import check_is_open, note_delay, note_run
from imp2art.flows.release_reports import hold_back, release_reports, resume_report
from imp2art.flows.run_audit import audit_practice
from imp2art.flows.show_programme import show_practice_month, show_programme
from imp2art.web.accounts.actor import programme_page
from imp2art.web.accounts.on_site import library, now, practice_named, today
from imp2art.web.design.months import end_of_month_named

_POST_ONLY = require_http_methods(["GET", "HEAD", "POST"])  # whoever comes by a link is led to the page


@programme_page(Action.SEE_PROGRAMME)
@require_safe
def month(request: HttpRequest, actor: Actor, month: str = "") -> HttpResponse:
    """A month of all practices, most urgent first."""
    page = show_programme(actor, today(), end_of_month_named(month) if month else None)
    return render(request, "programme/month.jinja", {"page": page, "today": today(), "here": "programme"})


@programme_page(Action.RELEASE_REPORTS)
@_POST_ONLY
def release(request: HttpRequest, actor: Actor, month: str) -> HttpResponse:
    """Check and release the ticked practices; each is released, or refused with its reason."""
    end = end_of_month_named(month)
    if request.method != "POST":
        return redirect("programme-month", month)
    ticked = [practice_named(code) for code in dict.fromkeys(request.POST.getlist("practice"))]
    endings = release_reports(actor, ticked, end, now(), today())
    compare_released(actor, [each.practice for each in endings if not each.refusal], now())
    shown = {"endings": endings, "month_end": end, "here": "programme"}
    return render(request, "programme/released.jinja", shown)


@programme_page(Action.SEE_PROGRAMME)
@require_safe
def one_practice(request: HttpRequest, actor: Actor, month: str, practice_code: str) -> HttpResponse:
    """One practice's month: its clock line by line, its checks, and what can be done."""
    return _one_practice(request, actor, month, practice_code)


def _one_practice(
    request: HttpRequest, actor: Actor, month: str, practice_code: str, refusal: str = ""
) -> HttpResponse:
    row = show_practice_month(actor, practice_named(practice_code), end_of_month_named(month), today())
    shown = {
        "row": row,
        "month": month,
        "today": today(),
        "causes": tuple(Cause),
        "refusal": refusal,
        "has_errors": bool(refusal),
        "here": "programme",
    }
    return render(request, "programme/practice.jinja", shown, status=422 if refusal else 200)


@programme_page(Action.SEE_PROGRAMME)
@_POST_ONLY
def cause(request: HttpRequest, actor: Actor, month: str, practice_code: str) -> HttpResponse:
    """Name why the month is late and who sees to it."""
    practice, end = practice_named(practice_code), end_of_month_named(month)
    if request.method == "POST":
        row = show_practice_month(actor, practice, end, today())
        of = Step(request.POST.get("step", "")) if request.POST.get("step") in set(Step) else None
        try:
            if of not in {late.step for late in row.late} or of is None:
                raise Refusal("Say which late step this is the cause of.")
            note_delay(actor, practice, end, now(), of, *_cause_of(request))
        except Refusal as refusal:
            return _one_practice(request, actor, month, practice_code, str(refusal))
    return redirect("practice-month", month, practice_code)


@programme_page(Action.RELEASE_REPORTS)
@_POST_ONLY
def hold(request: HttpRequest, actor: Actor, month: str, practice_code: str) -> HttpResponse:
    """Keep the report back, with a cause and an owner."""
    if request.method == "POST":
        practice, end = practice_named(practice_code), end_of_month_named(month)
        try:
            hold_back(actor, practice, end, now(), *_cause_of(request))
        except Refusal as refusal:
            return _one_practice(request, actor, month, practice_code, str(refusal))
    return redirect("practice-month", month, practice_code)


@programme_page(Action.RELEASE_REPORTS)
@_POST_ONLY
def resume(request: HttpRequest, actor: Actor, month: str, practice_code: str) -> HttpResponse:
    """Hold the report back no longer."""
    if request.method == "POST":
        resume_report(actor, practice_named(practice_code), end_of_month_named(month), now())
    return redirect("practice-month", month, practice_code)


@programme_page(Action.SEE_PROGRAMME)
@_POST_ONLY
def run_again(request: HttpRequest, actor: Actor, month: str, practice_code: str) -> HttpResponse:
    """Make the month's report again by hand; someone else must then check it."""
    practice, end = practice_named(practice_code), end_of_month_named(month)
    show_practice_month(actor, practice, end, today())  # 404 where no clock runs
    if request.method == "POST":
        check_is_open(practice, end)
        audit_practice(actor, practice, library(), end, now())
        note_run(actor, practice, end, now())
    return redirect("practice-month", month, practice_code)


def _cause_of(request: HttpRequest) -> tuple[Cause, str, str]:
    named = request.POST.get("cause", "")
    if named not in set(Cause):
        raise Refusal("Choose the cause.")
    return Cause(named), request.POST.get("owner", "")[:200], request.POST.get("words", "")[:300]
