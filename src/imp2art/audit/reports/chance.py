"""Whether a share moved by more than chance, said with care.

Each month of an indicator looks back a year, so neighbouring months share most of what they count and
move little: natural process limits made from those small moves are narrower than chance, and series
that only drift give signals. So the limits lie at least as far from the mean as chance alone would put
19 of 20 groups of that size, and a run or a trend is kept only where it ended that far from the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import hypot, sqrt
from statistics import fmean

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.report import MonthFigure, Verdict
from imp2art.audit.run_chart import RunChart, Signal, SignalKind, draw_limits

ERRORS_APART = 1.96  # standard errors of a share: 95% [C]


def draw_chart(figures: Sequence[MonthFigure]) -> RunChart:
    """The chart of these months, with only those signals that the size of the group bears out."""
    rates = [figure.rate for figure in figures]
    known = [rate for rate in rates if rate is not None]
    if not known:
        return draw_limits(rates)
    people = fmean(figure.denominator for figure in figures if figure.denominator)
    chart = draw_limits(rates, ERRORS_APART * error_of(fmean(known), people))
    return replace(chart, signals=tuple(s for s in chart.signals if _is_borne_out(s, chart, figures)))


def judge(chart: RunChart, direction: Direction) -> Verdict:
    """What a chart of confirmed signals says of its newest point."""
    if chart.mean is None:
        return Verdict.TOO_FEW
    signals = chart.signals_at(len(chart.points) - 1)
    if not signals:
        return Verdict.WITHIN_CHANCE
    if direction is Direction.NEITHER:
        return Verdict.CHANGED
    return Verdict.BETTER if signals[0].high == (direction is Direction.HIGHER) else Verdict.WORSE


def differ(now: MonthFigure, then: MonthFigure) -> bool:
    """Whether two months' shares differ by more than chance, as two separate groups would.

    Most people are in both, so their shares differ less than that by chance: the test is cautious.
    """
    if now.rate is None or then.rate is None:
        return False
    pooled = (now.numerator + then.numerator) / (now.denominator + then.denominator)
    error = hypot(error_of(pooled, now.denominator), error_of(pooled, then.denominator))
    return abs(now.rate - then.rate) > ERRORS_APART * error


def error_of(share: float, people: float) -> float:
    """The standard error of a share of so many people."""
    return sqrt(share * (1 - share) / people)


def _is_borne_out(signal: Signal, chart: RunChart, figures: Sequence[MonthFigure]) -> bool:
    last = figures[signal.points[-1]]
    if chart.mean is None or last.rate is None:
        return False
    above = last.rate - chart.mean
    far = ERRORS_APART * error_of(chart.mean, last.denominator)
    # A point outside the limits is far from the mean by what they are.
    return signal.kind is SignalKind.OUTSIDE or (above if signal.high else -above) > far
