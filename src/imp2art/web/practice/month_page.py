"""The month's page from a kept report: its words and charts, with a link behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from imp2art.audit.indicator import Direction
from imp2art.audit.report import Fact, IndicatorSeries
from imp2art.core.finding import Outcome
from imp2art.documents.audit_report import Card, fact_in_words, part_of
from imp2art.documents.words import phrase
from imp2art.flows.show_report import ShownReport

_LISTS = {
    Outcome.MET: "met",
    Outcome.NOT_MET: "not met",
    Outcome.NOT_APPLICABLE: "taken out of the count",
    Outcome.CANNOT_TELL: "cannot tell",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A list of people: the number, what they are, and where the list is."""

    number: int
    words: str
    slug: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A headline sentence, and the list behind its number where there is one."""

    words: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class LinkedCard:
    """A card with the lists behind its numbers."""

    card: Card
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """`name` is the month in an address: `2026-10`."""

    name: str
    as_at: date
    taken_on: date
    made_by: str
    made_at: datetime
    months: tuple[date, ...]
    headline: tuple[Sentence, ...]
    cards: tuple[LinkedCard, ...]
    checks: tuple[str, ...]
    limits: str
    made_of: tuple[tuple[str, str], ...]


def month_page(shown: ShownReport) -> MonthPage:
    """The page of one practice's report."""
    report = shown.report
    part = part_of(report)
    return MonthPage(
        name=f"{report.as_at:%Y-%m}",
        as_at=report.as_at,
        taken_on=report.manifest.extract_taken_on,
        made_by=shown.made_by,
        made_at=shown.made_at,
        months=shown.months,
        headline=tuple(Sentence(fact_in_words(fact), _link_of_fact(fact)) for fact in report.headline),
        cards=tuple(
            LinkedCard(card, _links_of(series))
            for card, series in zip(part.cards, report.series, strict=True)
        ),
        checks=part.checks,
        limits=phrase("indicators", "report-limits"),
        made_of=part.made_of,
    )


def title_of(slug: str, outcome: Outcome) -> str:
    """What the people of a list have in common: `Current action plan: not met`."""
    return f"{phrase('indicators', f'{slug}-title')}: {_LISTS[outcome]}"


def _link_of_fact(fact: Fact) -> Link | None:
    if fact.outcome is None or not fact.number:
        return None
    return Link(fact.number, f"See the {fact.number:,}", fact.slug, _in_address(fact.outcome))


def _links_of(series: IndicatorSeries) -> tuple[Link, ...]:
    """The lists of a card. The register's own "not met" is everyone else of the practice: no list."""
    newest = series.newest
    others = 0 if series.direction is Direction.NEITHER else newest.denominator - newest.numerator
    numbers = (
        (others, Outcome.NOT_MET),
        (newest.numerator, Outcome.MET),
        (newest.cannot_tell, Outcome.CANNOT_TELL),
        (newest.excluded, Outcome.NOT_APPLICABLE),
    )
    return tuple(
        Link(number, _LISTS[outcome], series.slug, _in_address(outcome))
        for number, outcome in numbers
        if number
    )


def _in_address(outcome: Outcome) -> str:
    return outcome.value.replace(" ", "-")
