"""The tables of the printed report: months across the page, all indicators, a year against the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from imp2art.audit.reports.chance import differ
from imp2art.audit.reports.headline import LEAD, share_beside_people
from imp2art.audit.reports.report import AuditReport, FactCode, IndicatorSeries, MonthFigure
from imp2art.documents.figure_words import points_words, share_words
from imp2art.documents.report_overview import Overview, Row, share_of
from imp2art.documents.report_words import say, title_of
from imp2art.documents.words import short_month

Values = dict[str, Any]

ACROSS = 12  # months side by side: more would be too small to read
_DONE = {
    "review-12-months": "year-reviews",
    "plan-12-months": "year-plans",
    "technique-12-months": "year-technique",
}


def months_table(figures: Sequence[MonthFigure]) -> Values:
    """The newest 24 months in blocks of twelve, oldest first: who met it of those counted, and the share."""
    newest = figures[-2 * ACROSS :]
    blocks = [newest[at : at + ACROSS] for at in range(0, len(newest), ACROSS)]
    return {
        "caption": say("pdf-months"),
        "months": [[_month(figure) for figure in block] for block in blocks],
        "name": f"{say('pdf-people')}\n{say('pdf-share')}",
        "cells": [[f"{_people(figure)}\n{_share(figure)}" for figure in block] for block in blocks],
    }


def all_indicators(report: AuditReport, overview: Overview) -> Values:
    """Every indicator with its people, its change and its verdict."""
    head = [say(f"pdf-{slug}") for slug in ("indicator", "people", "share")]
    points = say("pdf-points", month=overview.since)
    return {
        "title": say("pdf-all"),
        "head": [*head, points, say("pdf-better-is"), say("pdf-chance")],
        "topics": [
            {"topic": topic.topic, "rows": [_row(row, report) for row in topic.rows]}
            for topic in overview.topics
        ],
    }


def year_against_before(report: AuditReport) -> Values:
    """What was done in the year, and each key indicator beside the same month a year before."""
    keys = [found for slug in report.key if (found := report.series_of(slug)) is not None]
    head = ("pdf-indicator", "year-then", "year-now", "year-change", "pdf-chance")
    return {
        "title": say("year-heading"),
        "sentences": list(_done(report)),
        "table": {"head": [say(slug) for slug in head], "rows": [_year_row(series) for series in keys]},
    }


def year_headline(report: AuditReport) -> tuple[str, ...]:
    """How plans changed in the year, and whether that is more than chance; empty in a shorter report."""
    lead = report.series_of(LEAD)
    then = lead and year_before(lead)
    if not lead or not then:
        return ()
    return tuple(_year_change(lead.newest, then))


def _year_change(now: MonthFigure, then: MonthFigure) -> Iterator[str]:
    more, share = now.numerator - then.numerator, share_beside_people(now, then)
    if more:
        yield say("year-plan-more" if more > 0 else "year-plan-fewer", count=abs(more))
    else:
        yield say("year-plan-as-many")
    if share is FactCode.SHARE_SAME:
        yield say("year-plan-share-same")
        return
    if share:
        yield say(f"year-plan-{share}", count=abs(now.denominator - then.denominator))
    if more or share:
        yield say("year-plan-beyond" if differ(now, then) else "year-plan-within")


def year_before(series: IndicatorSeries) -> MonthFigure | None:
    """The figure of twelve months before the newest; None in a shorter report."""
    return series.figures[-1 - ACROSS] if len(series.figures) > ACROSS else None


def _done(report: AuditReport) -> Iterator[str]:
    """Indicators that look back a year count what was done in it."""
    for slug, words in _DONE.items():
        series = report.series_of(slug)
        then = series and year_before(series)
        if series and then:
            yield say(words, now=f"{series.newest.numerator:,}", then=f"{then.numerator:,}")


def _year_row(series: IndicatorSeries) -> list[str]:
    now, then = series.newest, year_before(series)
    title = title_of(series.slug)
    if then is None:
        return [title, "", share_of(series), "", say("year-short")]
    if now.rate is None or then.rate is None:
        return [title, _share(then), share_of(series), "", say("year-nobody")]
    beyond = say("year-beyond" if differ(now, then) else "year-within")
    return [title, _share(then), share_of(series), points_words(now, then), beyond]


def _row(row: Row, report: AuditReport) -> Values:
    series = report.series_of(row.slug)
    people = say("pdf-met-of", **_counts(series.newest)) if series else ""
    cells = [row.title, people, row.share, row.change, row.direction, row.verdict]
    return {"mark": row.mark, "cells": cells}


def _people(figure: MonthFigure) -> str:
    """Such as `126/791`: short enough for twelve across."""
    return f"{figure.numerator}/{figure.denominator}"


def _counts(figure: MonthFigure) -> dict[str, object]:
    return {"numerator": f"{figure.numerator:,}", "denominator": f"{figure.denominator:,}"}


def _share(figure: MonthFigure) -> str:
    return share_words(figure.numerator, figure.denominator) if figure.denominator else "–"


def _month(figure: MonthFigure) -> str:
    return f"{short_month(figure.month_end)} {figure.month_end:%y}"
