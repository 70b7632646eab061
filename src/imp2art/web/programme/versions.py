"""Which version of the report each practice gets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from imp2art.access.rights import Action
from imp2art.audit.reports.release import Version
from imp2art.core.actor import Actor
from imp2art.core.refusal import Refusal
from imp2art.flows.give_version import give_version
from imp2art.flows.show_programme import show_versions
from imp2art.web.accounts.actor import programme_page
from imp2art.web.accounts.on_site import now, practice_named


@programme_page(Action.GIVE_VERSION)
@require_safe
def versions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every practice with the version that it gets, and those it got before."""
    return _versions(request, actor)


def _versions(request: HttpRequest, actor: Actor, refusal: str = "") -> HttpResponse:
    shown = {
        "rows": show_versions(actor),
        "versions": tuple(Version),
        "refusal": refusal,
        "has_errors": bool(refusal),
        "here": "versions",
    }
    return render(request, "programme/versions.jinja", shown, status=422 if refusal else 200)


@programme_page(Action.GIVE_VERSION)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, actor: Actor, practice_code: str) -> HttpResponse:
    """Give a practice a version, with the reason."""
    named = request.POST.get("version", "")
    if request.method == "POST":
        try:
            if named not in set(Version):
                raise Refusal("Choose a version.")
            reason = request.POST.get("reason", "")[:300]
            give_version(actor, practice_named(practice_code), Version(named), reason, now())
        except Refusal as refusal:
            return _versions(request, actor, str(refusal))
    return redirect("versions")
