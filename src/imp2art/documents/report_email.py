"""The e-mail that brings a report: its headline, three lines and where to read it.

It leaves the practice, so every count of people in it is rounded to 5 and one of 7 or fewer is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from imp2art.audit.disclosure.rounding import shown
from imp2art.audit.register import REGISTER_SLUG
from imp2art.audit.reports.headline import AFTER_ATTACK, LEAD
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport, IndicatorSeries
from imp2art.core.refusal import Refusal
from imp2art.documents.report_words import INDICATORS, fact_in_words, say
from imp2art.documents.words import month_in_words, phrase


@dataclass(frozen=True, slots=True)
class Email:
    """A message's subject and its two forms, the same words in each."""

    subject: str
    text: str
    html: str


def write_email(report: AuditReport, version: Version, link: str) -> Email:
    """The message for one report; `link` is the report's whole address on the practice's own site.

    Raises `Refusal` for a link that is no web address.
    """
    if not link.startswith(("https://", "http://")) or any(each.isspace() for each in link):
        raise Refusal("The link to the report must be a whole web address: https://…")
    headline, *lines = _sentences(report, version)
    read = say("email-read" if version is Version.IMP2ART else "email-plain-read")
    rounded = say("email-rounded")
    text = "\n".join((headline, "", *(f"- {line}" for line in lines), "", read, link, "", rounded, ""))
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    html = Markup(
        '<p><strong>{}</strong></p>\n<ul>{}</ul>\n<p>{} <a href="{}">{}</a></p>\n<p>{}</p>\n'
    ).format(headline, items, read, link, link, rounded)
    subject = say("email-subject", month=month_in_words(report.as_at), practice=report.practice_name)
    return Email(" ".join(subject.split()), text, str(html))


def _sentences(report: AuditReport, version: Version) -> Iterator[str]:
    if version is Version.IMP2ART and (lead := report.series_of(LEAD)) is not None:
        yield from _about_plans(report, lead)
        return
    register = report.series_of(REGISTER_SLUG)
    count = None if register is None else shown(register.newest.numerator)
    yield say("email-register-few") if count is None else say("email-register", count=f"{count:,}")
    # Counts of indicators, not of people.
    yield from (fact_in_words(fact) for fact in report.plain_headline if not fact.slug)


def _about_plans(report: AuditReport, lead: IndicatorSeries) -> Iterator[str]:
    newest = lead.newest
    without = shown(newest.denominator - newest.numerator)
    met, people = shown(newest.numerator), shown(newest.denominator)
    if met is None or people is None:
        yield say("email-plan-few")
    else:
        yield say("email-plan", numerator=f"{met:,}", denominator=f"{people:,}")
    yield phrase(INDICATORS, f"verdict-{lead.verdict}")
    if met is not None:
        yield say("email-without-few") if without is None else say("email-without", count=f"{without:,}")
    after = report.series_of(AFTER_ATTACK)
    missed = None if after is None else shown(after.newest.denominator - after.newest.numerator)
    yield say("email-attack-few") if missed is None else say("email-attack", count=f"{missed:,}")
