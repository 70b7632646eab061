"""The door of a patient's page: a date of birth opens it on this device for half a day.

A signed cookie says that the date was given; it holds the digest of the link's token and nothing about the
person, is sent to this link's own addresses only, and opens nothing once the link has ended.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from imp2art.core.digest import digest_of
from imp2art.documents.plan.words import ENGLISH
from imp2art.flows.open_shared_plan import NotOpened, SharedPlan, open_shared_plan
from imp2art.web.accounts.on_site import library, now, today

P = ParamSpec("P")
PlanView = Callable[Concatenate[HttpRequest, str, SharedPlan, P], HttpResponse]
Page = Callable[..., HttpResponse]

OPEN_FOR = timedelta(hours=12)
COOKIE = "__Secure-imp2art-plan" if settings.SECURE else "imp2art-plan"
_SALT = "imp2art.own-plan"


def behind_the_door(view: PlanView[P]) -> Page:
    """A page of the open plan: `view(request, token, shared, ...)`. Who has not given the date is sent to
    the door; a link that has ended since shows it again.
    """

    @wraps(view)
    def page(request: HttpRequest, /, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        shared = opened(request, token)
        if shared is None:
            return private(redirect("own-plan", token))
        return private(view(request, token, shared, *args, **kwargs))

    return page


def opened(request: HttpRequest, token: str) -> SharedPlan | None:
    """The plan, where this device gave the date of birth and the link still works."""
    cookie = request.COOKIES.get(COOKIE, "")
    try:
        digest = signing.TimestampSigner(salt=_SALT).unsign(cookie, max_age=OPEN_FOR)
        return open_shared_plan(token, library(), today(), now()) if digest == _digest(token) else None
    except (signing.BadSignature, NotOpened):
        return None


def show_door(request: HttpRequest, problem: str = "", typed: dict[str, str] | None = None) -> HttpResponse:
    """The red box, then the question. Every link shows the same door, with a plan behind it or not."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    page = {"say": ENGLISH.say, "problem": problem, "typed": typed or {}, "has_errors": bool(problem)}
    return private(render(request, "patients/door.jinja", page, status=status))


def let_in(token: str) -> HttpResponse:
    """To the plan, with the cookie that opens it."""
    answer = redirect("own-plan", token)
    answer.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=_SALT).sign(_digest(token)),
        max_age=OPEN_FOR,
        path=reverse("own-plan", args=[token]),
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return private(answer)


def let_out(token: str) -> HttpResponse:
    """Back to the closed door."""
    answer = redirect("own-plan", token)
    answer.delete_cookie(COOKIE, path=reverse("own-plan", args=[token]), samesite="Lax")
    return private(answer)


def private(answer: HttpResponse) -> HttpResponse:
    """Nothing of it is kept by browser or proxy."""
    answer["Cache-Control"] = "no-store"
    return answer


def _digest(token: str) -> str:
    return digest_of(token.encode())
