"""A kept report as a PDF: of its month, or of the year that ends with it; for inside the practice."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport, FactCode, IndicatorSeries
from imp2art.documents.audit_report import checks_in_words
from imp2art.documents.charts.equity_bars import draw_equity, rows_of_equity
from imp2art.documents.charts.funnel import draw_funnel, rows_of_funnel
from imp2art.documents.charts.paper import for_paper
from imp2art.documents.charts.percentile_band import draw_band, rows_of_band
from imp2art.documents.charts.run_chart import draw_series
from imp2art.documents.report_overview import KeyCard, Overview, mark_of, overview_of, share_of
from imp2art.documents.report_tables import all_indicators, months_table, year_against_before, year_headline
from imp2art.documents.report_words import (
    INDICATORS,
    comparison_in_words,
    count_in_words,
    equity_in_words,
    extremes_in_words,
    fact_in_words,
    place_in_words,
    say,
    title_of,
)
from imp2art.documents.typesetting import typeset
from imp2art.documents.words import day_in_words, month_in_words, phrase

Values = dict[str, Any]

# What a headline says of the newest month alone, without a month to compare it with.
_STANDING = (FactCode.STILL_WITHOUT, FactCode.WITHOUT_AFTER_ATTACK, FactCode.START_WITH)


class ReportKind(StrEnum):
    """What a report looks back on."""

    MONTH = "month"
    YEAR = "year"


# Indicators by group in print; the practice's pages have them all.
_SPLIT = {ReportKind.MONTH: 1, ReportKind.YEAR: 2}


def render_report_pdf(
    report: AuditReport,
    kind: ReportKind = ReportKind.MONTH,
    version: Version = Version.IMP2ART,
    released_by: str = "",
) -> bytes:
    """The tagged PDF; the same report gives the same bytes. It names no patient, and who checked it."""
    return typeset("report", values_of(report, kind, version, released_by), report.as_at)


def values_of(report: AuditReport, kind: ReportKind, version: Version, released_by: str = "") -> Values:
    """What the template fills in: words, numbers as text, and drawings."""
    overview = overview_of(report, version)
    keys = [found for slug in report.key if (found := report.series_of(slug)) is not None]
    title = say(f"{kind}-title", month=month_in_words(report.as_at))
    practice = f"{report.practice_name} ({report.practice})"
    checked = say("checked-by", name=released_by) if released_by else say("not-checked")
    return {
        "language": "en",
        "document_title": f"{title}: {practice}",
        "title": title,
        "practice": practice,
        "foot": say("pdf-foot", practice=practice, title=title),
        "inside": phrase(INDICATORS, "report-inside"),
        "data": f"{say('data-of', day=overview.as_at, taken_on=overview.taken_on)} {checked}",
        "headline": headline_of(report, kind, version, overview),
        "keys": [_key(card) for card in overview.keys],
        "details_title": say("pdf-details"),
        "details": [_detail(series, report, version) for series in keys],
        "equity_title": say("pdf-equity"),
        "equity": [_equity(series) for series in _most_unequal(keys)[: _SPLIT[kind]]],
        "all": all_indicators(report, overview),
        "not_configured": overview.not_configured,
        "trust": _trust(report, keys),
        **(_funnel(report, keys) if version is Version.IMP2ART else {}),
        **(_year(report, overview) if kind is ReportKind.YEAR else {}),
    }


def headline_of(
    report: AuditReport, kind: ReportKind, version: Version, overview: Overview
) -> tuple[str, ...]:
    """That of the month; a year leads with what changed in it, and then says who is left and what to do."""
    changed = year_headline(report) if kind is ReportKind.YEAR and version is Version.IMP2ART else ()
    if not changed:
        return overview.headline
    told = [fact_in_words(fact) for fact in report.headline if fact.code in _STANDING]
    return (*changed, *told)


def _drawing(svg: str, alt: str) -> Values:
    """A drawing for paper, each of its words as x, y, anchor, size, boldness and text."""
    drawn = for_paper(svg)
    words = [(each.x, each.y, each.anchor, each.size, each.bold, each.text) for each in drawn.words]
    return {"svg": drawn.shapes, "alt": alt, "width": drawn.width, "height": drawn.height, "words": words}


def _key(card: KeyCard) -> Values:
    return {
        "title": card.title,
        "share": card.share,
        "direction": card.direction,
        "place": card.place,
        "chart": _drawing(str(card.chart), f"{card.title}: {card.count} {card.verdict}"),
    }


def _detail(series: IndicatorSeries, report: AuditReport, version: Version) -> Values:
    title = title_of(series.slug)
    verdict = phrase(INDICATORS, f"verdict-{series.verdict}")
    found: Values = {
        "title": title,
        "share": share_of(series),
        "count": count_in_words(series),
        "verdict": verdict,
        "mark": mark_of(series),
        "lines": [phrase(INDICATORS, f"direction-{series.direction}")],
        "chart": _drawing(draw_series(series, title), f"{title}, month by month. {verdict}"),
        "table": months_table(series.figures),
    }
    return found | _advice(series, report, title) if version is Version.IMP2ART else found


def _advice(series: IndicatorSeries, report: AuditReport, title: str) -> Values:
    """What the IMP²ART version adds: what to do, and where the practice stands."""
    lines = [say("pdf-do", do=phrase(INDICATORS, f"{series.slug}-do"))]
    found = series.comparison
    if found is None:
        return {"lines": [*lines, *(comparison_in_words(series, report) if report.peers_of else ())]}
    lines += [place_in_words(found), *extremes_in_words(found)]
    rows = rows_of_band(found)
    return {
        "lines": lines,
        "band": _drawing(draw_band(found, title, series.direction), f"{title}: {place_in_words(found)}"),
        "band_table": {"head": [what for what, _ in rows], "rows": [[share for _, share in rows]]},
    }


def _funnel(report: AuditReport, keys: list[IndicatorSeries]) -> Values:
    series = next((each for each in keys if each.comparison is not None), None)
    if series is None or series.comparison is None:
        return {}
    title = say("pdf-funnel", title=title_of(series.slug))
    head = [say(f"pdf-{slug}") for slug in ("people", "practices", "half", "middle")]
    rows = [
        [row.people, str(row.practices), f"{row.low} to {row.high}", row.middle]
        for row in rows_of_funnel(series.comparison)
    ]
    sentences = comparison_in_words(series, report)
    chart = draw_funnel(series.comparison, title_of(series.slug))
    return {
        "funnel": {
            "title": title,
            "chart": _drawing(chart, f"{title}. {sentences[0]}"),
            "sentences": sentences,
            "table": {"head": head, "rows": rows},
        }
    }


def _most_unequal(keys: list[IndicatorSeries]) -> list[IndicatorSeries]:
    """The key indicators whose groups differ by more than chance first."""
    counted = [series for series in keys if series.newest.denominator]
    return sorted(counted, key=lambda series: not any(each.beyond_chance for each in series.equity))


def _equity(series: IndicatorSeries) -> Values:
    title, sentences = title_of(series.slug), equity_in_words(series)
    rows = [
        [
            f"{row.dimension}: {row.group}",
            say("pdf-met-of", numerator=f"{row.numerator:,}", denominator=f"{row.denominator:,}"),
            row.share,
        ]
        for row in rows_of_equity(series)
    ]
    return {
        "title": title,
        "sentences": sentences,
        "chart": _drawing(draw_equity(series, title), f"{title}, by group. {' '.join(sentences)}"),
        "table": {"head": [say(f"pdf-{slug}") for slug in ("group", "people", "share")], "rows": rows},
    }


def _year(report: AuditReport, overview: Overview) -> Mapping[str, Any]:
    head = ("number", "what", "who", "when", "seen")
    return {
        "year": year_against_before(report),
        "goals": {
            "title": say("goals-title"),
            "sentences": [say("goals-lead"), *overview.headline[-1:]],
            "head": [say(f"goals-{slug}") for slug in head],
        },
    }


def _trust(report: AuditReport, keys: list[IndicatorSeries]) -> Values:
    manifest = report.manifest
    made_of = f"imp2art {manifest.code_version}; {', '.join(manifest.packs)}; {manifest.extract_digest}"
    told = "" if manifest.made_at is None else day_in_words(manifest.made_at.date())
    return {
        "title": say("pdf-trust"),
        "sentences": [
            *checks_in_words(report),
            phrase(INDICATORS, "report-limits"),
            f"{made_of}; {told}" if told else made_of,
        ],
        "rules": [
            {"title": title_of(series.slug), "rule": phrase(INDICATORS, f"{series.slug}-rule")}
            for series in keys
        ],
    }
