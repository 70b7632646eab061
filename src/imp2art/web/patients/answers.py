"""What a patient says of their plan: read it and agree, used it in an attack or not; and closing it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from imp2art.asthma.plan.use import PlanUse
from imp2art.flows.open_shared_plan import SharedPlan, say_read, say_used
from imp2art.web.accounts.on_site import now
from imp2art.web.patients.door import behind_the_door, let_out


@require_POST
@behind_the_door
def read(request: HttpRequest, token: str, shared: SharedPlan) -> HttpResponse:
    """They have read their plan and agree with it."""
    say_read(token, now())
    return redirect("own-plan", token)


@require_POST
@behind_the_door
def used(request: HttpRequest, token: str, shared: SharedPlan) -> HttpResponse:
    """The answer to the one question after an attack; anything but an answer is asked again."""
    answer = request.POST.get("used", "")
    if answer in (PlanUse.USED, PlanUse.TRIED, PlanUse.DID_NOT_USE):
        say_used(token, PlanUse(answer), now())
        return redirect(f"{_plan(token)}?said=used")
    return redirect("own-plan", token)


@require_POST
def close(request: HttpRequest, token: str) -> HttpResponse:
    """Close the plan on this device."""
    return let_out(token)


def _plan(token: str) -> str:
    return redirect("own-plan", token)["Location"]
