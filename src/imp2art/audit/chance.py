"""Whether a share moved by more than chance, said with care.

Each month of an indicator looks back a year, so neighbouring months share most of what they count and
move little: natural process limits made from those small moves are narrower than chance, and series
that only drift give signals. So a signal is kept only where the share also differs from the series'
mean as chance alone would make it differ in fewer than 1 of 20 cases, were the month a group of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from imp2art.audit.indicator import Direction
from imp2art.audit.report import MonthFigure, Verdict
from imp2art.audit.run_chart import RunChart, Signal

ERRORS_APART = 1.96  # standard errors of a share: 95% [C]


def confirmed(chart: RunChart, figures: Sequence[MonthFigure]) -> RunChart:
    """The chart with only those signals that the size of the group bears out."""
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
    error = sqrt(pooled * (1 - pooled) * (1 / now.denominator + 1 / then.denominator))
    return abs(now.rate - then.rate) > ERRORS_APART * error


def _is_borne_out(signal: Signal, chart: RunChart, figures: Sequence[MonthFigure]) -> bool:
    last = figures[signal.points[-1]]
    if chart.mean is None or last.rate is None:
        return False
    error = sqrt(chart.mean * (1 - chart.mean) / last.denominator)
    above = last.rate - chart.mean
    return (above if signal.high else -above) > ERRORS_APART * error
