"""An action plan to one page of paper: a tagged PDF, its digest and its text."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.family import PlanCopy
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.mark import write_mark
from imp2art.documents.plan.notices import notices_of
from imp2art.documents.plan.page import PlanPage, write_page
from imp2art.documents.plan.text import text_of
from imp2art.documents.plan.words import ENGLISH, PlanWords
from imp2art.documents.typesetting import DoesNotFit, typeset

# A page of `_FULL` letters needs the least air; `_PER_SHARE` fewer leave room for the most (the examples).
_FULL, _PER_SHARE, _MOST_GUESSED = 2500, 1200, 0.8
_LONG_WORD = re.compile(r"\S{28,}")
_ONE_SIDE = re.compile(rb"/Type ?/Pages ?/Count 1\b")


@dataclass(frozen=True, slots=True)
class RenderedPlan:
    """`digest` is of `pdf`; `text` is the page as plain lines, in reading order."""

    pdf: bytes
    digest: str
    text: str


def render_plan(
    plan: ActionPlan,
    words: PlanWords = ENGLISH,
    site: str = "",
    *,
    black_and_white: bool = False,
    copy: PlanCopy = PlanCopy.OWN,
) -> RenderedPlan:
    """One A4 page, the same bytes for the same plan; `site` is the address that its code is asked at.

    The body is 12 point, the labels and the foot 10.5. A full plan is set with less space between
    lines; one that still does not fit is refused, never cut and never run on to a second page.
    """
    page = write_page(plan, words, copy)
    values = page_values(plan, page, words, site) | {"black_and_white": black_and_white}
    text = text_of(page, values["notices"])
    values["long_words"] = _LONG_WORD.search(text) is not None
    pdf = _quickly(values, text, plan.made_on) or typeset_page(values, plan.made_on)
    return RenderedPlan(pdf, digest_of(pdf), text)


def _quickly(values: dict[str, Any], text: str, made_on: date) -> bytes | None:
    """The page set once with guessed air, or None where it would not be one side: then it is measured.

    The guess rests on the words alone, so that the same plan gives the same bytes.
    """
    if values["language"] != "en" or values["notices"]:
        return None
    pdf = typeset("action_plan", {**values, "air": _guess(text)}, made_on)
    return pdf if _ONE_SIDE.search(pdf) else None


def _guess(text: str) -> float:
    """The share of the most air, from 0 to 1: less for a page of more letters."""
    return round(min(max((_FULL - len(text)) / _PER_SHARE, 0.0), _MOST_GUESSED), 2)


def page_values(plan: ActionPlan, page: PlanPage, words: PlanWords, site: str) -> dict[str, Any]:
    """What a template of the plan is given: the page, its notices, and the mark of its code."""
    mark = write_mark(plan, site, words)
    values = {
        **asdict(page),
        "mark": asdict(mark) if mark else None,
        "black_and_white": False,
        "is_draft": words.is_draft,
    }
    return {**values, "notices": notices_of(values, words)}


def typeset_page(values: dict[str, Any], made_on: date) -> bytes:
    """The A4 page of these values; `Refusal` where they do not fit on it."""
    try:
        return typeset("action_plan", values, made_on)
    except DoesNotFit:
        raise Refusal(
            "The plan does not fit on one page. Shorten the goal, the triggers or the list of signs."
        ) from None
