"""Who asks, in which practice or for the programme: taken from the session's account, not the address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from imp2art.access.rights import Action, MayNot, check_may
from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.store.people import actor_behind

P = ParamSpec("P")
PracticeView = Callable[Concatenate[HttpRequest, Actor, PracticeCode, P], HttpResponseBase]
ProgrammeView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


# The first page of who belongs to no practice; the others of them see their account.
START_PAGES = {Role.PROGRAMME: "programme", Role.FACILITATOR: "supported", Role.RESEARCHER: "tables"}


class NotSignedIn(Exception):  # noqa: N818 - not an error: the page asks them to sign in
    """Nobody is signed in, or the account was closed since."""


def actor_of(request: HttpRequest) -> Actor:
    """The person who asks. Their account is read with every request, so that a change holds at once."""
    actor = actor_behind(request.user) if request.user.is_authenticated else None
    if actor is None:
        raise NotSignedIn
    return actor


def practice_page(action: Action) -> Callable[[PracticeView[P]], Page[P]]:
    """A page of the asker's own practice: `view(request, actor, practice, ...)`.

    Not signed in: to the sign-in page and back. `NotHere`: 404. `MayNot`: 403 with its sentence. Any
    other `Refusal` that the view lets through: 409 with its sentence. The site's root leads whoever is
    of the programme to their own start page.
    """

    def decorate(view: PracticeView[P]) -> Page[P]:
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if request.path == "/" and actor.role in START_PAGES:
                return HttpResponseRedirect(reverse(START_PAGES[actor.role]))
            practice = _practice_of(actor)
            check_may(actor, action, practice)
            return view(request, actor, practice, *args, **kwargs)

        return _answered(asked, view, action)

    return decorate


def programme_page(action: Action) -> Callable[[ProgrammeView[P]], Page[P]]:
    """A page of the programme as a whole, for who belongs to no practice: `view(request, actor, ...)`.

    It answers as `practice_page` does.
    """

    def decorate(view: ProgrammeView[P]) -> Page[P]:
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            check_may(actor, action, None)
            return view(request, actor, *args, **kwargs)

        return _answered(asked, view, action)

    return decorate


def _answered(asked: Page[P], view: Callable[..., Any], action: Action) -> Page[P]:
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return asked(request, *args, **kwargs)
        except NotSignedIn:
            return to_sign_in(request)
        except NotHere:
            raise Http404 from None
        except Refusal as refusal:
            return _refused(request, refusal)

    page.action = action  # type: ignore[attr-defined]  # the walk over all addresses reads it
    return page


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and afterwards back to the page that the person was on."""
    if request.headers.get("HX-Request"):
        here = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponse(headers={"HX-Redirect": _sign_in_address(here)})
    here = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return HttpResponseRedirect(_sign_in_address(here))


def _sign_in_address(here: str) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': here})}"


def _practice_of(actor: Actor) -> PracticeCode:
    if actor.practice is None:
        raise MayNot("This page belongs to a practice, and your account to none.")
    return actor.practice


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    allowed = not isinstance(refusal, MayNot)
    status = HTTPStatus.CONFLICT if allowed else HTTPStatus.FORBIDDEN
    template = "accounts/refused.html" if allowed else "403.html"
    context: dict[str, Any] = {"exception": str(refusal)}
    return render(request, template, context, status=status)
