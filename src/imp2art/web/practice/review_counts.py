"""How a practice's own reviews ended: with a plan, or with which reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.words import find_phrase
from imp2art.flows.count_reviews import count_reviews
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.on_site import today


@practice_page(Action.SEE_REPORT)
@require_safe
def review_counts(request: HttpRequest, actor: Actor, practice: PracticeCode) -> HttpResponse:
    """Counts of the last 12 months; no name stands here."""
    counted = count_reviews(actor, practice, today())
    page = {
        "counted": counted,
        "counts": counted.counts,
        "reasons": [
            (find_phrase("review", f"no-plan-{reason}").text, number)
            for reason, number in counted.counts.reasons
        ],
        "here": "register",
    }
    return render(request, "practice/review_counts.jinja", page)
