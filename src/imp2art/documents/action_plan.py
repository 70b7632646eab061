"""An action plan to one page of paper: a tagged PDF, its digest and its text."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from imp2art.asthma.action_plan import ActionPlan
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal
from imp2art.documents.plan_page import write_page
from imp2art.documents.plan_text import text_of
from imp2art.documents.typesetting import DoesNotFit, typeset


@dataclass(frozen=True, slots=True)
class RenderedPlan:
    """`digest` is of `pdf`; `text` is the page as plain lines, in reading order."""

    pdf: bytes
    digest: str
    text: str


def render_plan(plan: ActionPlan) -> RenderedPlan:
    """One A4 page, the same bytes for the same plan.

    The body is 12 point, the labels and the foot 10.5. A full plan is set with less space between
    lines; one that still does not fit is refused, never cut and never run on to a second page.
    """
    page = write_page(plan)
    try:
        pdf = typeset("action_plan", asdict(page), plan.made_on)
    except DoesNotFit:
        raise Refusal(
            "The plan does not fit on one page. Shorten the goal, the triggers or the list of signs."
        ) from None
    return RenderedPlan(pdf, digest_of(pdf), text_of(page))
