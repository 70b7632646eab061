"""The audit as one page of HTML that needs nothing else: no script, no picture, no address outside.

Every number stands beside its rule, its source and the direction of good. The page is for inside the
practice: its counts are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from imp2art.audit.report import AuditReport, Fact, IndicatorSeries, MonthFigure, Verdict
from imp2art.documents.charts.run_chart import draw_series, rows_of_series
from imp2art.documents.charts.run_chart_words import RunRow
from imp2art.documents.words import day_in_words, find_phrase, has_phrase, phrase

BOOK = "indicators"
_MARKS = {Verdict.BETTER: "better", Verdict.WORSE: "worse", Verdict.CHANGED: "changed"}


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator as the page shows it."""

    slug: str
    title: str
    share: str
    count: str
    direction: str
    verdict: str
    mark: str
    chart: Markup
    why: str
    do: str
    rule: str
    version: str
    source: str
    beside: tuple[str, ...]
    rows: tuple[RunRow, ...]


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


def render_reports(reports: Sequence[AuditReport]) -> str:
    """The page of one practice's report, or of several below one another."""
    parts = tuple(part_of(report) for report in reports)
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


def part_of(report: AuditReport) -> Part:
    """A report in words and drawings, for this page and for the practice's own."""
    return Part(
        str(report.practice),
        report.practice_name,
        day_in_words(report.as_at),
        day_in_words(report.manifest.extract_taken_on),
        tuple(fact_in_words(fact) for fact in report.headline),
        tuple(_card(series) for series in report.series),
        tuple(_checks(report)),
        tuple(_made_of(report)),
    )


def fact_in_words(fact: Fact) -> str:
    """The sentence of a headline fact."""
    slug = f"{fact.slug}-fact-{fact.code}".lstrip("-")
    book = BOOK if has_phrase(BOOK, slug) else "report"
    values: dict[str, object] = {"count": fact.number}
    if fact.since is not None:
        values["since"] = day_in_words(fact.since)
    asked = find_phrase(book, slug).slots
    return phrase(book, slug, **{name: value for name, value in values.items() if name in asked})


def _card(series: IndicatorSeries) -> Card:
    newest, slug = series.newest, series.slug
    title = phrase(BOOK, f"{slug}-title")
    rows = rows_of_series(series)
    counts = {"numerator": f"{newest.numerator:,}", "denominator": f"{newest.denominator:,}"}
    return Card(
        slug,
        title,
        rows[0].share,
        phrase(BOOK, f"{slug}-count", **counts),
        phrase(BOOK, f"direction-{series.direction}"),
        phrase(BOOK, f"verdict-{series.verdict}"),
        _MARKS.get(series.verdict, "none"),
        Markup(draw_series(series, title)),  # noqa: S704 - the drawing escapes every word in it
        phrase(BOOK, f"{slug}-why"),
        phrase(BOOK, f"{slug}-do"),
        phrase(BOOK, f"{slug}-rule"),
        newest.rule_version,
        phrase(BOOK, f"{slug}-source"),
        tuple(_beside(newest)),
        rows,
    )


def _beside(newest: MonthFigure) -> Iterator[str]:
    """What is said of the people in neither number."""
    if newest.excluded:
        yield phrase(BOOK, "report-excluded", count=newest.excluded)
    if newest.cannot_tell:
        yield phrase(BOOK, "report-cannot-tell", count=newest.cannot_tell)


def _checks(report: AuditReport) -> Iterator[str]:
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
    yield from ((f"Codelist {slug}", digest) for slug, digest in sorted(manifest.codelist_digests.items()))
    yield from ((f"Rule {slug}", digest) for slug, digest in sorted(manifest.indicator_digests.items()))
