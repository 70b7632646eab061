"""A report at a glance: what leads it, and every other indicator as one row of a table by topic.

Small on purpose: the drawings are thumbs, and nothing of an indicator's own page is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from imp2art.audit.indicator import Topic
from imp2art.audit.reports.headline import earlier_of
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport, IndicatorSeries, MonthFigure, Verdict
from imp2art.documents.charts.small_run import draw_small_run
from imp2art.documents.figure_words import points_words, share_words
from imp2art.documents.report_words import (
    BOOK,
    INDICATORS,
    count_in_words,
    fact_in_words,
    not_configured_in_words,
    place_in_words,
    say,
    title_of,
)
from imp2art.documents.words import day_in_words, month_in_words, phrase

MARKS = {Verdict.BETTER: "better", Verdict.WORSE: "worse", Verdict.CHANGED: "changed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """What every card of an indicator says of its newest month."""

    slug: str
    title: str
    share: str
    count: str
    direction: str
    verdict: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCard(Newest):
    """One of the few indicators that lead. `place` is empty in the standard version."""

    place: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of the table. `change` is in points since `Overview.since`, such as `+3`."""

    slug: str
    title: str
    share: str
    change: str
    direction: str
    verdict: str
    mark: str


@dataclass(frozen=True, slots=True)
class TopicRows:
    """The indicators about one thing."""

    topic: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class KeyMonth:
    """One month of all that leads, in the order of the cards: share and people, each empty of nobody."""

    month: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A report's front. `key_months` are the numbers that the cards draw, newest month first."""

    code: str
    name: str
    as_at: str
    taken_on: str
    since: str
    headline: tuple[str, ...]
    keys: tuple[KeyCard, ...]
    topics: tuple[TopicRows, ...]
    not_configured: str
    key_months: tuple[KeyMonth, ...]


def overview_of(report: AuditReport, version: Version = Version.IMP2ART) -> Overview:
    """The front of the report in words and thumbs."""
    keys = [found for slug in report.key if (found := report.series_of(slug)) is not None]
    since = earlier_of(report.series[0].figures).month_end if report.series else report.month_ends[0]
    return Overview(
        str(report.practice),
        report.practice_name,
        day_in_words(report.as_at),
        day_in_words(report.manifest.extract_taken_on),
        month_in_words(since),
        headline_in_words(report, version),
        tuple(_key(series, version) for series in keys),
        tuple(_topics(report)),
        not_configured_in_words(report),
        tuple(_key_months(keys)),
    )


def headline_in_words(report: AuditReport, version: Version) -> tuple[str, ...]:
    """The sentences that lead the version."""
    facts = report.headline if version is Version.IMP2ART else report.plain_headline
    return tuple(fact_in_words(fact) for fact in facts)


def mark_of(series: IndicatorSeries) -> str:
    """`better`, `worse` or `changed` by more than chance, else `none`."""
    return MARKS.get(series.verdict, "none")


def _key(series: IndicatorSeries, version: Version) -> KeyCard:
    compared = version is Version.IMP2ART and series.comparison is not None
    said = newest_in_words(series)
    return KeyCard(
        **said,
        place=place_in_words(series.comparison) if compared and series.comparison else "",
        chart=Markup(draw_small_run(series, said["title"])),  # noqa: S704 - it escapes every word in it
    )


def _key_months(keys: Sequence[IndicatorSeries]) -> Iterator[KeyMonth]:
    for figures in reversed(list(zip(*(series.figures for series in keys), strict=True))):
        yield KeyMonth(month_in_words(figures[0].month_end), tuple(map(_cell, figures)))


def _cell(figure: MonthFigure) -> tuple[str, str]:
    if not figure.denominator:
        return "", ""
    return share_words(figure.numerator, figure.denominator), say("pdf-met-of", **_counts(figure))


def _counts(figure: MonthFigure) -> dict[str, object]:
    return {"numerator": f"{figure.numerator:,}", "denominator": f"{figure.denominator:,}"}


def newest_in_words(series: IndicatorSeries) -> dict[str, str]:
    """The parts of a `Newest`."""
    slug = series.slug
    return {
        "slug": slug,
        "title": title_of(slug),
        "share": share_of(series),
        "count": count_in_words(series),
        "direction": phrase(INDICATORS, f"direction-{series.direction}"),
        "verdict": phrase(INDICATORS, f"verdict-{series.verdict}"),
        "mark": mark_of(series),
    }


def share_of(series: IndicatorSeries) -> str:
    """The newest share, or a dash where nobody is counted."""
    newest = series.newest
    return share_words(newest.numerator, newest.denominator) if newest.denominator else "–"


def change_of(series: IndicatorSeries) -> str:
    """Points since the month that the newest is compared with; empty where one has no share."""
    return points_words(series.newest, earlier_of(series.figures))


def _topics(report: AuditReport) -> Iterator[TopicRows]:
    for topic in Topic:
        rows = tuple(_row(series) for series in report.series if series.topic is topic)
        if rows:
            yield TopicRows(phrase(BOOK, f"topic-{topic}"), rows)


def _row(series: IndicatorSeries) -> Row:
    return Row(
        series.slug,
        title_of(series.slug),
        share_of(series),
        change_of(series),
        say(f"way-{series.direction}"),
        say(f"short-{series.verdict}"),
        mark_of(series),
    )
