"""One person's last two years beside the message: whoever of the people it ends with needs someone first.

It stands on pages of the practice alone. The PDF and the e-mail may leave the practice, so it is in neither.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.charts.year import draw_year
from imp2art.documents.charts.year_words import YearRow, rows_of_year, year_title
from imp2art.flows.show_one_year import OneYear, show_one_year
from imp2art.flows.show_report import ShownReport
from imp2art.web.practice.month_page import Link, lead_of, link_of_fact
from imp2art.web.practice.on_site import library, now, today


@dataclass(frozen=True, slots=True)
class YearBeside:
    """The list that the message leads to, and the years of its first; None where all of it have left.

    `span` says from which month to which they are drawn.
    """

    lead: Link
    found: OneYear | None
    span: str
    drawing: Markup
    rows: tuple[YearRow, ...]


def year_beside(actor: Actor, practice: PracticeCode, shown: ShownReport) -> YearBeside | None:
    """What is drawn beside this report's message; None where it leads to nobody. It is kept who saw it."""
    lead = lead_of(shown)
    link = link_of_fact(lead) if lead else None
    if lead is None or lead.outcome is None or link is None:
        return None
    behind = shown.behind(lead.slug, lead.outcome)
    still_there = behind.public_ids - behind.met_since
    found = show_one_year(actor, practice, still_there, library(), today(), now())
    if found is None:
        return YearBeside(link, None, "", Markup(), ())
    drawing = Markup(draw_year(found.year))  # noqa: S704 - the drawing escapes every word in it
    return YearBeside(link, found, year_title(found.year), drawing, rows_of_year(found.year))
