"""One person's page, and who has opened it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action, may
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.charts.year import draw_year
from imp2art.documents.charts.year_words import rows_of_year
from imp2art.flows.open_record import open_record, who_has_seen
from imp2art.flows.work_list import marks_about
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.on_site import library, now, today
from imp2art.web.practice.trail import visits


@practice_page(Action.OPEN_RECORD)
@require_safe
def person(request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str) -> HttpResponse:
    """The year drawn and told, what stands out and why, the plan in force, and what to do next."""
    opened = open_record(actor, practice, public_id, library(), today(), now())
    page = {
        "opened": opened,
        "today": today(),
        "drawing": mark_safe(draw_year(opened.year)),  # noqa: S308 - the drawing escapes every word in it
        "rows": rows_of_year(opened.year),
        "sees_trail": may(actor, Action.SEE_AUDIT_TRAIL, practice),
        "marks": marks_about(actor, practice, public_id, today()),
        "here": "register",
    }
    return render(request, "practice/person.jinja", page)


@practice_page(Action.SEE_AUDIT_TRAIL)
@require_safe
def seen(request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str) -> HttpResponse:
    """Who opened or changed this record. Names nobody: a manager may see it who may not see the record."""
    events = who_has_seen(actor, practice, public_id)
    return render(
        request,
        "practice/seen.jinja",
        {
            "visits": visits(events),
            "public_id": public_id,
            "opens": may(actor, Action.OPEN_RECORD, practice),
            "here": "register",
        },
    )
