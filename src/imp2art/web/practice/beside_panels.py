"""The panels beside a review's questions, for the page and for every save of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from imp2art.asthma.adherence import preventer_days_covered
from imp2art.asthma.carbon import InhalerCarbon
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.beside import (
    ReviewBeside,
    background_today,
    consider_today,
    control_today,
)
from imp2art.documents.charts.year import draw_issues
from imp2art.documents.charts.year_words import rows_of_issues
from imp2art.documents.words import phrase
from imp2art.web.design.said import plain_number
from imp2art.web.practice.control_panel import control_panel
from imp2art.web.practice.treatment_panel import treatment_panel


def panels_of(review: Review, beside: ReviewBeside) -> dict[str, Any]:
    """What the partials `control_level`, `treatment` and `issues_year` ask for.

    `treatment` is None where the site has treatment support off, which is the default.
    """
    on, level = beside.facts.on, control_today(review, beside)
    support = treatment_panel(consider_today(review, beside), level.level, on)
    return {
        "control_level": control_panel(level, background_today(review, beside), beside.not_checked, on),
        "treatment": support if settings.TREATMENT_SUPPORT else None,
        "issues": _issues(beside),
        "carbon": [_carbon(each) for each in beside.carbon if each.inhaled],
    }


def _issues(beside: ReviewBeside) -> dict[str, Any]:
    covered = preventer_days_covered(beside.year)
    told = phrase("control", "days-covered", days=covered.days, whole=covered.whole)
    if covered.not_known:
        told = f"{told} {phrase('control', 'days-not-known', count=covered.not_known)}"
    return {
        "covered": told,
        "drawing": draw_issues(beside.year),
        "rows": rows_of_issues(beside.year),
    }


def _carbon(each: InhalerCarbon) -> str:
    if each.kg is None:
        return phrase("control", "carbon-not-known", name=each.name)
    return phrase("control", "carbon-known", name=each.name, kg=plain_number(each.kg))
