"""The practices that a facilitator supports: clocks, protected figures, whether reports are read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from imp2art.access.rights import Action
from imp2art.core.actor import Actor
from imp2art.documents.charts.funnel import draw_funnel, rows_of_funnel
from imp2art.documents.report_words import funnel_in_words
from imp2art.flows.show_supported import SupportedPractice, show_one_supported, show_supported
from imp2art.web.accounts.actor import programme_page
from imp2art.web.accounts.on_site import practice_named, today
from imp2art.web.design.said_of_reports import title_in_words


@programme_page(Action.SEE_SUPPORTED)
@require_safe
def supported(request: HttpRequest, actor: Actor) -> HttpResponse:
    """My practices, those whose month is late first."""
    shown = {"page": show_supported(actor, today()), "today": today(), "here": "supported"}
    return render(request, "facilitator/supported.jinja", shown)


@programme_page(Action.SEE_SUPPORTED)
@require_safe
def one_supported(request: HttpRequest, actor: Actor, practice_code: str) -> HttpResponse:
    """One of my practices: every protected figure of its newest released month."""
    row = show_one_supported(actor, practice_named(practice_code), today())
    shown = {"row": row, "funnels": _funnels(row), "today": today(), "here": "supported"}
    return render(request, "facilitator/one.jinja", shown)


def _funnels(row: SupportedPractice) -> list[dict[str, Any]]:
    """Each comparison as a drawing with its table."""
    return [
        {
            "slug": slug,
            # The drawing escapes every word in it.
            "drawing": Markup(draw_funnel(compared, title_in_words(slug))),  # noqa: S704
            "rows": rows_of_funnel(compared),
            "practices": len(compared.points),
            "month": compared.month_end,
            "sentences": tuple(funnel_in_words(compared)),
        }
        for slug, compared in row.comparisons
    ]
