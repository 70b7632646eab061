"""The e-mail that brings a report: its headline, three lines and where to read it.

It leaves the practice, so it is made of the figures that were released with the report and of no others:
whoever reads it learns of people what those protected figures tell, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from imp2art.audit.disclosure import ProtectedFigure, ProtectedFigures
from imp2art.audit.indicator import Direction
from imp2art.audit.register import REGISTER_SLUG
from imp2art.audit.reports.chance import draw_chart, judge
from imp2art.audit.reports.headline import AFTER_ATTACK, LEAD
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport, IndicatorSeries, MonthFigure, Verdict
from imp2art.core.refusal import Refusal
from imp2art.documents.report_words import INDICATORS, fact_in_words, say
from imp2art.documents.words import month_in_words, phrase


@dataclass(frozen=True, slots=True)
class Email:
    """A message's subject and its two forms, the same words in each."""

    subject: str
    text: str
    html: str


def write_email(report: AuditReport, released: ProtectedFigures, version: Version, link: str) -> Email:
    """The message for one report and what was released with it; `link` is the report's whole address on
    the practice's own site. A message without the month's figures has no number in it.

    Raises `Refusal` for a link that is no web address.
    """
    if not link.startswith(("https://", "http://")) or any(each.isspace() for each in link):
        raise Refusal("The link to the report must be a whole web address: https://…")
    headline, *lines = _sentences(report, version, released)
    read = say("email-read" if version is Version.IMP2ART else "email-plain-read")
    rounded = say("email-rounded")
    text = "\n".join((headline, "", *(f"- {line}" for line in lines), "", read, link, "", rounded, ""))
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    html = Markup(
        '<p><strong>{}</strong></p>\n<ul>{}</ul>\n<p>{} <a href="{}">{}</a></p>\n<p>{}</p>\n'
    ).format(headline, items, read, link, link, rounded)
    subject = say("email-subject", month=month_in_words(report.as_at), practice=report.practice_name)
    return Email(" ".join(subject.split()), text, str(html))


def _sentences(report: AuditReport, version: Version, released: ProtectedFigures) -> Iterator[str]:
    if version is Version.IMP2ART and (lead := report.series_of(LEAD)) is not None:
        yield from _about_plans(lead, report.as_at, released)
        return
    register = _figure(REGISTER_SLUG, report.as_at, released)
    count = register.numerator if register else None
    yield say("email-register-few") if count is None else say("email-register", count=f"{count:,}")
    # Counts of indicators, not of people.
    yield from (fact_in_words(fact) for fact in report.plain_headline if not fact.slug)


def _about_plans(lead: IndicatorSeries, on: date, released: ProtectedFigures) -> Iterator[str]:
    plans = _figure(LEAD, on, released)
    without = _unmet(plans) if plans else None
    if plans is None or without is None:
        yield say("email-plan-few")
    else:
        yield say("email-plan", numerator=f"{plans.numerator:,}", denominator=f"{plans.denominator:,}")
        yield phrase(INDICATORS, f"verdict-{_verdict(lead.direction, released)}")
        yield say("email-without", count=f"{without:,}")
    after = _figure(AFTER_ATTACK, on, released)
    missed = _unmet(after) if after else None
    yield say("email-attack-few") if missed is None else say("email-attack", count=f"{missed:,}")


def _figure(slug: str, on: date, released: ProtectedFigures) -> ProtectedFigure | None:
    month = next((each for each in released.months if each.month_end == on), None)
    return next((each for each in month.figures if each.slug == slug), None) if month else None


def _unmet(figure: ProtectedFigure) -> int | None:
    """Those who did not meet it, of the rounded counts: their own rounding would be a third equation.

    None too where so few are left over that the rule which hides a small rest would say more of both
    counts than their rounding does.
    """
    if figure.share is None or figure.denominator is None or figure.numerator is None:
        return None
    return figure.denominator - figure.numerator


def _verdict(direction: Direction, released: ProtectedFigures) -> Verdict:
    """What the chart of the rounded counts says: that of the exact ones would tell on which side of its
    limits they lie."""
    found = [(month.month_end, _figure(LEAD, month.month_end, released)) for month in released.months]
    figures = [
        MonthFigure(on, each.denominator, each.numerator, 0, 0, "")
        for on, each in found
        if each and each.denominator is not None and each.numerator is not None
    ]
    return judge(draw_chart(figures), direction)
