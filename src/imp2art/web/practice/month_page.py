"""The month's page from a kept report: its words and thumbs, with a link behind each number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport, Fact, FactCode, IndicatorSeries, Verdict
from imp2art.core.finding import Outcome
from imp2art.documents.audit_report import Card, card_of, front_of
from imp2art.documents.report_overview import Overview
from imp2art.documents.report_words import fact_in_words
from imp2art.documents.words import find_phrase, phrase
from imp2art.flows.show_report import ShownReport
from imp2art.web.design.months import name_of_month

_VERDICTS = {FactCode.ARE_BETTER: Verdict.BETTER, FactCode.ARE_WORSE: Verdict.WORSE}


@dataclass(frozen=True, slots=True)
class Link:
    """A list of people: the number, what they are, and where the list is."""

    number: int
    words: str
    slug: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator that has a page in the report."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A headline sentence, the list behind its number where there is one, and the indicators it speaks of."""

    words: str
    link: Link | None = None
    indicators: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthPage:
    """`name` is the month in an address: `2026-10`. `so_far`: the month has not ended in its figures."""

    name: str
    as_at: date
    so_far: bool
    taken_on: date
    made_by: str
    made_at: datetime
    released_by: str
    released_at: datetime | None
    months: tuple[date, ...]
    waiting: tuple[date, ...]
    headline: tuple[Sentence, ...]
    overview: Overview
    checks: tuple[str, ...]
    limits: str
    made_of: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """One indicator whole, with the lists behind its numbers and the month that it is of."""

    name: str
    as_at: date
    so_far: bool
    taken_on: date
    card: Card
    links: tuple[Link, ...]
    reason: str


def month_page(shown: ShownReport) -> MonthPage:
    """The page of one practice's report in the version that it gets."""
    report, part = shown.report, front_of(shown.report, shown.version)
    facts = report.headline if shown.version is Version.IMP2ART else report.plain_headline
    return MonthPage(
        name=name_of_month(report.as_at),
        as_at=report.as_at,
        so_far=report.as_at < shown.on_shelf.month_end,
        taken_on=report.manifest.extract_taken_on,
        made_by=shown.made_by,
        made_at=shown.made_at,
        released_by=shown.on_shelf.released_by,
        released_at=shown.on_shelf.released_at,
        months=shown.months,
        waiting=shown.waiting,
        headline=tuple(_sentence(fact, report) for fact in facts),
        overview=part.overview,
        checks=part.checks,
        limits=phrase("indicators", "report-limits"),
        made_of=part.made_of,
    )


def _sentence(fact: Fact, report: AuditReport) -> Sentence:
    return Sentence(fact_in_words(fact), link_of_fact(fact), tuple(indicators_of(fact, report)))


def indicators_of(fact: Fact, report: AuditReport) -> Iterator[Named]:
    """Those that a sentence of the standard version counts: it leads to no list of people."""
    for series in report.series:
        if series.verdict is _VERDICTS.get(fact.code) or (
            fact.code is FactCode.COUNTED and series.slug == fact.slug
        ):
            yield Named(series.slug, phrase("indicators", f"{series.slug}-title"))


def lead_of(shown: ShownReport) -> Fact | None:
    """What the headline says of people who can be listed; None in the standard version."""
    if shown.version is not Version.IMP2ART:
        return None
    return next((fact for fact in reversed(shown.report.headline) if fact.outcome and fact.number), None)


def indicator_page(shown: ShownReport, series: IndicatorSeries) -> IndicatorPage:
    """The page of one indicator."""
    report = shown.report
    return IndicatorPage(
        name=name_of_month(report.as_at),
        as_at=report.as_at,
        so_far=report.as_at < shown.on_shelf.month_end,
        taken_on=report.manifest.extract_taken_on,
        card=card_of(series, report, shown.version),
        links=tuple(links_of(series)),
        reason=_not_compared(report, series, shown.version),
    )


def _not_compared(report: AuditReport, series: IndicatorSeries, version: Version) -> str:
    """Why no comparison is drawn where none is; the standard version compares with none."""
    if version is Version.STANDARD or report.peers_of is not None or series.comparison is not None:
        return ""
    return phrase("report", "compare-none-at-hand")


def title_of(slug: str, outcome: Outcome) -> str:
    """What the people of a list have in common: `Current action plan: not met`."""
    return f"{phrase('indicators', f'{slug}-title')}: {words_of(outcome)}"


def words_of(outcome: Outcome) -> str:
    """`not met`."""
    return find_phrase("lists", f"outcome-{in_address(outcome)}").text


def link_of_fact(fact: Fact) -> Link | None:
    if fact.outcome is None or not fact.number:
        return None
    return Link(fact.number, f"See the {fact.number:,}", fact.slug, in_address(fact.outcome))


def links_of(series: IndicatorSeries) -> Iterator[Link]:
    """The lists of a card. The register's own "not met" is everyone else of the practice: no list."""
    newest = series.newest
    others = 0 if series.direction is Direction.NEITHER else newest.denominator - newest.numerator
    numbers = (
        (others, Outcome.NOT_MET),
        (newest.numerator, Outcome.MET),
        (newest.cannot_tell, Outcome.CANNOT_TELL),
        (newest.excluded, Outcome.NOT_APPLICABLE),
    )
    for number, outcome in numbers:
        if number:
            yield Link(number, words_of(outcome), series.slug, in_address(outcome))


def in_address(outcome: Outcome) -> str:
    """`not-met`."""
    return outcome.value.replace(" ", "-")
