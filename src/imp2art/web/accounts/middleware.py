"""How long a session lasts, and that no page of a signed-in person is kept by browser or proxy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

# NHS login's rule, taken for staff as well: trust fact file S-10 (30 minutes idle, 12 hours in all).
IDLE = timedelta(minutes=30)
IN_ALL = timedelta(hours=12)
# A visit is written down at most this often: each line is a write that all other readers wait for. A
# session may so end up to this much sooner, and never later.
NOTED_EVERY = timedelta(seconds=30)
_BEGAN, _SEEN = "began_at", "seen_at"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def start_clock(request: HttpRequest, at: datetime) -> None:
    """A session begins now."""
    request.session[_BEGAN] = request.session[_SEEN] = at.timestamp()


class SessionLimits:
    """End a session that was idle too long or is too old; the page then asks to sign in again."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            _end_or_go_on(request, timezone.now())
        return self._get_response(request)


class PrivatePages:
    """`no-store` on all that a signed-in person is shown, and no use of camera, place or microphone."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if request.user.is_authenticated or request.COOKIES:
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        return response


def _end_or_go_on(request: HttpRequest, at: datetime) -> None:
    began, seen = request.session.get(_BEGAN), request.session.get(_SEEN)
    if began is None or seen is None:
        logout(request)  # no clock: not a session that we began
    elif _since(seen, at) >= IDLE or _since(began, at) >= IN_ALL:
        logout(request)
    elif _since(seen, at) >= NOTED_EVERY:
        request.session[_SEEN] = at.timestamp()


def _since(then: float, at: datetime) -> timedelta:
    return timedelta(seconds=at.timestamp() - then)
