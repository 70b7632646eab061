"""Whether a copy of a plan is the newest one: asked with its code by anyone, told nothing else (H-02)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_default_timezone
from django.views.decorators.http import require_safe

from imp2art.documents.plan.words import ENGLISH
from imp2art.flows.check_currency import check_currency
from imp2art.web.accounts.tries import is_one_too_many

MOST_CODES, WINDOW = 60, 60  # a practice checks a waiting room's plans from one address


@require_safe
def ask_code(request: HttpRequest) -> HttpResponse:
    """The form, or the answer to the code that it sent."""
    typed = request.GET.get("code", "")
    return current(request, typed) if typed.strip() else _page(request, {})


@require_safe
def current(request: HttpRequest, code: str) -> HttpResponse:
    """One of three answers, each with the same frame: current, replaced on a day, not known."""
    if is_one_too_many(request, "code", MOST_CODES, WINDOW):
        return _page(request, {"wait": True}, HTTPStatus.TOO_MANY_REQUESTS)
    return _page(request, {"currency": check_currency(code, get_default_timezone())})


def _page(request: HttpRequest, values: dict[str, object], status: int = HTTPStatus.OK) -> HttpResponse:
    page = {"say": ENGLISH.say, "wait": False, "currency": None} | values
    answer = render(request, "public/current.jinja", page, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
