"""A run chart the size of a thumb, for an overview: the line, its mean, the newest month's mark."""

from __future__ import annotations

from collections.abc import Sequence

from imp2art.audit.reports.report import IndicatorSeries
from imp2art.documents.charts.percents import percents_of
from imp2art.documents.charts.run_chart_words import describe, signals_told
from imp2art.documents.charts.svg import BLUE, INK, element, picture

_WIDTH, _HEIGHT = 180, 48
_LEFT, _RIGHT, _TOP, _BOTTOM = 3, 172, 6, 42


def draw_small_run(series: IndicatorSeries, title: str) -> str:
    """The line; the indicator's own page has its table. A month with nobody counted leaves a gap."""
    points = [(each.month_end, each.numerator, each.denominator) for each in series.figures]
    chart = series.chart
    limits: tuple[float, float, float] | None = None
    if chart.mean is not None and chart.lower is not None and chart.upper is not None:
        limits = (chart.mean, chart.lower, chart.upper)
    told = signals_told(chart.signals, series.direction)
    about = describe(points, [limits] if limits else None, told)
    return picture(_WIDTH, _HEIGHT, title, about, *_parts(chart.points, limits))


def _parts(shares: Sequence[float | None], limits: tuple[float, float, float] | None) -> tuple[str, ...]:
    known = [share for share in shares if share is not None]
    scale = percents_of([*known, *(limits or ())])

    def y(share: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * scale.place(share)

    step = (_RIGHT - _LEFT) / max(1, len(shares) - 1)
    drawn = [
        "".join(f"{'L' if at and shares[at - 1] is not None else 'M'}{_LEFT + at * step:.0f} {y(share):.1f}")
        for at, share in enumerate(shares)
        if share is not None
    ]
    parts = []
    if limits is not None:
        mean, low, high = map(y, limits)
        wide = _RIGHT - _LEFT
        parts += [
            element("rect", x=_LEFT, y=high, width=wide, height=low - high, fill=INK, fill_opacity=0.08),
            element("path", d=f"M{_LEFT} {mean:.1f}H{_RIGHT}", stroke=INK, stroke_width=0.8),
        ]
    parts.append(element("path", d="".join(drawn), fill="none", stroke=BLUE, stroke_width=2))
    if shares and shares[-1] is not None:
        parts.append(element("circle", cx=_RIGHT, cy=y(shares[-1]), r=3.5, fill=BLUE))
    return tuple(parts)
