"""The plan on a phone: the attack first, then how it is right now, then only what that asks for."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from imp2art.flows.open_shared_plan import NotOpened, unlock_plan
from imp2art.web.accounts.on_site import now
from imp2art.web.accounts.tries import is_one_too_many
from imp2art.web.patients.door import let_in, opened, private, show_door
from imp2art.web.patients.shown import page_of

MOST_TRIES, WINDOW = 20, 300


@require_http_methods(["GET", "HEAD", "POST"])
def own_plan(request: HttpRequest, token: str) -> HttpResponse:
    """The door, or the plan behind it."""
    if request.method == "POST":
        return _try_date(request, token)
    shared = opened(request, token)
    if shared is None:
        return show_door(request)
    return private(render(request, "patients/plan.jinja", page_of(request, token, shared)))


def _try_date(request: HttpRequest, token: str) -> HttpResponse:
    typed = {name: request.POST.get(name, "").strip()[:4] for name in ("day", "month", "year")}
    if is_one_too_many(request, "date-of-birth", MOST_TRIES, WINDOW):
        return show_door(request, "door-wait", typed)
    born = _date_of(typed)
    if born is None:
        return show_door(request, "door-date", typed)
    try:
        unlock_plan(token, born, now())
    except NotOpened:
        return show_door(request, "door-not-opened", typed)
    return let_in(token)


def _date_of(typed: dict[str, str]) -> date | None:
    try:
        return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
    except ValueError:
        return None
