"""A signed-in person's own page."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.store.practices import read_facts
from imp2art.web.accounts.actor import NotSignedIn, actor_of, to_sign_in


@require_safe
def account(request: HttpRequest) -> HttpResponseBase:
    """Who I am here, and how I sign in."""
    try:
        actor = actor_of(request)
    except NotSignedIn:
        return to_sign_in(request)
    facts = read_facts(actor.practice) if actor.practice else None
    second_factor = is_mfa_enabled(request.user)
    values = {"here": "account", "actor": actor, "facts": facts, "second_factor": second_factor}
    return render(request, "accounts/account.html", values)
