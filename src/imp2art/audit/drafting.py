"""A practice's report: counted, checked by both engines, charted, and summed up in codes and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import sqrt

import pyarrow as pa

from imp2art.audit.compare import compare_engines
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import Counts, count
from imp2art.audit.indicator import Direction, Indicator
from imp2art.audit.pack import pack_practice
from imp2art.audit.report import (
    AuditReport,
    Fact,
    FactCode,
    IndicatorSeries,
    MonthFigure,
    ReportManifest,
    Verdict,
)
from imp2art.audit.run_chart import RunChart, draw_limits
from imp2art.codes.library import Library
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode

LEAD = "plan-12-months"  # what the headline speaks of
AFTER_ATTACK = "plan-after-attack"
COMPARED_MONTHS = 6
# Two shares differ by more than chance where they are this many standard errors apart: 95% [C].
_ERRORS_APART = 1.96


def draft_report(
    practice: PracticeCode,
    practice_name: str,
    tables: Mapping[str, pa.Table],
    month_ends: tuple[date, ...],
    manifest: ReportManifest,
    library: Library,
    indicators: Sequence[Indicator] = tuple(INDICATORS.values()),
) -> AuditReport:
    """The whole report from the four clean tables of one practice.

    Raises `Refusal` where the two engines differ, and for more than 60 month ends.
    """
    packed = pack_practice(tables, indicators, library)
    counted = count(packed, indicators, month_ends)
    checks = compare_engines(tables, packed, indicators, month_ends, library)
    series = tuple(_series(indicator, counted[indicator.slug], month_ends) for indicator in indicators)
    headline = tuple(_headline({each.slug: each for each in series}))
    return AuditReport(practice, practice_name, month_ends, series, headline, checks, manifest)


def _series(indicator: Indicator, counts: Counts, month_ends: Sequence[date]) -> IndicatorSeries:
    figures = tuple(
        MonthFigure(
            on,
            int(counts.denominator[place]),
            int(counts.numerator[place]),
            int(counts.excluded[place]),
            int(counts.cannot_tell[place]),
            indicator.version_on(on),
        )
        for place, on in enumerate(month_ends)
    )
    chart = draw_limits([figure.rate for figure in figures])
    verdict = judge(chart, figures, indicator.direction)
    return IndicatorSeries(indicator.slug, indicator.direction, figures, chart, verdict)


def judge(chart: RunChart, figures: Sequence[MonthFigure], direction: Direction) -> Verdict:
    """What can be said of the newest month.

    A signal of the chart is not enough. Each month looks back a year, so neighbouring months share
    most of what they count and move too little: the limits are narrower than chance. So the newest
    share must also differ from the one half a year before as two separate groups would by chance in
    fewer than 1 of 20 cases; since most people are in both groups, that is a cautious test.
    """
    if chart.mean is None:
        return Verdict.TOO_FEW
    signals = chart.signals_at(len(figures) - 1)
    change = _change(figures[-1], earlier_of(figures))
    if not any(signal.high == (change > 0) for signal in signals) or abs(change) < _ERRORS_APART:
        return Verdict.WITHIN_CHANCE
    if direction is Direction.NEITHER:
        return Verdict.CHANGED
    return Verdict.BETTER if (change > 0) == (direction is Direction.HIGHER) else Verdict.WORSE


def earlier_of(figures: Sequence[MonthFigure]) -> MonthFigure:
    """The month that the newest is compared with."""
    return figures[max(0, len(figures) - 1 - COMPARED_MONTHS)]


def _change(now: MonthFigure, then: MonthFigure) -> float:
    """How many standard errors the share went up (or, below 0, down)."""
    if now.rate is None or then.rate is None:
        return 0.0
    pooled = (now.numerator + then.numerator) / (now.denominator + then.denominator)
    error = sqrt(pooled * (1 - pooled) * (1 / now.denominator + 1 / then.denominator))
    return (now.rate - then.rate) / error if error else 0.0


def _headline(series: Mapping[str, IndicatorSeries]) -> Iterator[Fact]:
    lead = series.get(LEAD)
    if lead is None:
        return
    then = earlier_of(lead.figures)
    more = lead.newest.numerator - then.numerator
    if then is not lead.newest:
        code = FactCode.MORE if more > 0 else FactCode.FEWER if more < 0 else FactCode.AS_MANY
        yield Fact(code, LEAD, abs(more), then.month_end)
    if lead.verdict is not Verdict.TOO_FEW and more:
        within = lead.verdict is Verdict.WITHIN_CHANCE
        yield Fact(FactCode.WITHIN_CHANCE if within else FactCode.BEYOND_CHANCE, LEAD, abs(more))
    without = lead.newest.denominator - lead.newest.numerator
    yield Fact(FactCode.STILL_WITHOUT, LEAD, without, outcome=Outcome.NOT_MET)
    if after := series.get(AFTER_ATTACK):
        missed = after.newest.denominator - after.newest.numerator
        yield Fact(FactCode.WITHOUT_AFTER_ATTACK, AFTER_ATTACK, missed, outcome=Outcome.NOT_MET)
