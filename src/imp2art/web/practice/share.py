"""Put the plan into the person's hand: a link shown once, its square to scan, and every form to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from imp2art.access.rights import Action
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.plan.forms.render import PlanForm, render_form
from imp2art.documents.plan.languages import offered_languages
from imp2art.documents.plan.words import ENGLISH, words_in
from imp2art.documents.qr import draw_qr
from imp2art.flows.share_plan import ShareDesk, make_link, open_plan_to_print, open_share_desk, withdraw_link
from imp2art.store.plan_links import KeptLink, LinkStep
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.on_site import new_token, now, signed_blocks, site_address


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as the page tells of it; `state` is `works`, `withdrawn`, `ended` or `locked`."""

    number: int
    version: int
    made_by: str
    made_at: datetime
    expires_at: datetime
    state: str
    opened: int
    last_opened: datetime | None
    read_at: datetime | None
    used: str


@practice_page(Action.SHARE_PLAN)
@require_safe
def share(request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str) -> HttpResponse:
    """The plan in force in each of its forms, and the links to it."""
    return _page(request, open_share_desk(actor, practice, public_id, now()))


@practice_page(Action.SHARE_PLAN)
@require_POST
def new_link(request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str) -> HttpResponse:
    """A link, shown this once: the address and a square to scan in the room."""
    token = new_token()
    desk, link = make_link(actor, practice, public_id, token, now())
    address = site_address() + reverse("own-plan", args=[token])
    square = mark_safe(draw_qr(address))  # noqa: S308 - the drawing holds squares alone
    return _page(request, desk, {"address": address, "square": square, "new": link.number})


@practice_page(Action.SHARE_PLAN)
@require_POST
def end_link(
    request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str, link: int
) -> HttpResponse:
    """Withdraw a link: it opens nothing from now on."""
    withdraw_link(actor, practice, public_id, link, now())
    return redirect("share", public_id)


@practice_page(Action.SHARE_PLAN)
@require_safe
def plan_form(
    request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str, version: int, form: str
) -> HttpResponse:
    """One of the plan's other forms, in a language that is offered; no copy stays in the browser."""
    if form not in set(PlanForm):
        raise Http404
    language = request.GET.get("language", "en")
    plan = open_plan_to_print(actor, practice, public_id, version, form, now())
    words = words_in(language, signed_blocks()) if language in dict(_languages()) else ENGLISH
    pdf = render_form(plan, PlanForm(form), words, site_address())
    name = f"asthma-plan-{form}-version-{version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _page(request: HttpRequest, desk: ShareDesk, made: dict[str, object] | None = None) -> HttpResponse:
    page = {
        "desk": desk,
        "patient": desk.patient,
        "forms": tuple(PlanForm),
        "languages": _languages(),
        "links": [_row(link, now()) for link in desk.links],
        "here": "register",
        "form_words": {form: ENGLISH.say(f"form-{form}") for form in PlanForm},
    }
    answer = render(request, "practice/share.jinja", page | (made or {}))
    answer["Cache-Control"] = "no-store"
    return answer


def _languages() -> tuple[tuple[str, str], ...]:
    offered = offered_languages(signed_blocks())
    return (("en", "English"), *((each.language, each.english_name) for each in offered))


def _row(link: KeptLink, at: datetime) -> LinkRow:
    opened, read = link.when(LinkStep.OPENED), link.when(LinkStep.READ)
    answers = [step for step in link.steps if step.step in _ANSWERS]
    return LinkRow(
        number=link.number,
        version=link.version,
        made_by=link.made_by,
        made_at=link.made_at,
        expires_at=link.expires_at,
        state=_state(link, at),
        opened=len(opened),
        last_opened=opened[-1].at if opened else None,
        read_at=read[-1].at if read else None,
        used=_ANSWERS[answers[-1].step] if answers else "",
    )


_ANSWERS = {
    LinkStep.USED: "used the plan in an attack",
    LinkStep.TRIED: "tried to use the plan in an attack",
    LinkStep.DID_NOT_USE: "did not use the plan in an attack",
}


def _state(link: KeptLink, at: datetime) -> str:
    if link.when(LinkStep.WITHDRAWN):
        return "withdrawn"
    if at >= link.expires_at:
        return "ended"
    return "works" if link.works_at(at) else "locked"
