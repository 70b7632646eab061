"""The audit as one page of HTML that needs nothing else: no script, no picture, no address outside.

Every number stands beside its rule, its source and the direction of good. The page is for inside the
practice: its counts are exact. `part_of` puts a report into words and drawings for every form of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport, IndicatorSeries, MonthFigure
from imp2art.documents.charts.equity_bars import EquityRow, draw_equity, rows_of_equity
from imp2art.documents.charts.funnel import FunnelRow, draw_funnel, rows_of_funnel
from imp2art.documents.charts.percentile_band import BandRow, draw_band, rows_of_band
from imp2art.documents.charts.run_chart import draw_series, rows_of_series
from imp2art.documents.charts.run_chart_words import RunRow
from imp2art.documents.evidence import Evidence, evidence_of
from imp2art.documents.report_overview import (
    Newest,
    Overview,
    headline_in_words,
    newest_in_words,
    overview_of,
)
from imp2art.documents.report_words import (
    comparison_in_words,
    equity_in_words,
    fact_in_words,
    not_configured_in_words,
    place_in_words,
)
from imp2art.documents.words import day_in_words, phrase

__all__ = (
    "Beside",
    "Card",
    "Equity",
    "Part",
    "card_of",
    "fact_in_words",
    "front_of",
    "part_of",
    "render_reports",
)

BOOK = "indicators"


@dataclass(frozen=True, slots=True)
class Beside:
    """A practice beside others: sentences always; drawings and tables where there is a comparison."""

    sentences: tuple[str, ...]
    place: str = ""
    funnel: Markup = Markup()
    funnel_rows: tuple[FunnelRow, ...] = ()
    band: Markup = Markup()
    band_rows: tuple[BandRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Equity:
    """An indicator by age, sex, ethnicity and deprivation."""

    sentences: tuple[str, ...]
    chart: Markup
    rows: tuple[EquityRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Newest):
    """One indicator as the page shows it. `why`, `do`, `peers` and `evidence` are of the IMP²ART version."""

    chart: Markup
    why: str
    do: str
    rule: str
    version: str
    source: str
    beside: tuple[str, ...]
    rows: tuple[RunRow, ...]
    peers: Beside | None
    equity: Equity
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One practice's part of the page."""

    code: str
    name: str
    as_at: str
    taken_on: str
    headline: tuple[str, ...]
    cards: tuple[Card, ...]
    checks: tuple[str, ...]
    made_of: tuple[tuple[str, str], ...]
    not_configured: str
    overview: Overview


def render_reports(reports: Sequence[AuditReport], version: Version = Version.IMP2ART) -> str:
    """The page of one practice's report, or of several below one another."""
    parts = tuple(part_of(report, version) for report in reports)
    page = _environment().get_template("audit_report.html.jinja")
    return page.render(
        title=phrase(BOOK, "report-title"),
        inside=phrase(BOOK, "report-inside"),
        limits=phrase(BOOK, "report-limits"),
        parts=parts,
    )


def _environment() -> Environment:
    loader = PackageLoader("imp2art.documents", "templates")
    return Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )


def part_of(report: AuditReport, version: Version = Version.IMP2ART) -> Part:
    """A report whole in words and drawings."""
    cards = tuple(card_of(series, report, version) for series in report.series)
    return replace(front_of(report, version), cards=cards)


def front_of(report: AuditReport, version: Version = Version.IMP2ART) -> Part:
    """The same without the cards, which are most of the work: for a page that shows only the front."""
    return Part(
        str(report.practice),
        report.practice_name,
        day_in_words(report.as_at),
        day_in_words(report.manifest.extract_taken_on),
        headline_in_words(report, version),
        (),
        (*checks_in_words(report), *_not_compared(report, version)),
        tuple(_made_of(report)),
        not_configured_in_words(report),
        overview_of(report, version),
    )


def _not_compared(report: AuditReport, version: Version) -> Iterator[str]:
    """Once for the whole report, not beside each indicator."""
    if version is Version.IMP2ART and report.peers_of is None:
        yield phrase("report", "compare-none-at-hand")


def card_of(series: IndicatorSeries, report: AuditReport, version: Version = Version.IMP2ART) -> Card:
    """One indicator whole. The standard version has its figures, its groups and its rule."""
    said, slug = newest_in_words(series), series.slug
    title, full = said["title"], version is Version.IMP2ART
    return Card(
        **said,
        chart=_drawing(draw_series(series, title)),
        why=phrase(BOOK, f"{slug}-why") if full else "",
        do=phrase(BOOK, f"{slug}-do") if full else "",
        rule=phrase(BOOK, f"{slug}-rule"),
        version=series.newest.rule_version,
        source=phrase(BOOK, f"{slug}-source"),
        beside=tuple(_beside(series.newest)),
        rows=rows_of_series(series),
        peers=_peers(series, report, title) if full and report.peers_of else None,
        equity=Equity(equity_in_words(series), _drawing(draw_equity(series, title)), rows_of_equity(series)),
        evidence=evidence_of(series.evidence) if full else (),
    )


def _peers(series: IndicatorSeries, report: AuditReport, title: str) -> Beside:
    sentences, found = comparison_in_words(series, report), series.comparison
    if found is None:
        return Beside(sentences)
    return Beside(
        sentences,
        place_in_words(found),
        _drawing(draw_funnel(found, title)),
        rows_of_funnel(found),
        _drawing(draw_band(found, title, series.direction)),
        rows_of_band(found),
    )


def _drawing(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - the drawing escapes every word in it


def _beside(newest: MonthFigure) -> Iterator[str]:
    """What is said of the people in neither number."""
    if newest.excluded:
        yield phrase(BOOK, "report-excluded", count=newest.excluded)
    if newest.cannot_tell:
        yield phrase(BOOK, "report-cannot-tell", count=newest.cannot_tell)


def checks_in_words(report: AuditReport) -> Iterator[str]:
    """How many answers the two engines compared, and what the extract rejected."""
    checks = report.checks
    yield phrase(
        BOOK,
        "report-checks",
        compared=f"{checks.people_compared:,}",
        people=f"{checks.people:,}",
        months=checks.month_ends_compared,
        differences=checks.differences,
        comparisons=f"{checks.comparisons:,}",
    )
    rejected = report.manifest.rejected_rows
    if rejected is not None:
        yield (
            phrase(BOOK, "report-rejected", count=rejected)
            if rejected
            else phrase(BOOK, "report-none-rejected")
        )


def _made_of(report: AuditReport) -> Iterable[tuple[str, str]]:
    manifest = report.manifest
    yield "Extract", manifest.extract_digest
    yield "Software", f"imp2art {manifest.code_version}"
    yield from ((f"Indicator pack {name}", digest) for name, digest in manifest.packs.items())
    yield from ((f"Codelist {slug}", digest) for slug, digest in sorted(manifest.codelist_digests.items()))
    yield from ((f"Rule {slug}", digest) for slug, digest in sorted(manifest.indicator_digests.items()))
