"""The page that renews a plan: last year's with only what changed open, or a first one from the inhalers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from imp2art.access.rights import Action
from imp2art.asthma.plan.action_plan import ActionPlan, Gap, PointAction
from imp2art.asthma.plan.check import check_plan
from imp2art.asthma.plan.family import classify_family
from imp2art.asthma.plan.suggestions import suggest_numbers
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.flows.renew_plan import NotRenewed, Renewal, RenewalDesk, open_renewal, renew_plan
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.said import gap_in_words
from imp2art.web.design.said_of_plans import renewal_words
from imp2art.web.practice.fields import FieldError, Sent
from imp2art.web.practice.form import Form, Texts
from imp2art.web.practice.offered import offered_for
from imp2art.web.practice.on_site import library, new_currency_code, new_key, now, site_address, today
from imp2art.web.practice.plan_choices import plan_choices
from imp2art.web.practice.plan_form import plan_from, texts_of_plan
from imp2art.web.practice.review.gap_fields import field_of_gap
from imp2art.web.practice.review.prefilled import plan_sources, suggested_numbers
from imp2art.web.practice.review.so_far import plan_parts

_KEY = re.compile(r"[0-9a-f]{32}")
_ASKED = {"plan_acknowledged": "ask-acknowledged", "plan_teach_back": "ask-teach-back"}
# The folded parts of the page, by how the names of their fields begin; all else stands in the last one.
_GROUPS = {
    "every-day": (
        "regimen",
        "basis",
        "preventer",
        "morning",
        "evening",
        "reliever",
        "max_",
        "best_",
        "spacer",
    ),
    "worse": ("point_",),
    "attack": ("attack_",),
}
_GROUP_OF_CHANGE = {"action-point": "worse", "emergency": "attack", "best-peak-flow": "every-day"}


@dataclass(frozen=True, slots=True)
class ReadRenewal:
    """What the form said, and what could not be read."""

    plan: ActionPlan
    texts: Texts
    errors: tuple[FieldError, ...]


@practice_page(Action.ISSUE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str) -> HttpResponse:
    """Shown; a number of guidance taken over; or issued. Pressed twice it issues once."""
    desk = open_renewal(actor, practice, public_id, library(), today(), now())
    if request.method != "POST":
        return _shown(request, desk, _read(texts_of_plan(desk.began.plan), desk), new_key())
    key = request.POST.get("key", "")
    key = key if _KEY.fullmatch(key) else new_key()
    read = _read({name: tuple(request.POST.getlist(name)) for name in request.POST}, desk)
    if "issue" not in request.POST:
        return _shown(request, desk, _with_number(read, request.POST.get("use", ""), desk), key)
    unasked = _unasked(read)
    if read.errors or unasked:
        wrong = (*read.errors, *_gaps(read.plan), *unasked)
        return _shown(request, desk, replace(read, errors=wrong), key, failed=True)
    try:
        signed = Renewal(public_id, key, read.plan, new_currency_code(), site_address())
        kept = renew_plan(actor, practice, signed, library(), today(), now())
    except NotRenewed as refusal:
        return _shown(request, desk, replace(read, errors=_fields(refusal.gaps)), key, failed=True)
    return redirect("finished", public_id, kept.review_id)


def _read(texts: Texts, desk: RenewalDesk) -> ReadRenewal:
    sent = Sent(texts)
    begun = desk.began.plan
    plan = plan_from(sent, begun, offered_for(begun, begun, desk.medicines, library()))
    return ReadRenewal(plan, texts, tuple(dict.fromkeys(sent.errors)))


def _with_number(read: ReadRenewal, field: str, desk: RenewalDesk) -> ReadRenewal:
    """The form with one number of guidance in its field, as the signer pressed."""
    number = suggested_numbers(suggest_numbers(read.plan, library())).get(field)
    return _read({**read.texts, field: (number,)}, desk) if number else read


def _unasked(read: ReadRenewal) -> tuple[FieldError, ...]:
    """The person's own answers: a plan is not issued before they were asked (H-15)."""
    names = [name for name in _ASKED if not any(read.texts.get(name, ()))]
    return tuple(FieldError(name, renewal_words(_ASKED[name])) for name in names)


def _gaps(plan: ActionPlan) -> tuple[FieldError, ...]:
    return _fields(check_plan(plan, library()))


def _fields(gaps: Iterable[Gap]) -> tuple[FieldError, ...]:
    return tuple(FieldError(field_of_gap(gap), gap_in_words(gap)) for gap in gaps)


def _shown(
    request: HttpRequest, desk: RenewalDesk, read: ReadRenewal, key: str, *, failed: bool = False
) -> HttpResponse:
    """The page; with what to mend on top where it was to be issued and could not be."""
    plan, on = read.plan, today()
    gaps = _gaps(plan)
    suggested = suggested_numbers(suggest_numbers(plan, library()))
    offered = offered_for(plan, desk.began.plan, desk.medicines, library())
    page = {
        "desk": desk,
        "key": key,
        "form": Form(read.texts, read.errors, plan_sources(desk.began, texts_of_plan(plan), on), suggested),
        "parts": plan_parts(plan),
        "gaps": gaps,
        "open": _open_groups(desk, (*gaps, *read.errors)),
        "family": classify_family(plan.regimen, plan.person.born, on),
        "asks_steroids": any(
            point.action is PointAction.START_STEROID_TABLETS for point in plan.action_points
        ),
        "today": on,
        "here": "register",
        **plan_choices(plan, offered),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK
    return render(request, "practice/renew.jinja", page, status=status)


def _open_groups(desk: RenewalDesk, errors: Iterable[FieldError]) -> frozenset[str]:
    """The parts to show unfolded: those that changed, that lack something, or all of a first plan."""
    if desk.previous is None:
        return frozenset((*_GROUPS, "call"))
    changed = (
        "every-day" if change.field.startswith("usual-") else _GROUP_OF_CHANGE.get(change.field, "call")
        for change in desk.changes
    )
    beside = ("steroids_considered", *_ASKED)  # asked beside the issue button: nothing is unfolded for them
    wrong = (_group_of(error.field) for error in errors if error.field not in beside)
    return frozenset((*changed, *wrong))


def _group_of(field: str) -> str:
    return next((group for group, starts in _GROUPS.items() if field.startswith(starts)), "call")
