"""A run chart: each month's share, the mean, and what chance alone does to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.report import IndicatorSeries
from imp2art.audit.run_chart import Signal
from imp2art.documents.charts.months import month_ticks
from imp2art.documents.charts.percents import Percents, percents_of
from imp2art.documents.charts.run_chart_words import (
    Limits,
    Point,
    RunRow,
    describe,
    point_words,
    rows_of_run_chart,
    say,
    signals_told,
)
from imp2art.documents.charts.svg import BLUE, INK, element, line, marked, picture, words
from imp2art.documents.figure_words import percent_words, share_words

_WIDTH, _HEIGHT = 360, 236
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 320, 30, 176
_KEY_Y = 226


def draw_series(series: IndicatorSeries, title: str) -> str:
    """The chart of an audit's series."""
    points, limits = _parts_of(series)
    return draw_run_chart(points, limits, series.chart.signals, title, series.direction)


def rows_of_series(series: IndicatorSeries) -> tuple[RunRow, ...]:
    """The table of an audit's series, newest month first."""
    points, _ = _parts_of(series)
    return rows_of_run_chart(points, series.chart.signals, series.direction)


def draw_run_chart(
    points: Sequence[Point],
    limits: Sequence[Limits] | None,
    signals: Sequence[Signal],
    title: str,
    direction: Direction,
) -> str:
    """The chart of these months, oldest first; `limits` has one entry for each point, or is None.

    A month with nobody in the denominator leaves a gap in the line.
    """
    if not points:
        return picture(_WIDTH, 40, title, say("run-empty"), words(0, 24, say("run-empty")))
    scale = _Scale.of(points, limits)
    told = signals_told(signals, direction)
    return picture(
        _WIDTH,
        _HEIGHT,
        title,
        describe(points, limits, told),
        *_way(direction),
        *_grid(scale),
        *month_ticks([(scale.x(at), month) for at, (month, _, _) in enumerate(points)], _BOTTOM, _WIDTH),
        *_limit_lines(scale, limits),
        *_curve(scale, points),
        *_marks(scale, points, told),
        *_newest(scale, points),
        *_key(limits, told),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Places and percents to units of the view box."""

    count: int
    percents: Percents

    @classmethod
    def of(cls, points: Sequence[Point], limits: Sequence[Limits] | None) -> _Scale:
        shares = [numerator / denominator for _, numerator, denominator in points if denominator]
        shares += [share for three in limits or () for share in three]
        return cls(len(points), percents_of(shares))

    def x(self, at: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (at / (self.count - 1) if self.count > 1 else 1)

    def y(self, share: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * self.percents.place(share)


def _way(direction: Direction) -> Iterator[str]:
    """Which way is good, with an arrow that points there."""
    arrows = {Direction.HIGHER: "M0 10 L5 0 L10 10 Z", Direction.LOWER: "M0 0 L10 0 L5 10 Z"}
    arrow = arrows.get(direction)
    if arrow:
        yield element("path", d=arrow, fill=INK, transform="translate(0 5)")
    yield words(16 if arrow else 0, 15, say(direction.value))


def _grid(scale: _Scale) -> Iterator[str]:
    for mark in scale.percents.marks():
        y = scale.y(mark / 100)
        yield element(
            "line", x1=_LEFT, y1=y, x2=_RIGHT, y2=y, stroke=INK, stroke_opacity=0.15, stroke_width=1
        )
        yield words(_LEFT - 6, y + 4, percent_words(mark), anchor="end", size=12)
    yield line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM)


def _limit_lines(scale: _Scale, limits: Sequence[Limits] | None) -> Iterator[str]:
    """The mean whole, the limits dashed, each as far as it holds."""
    bends = _bends(limits or ())
    for part, (width, dash) in enumerate(((1.2, None), (1, "5 4"), (1, "5 4"))):
        drawn = [(scale.x(at), scale.y(three[part])) for at, three in bends]
        if drawn:
            yield _polyline(drawn, INK, width, dash)


def _bends(limits: Sequence[Limits]) -> list[tuple[int, Limits]]:
    """Where the limits begin, end or change: between two of these the lines are straight."""
    last = len(limits) - 1
    return [
        (at, three)
        for at, three in enumerate(limits)
        if at in (0, last) or three != limits[at - 1] or three != limits[at + 1]
    ]


def _curve(scale: _Scale, points: Sequence[Point]) -> Iterator[str]:
    run: list[tuple[float, float]] = []
    for at, (_, numerator, denominator) in enumerate(points):
        if denominator:
            run.append((scale.x(at), scale.y(numerator / denominator)))
        elif run:
            yield _polyline(run, BLUE, 2)
            run = []
    if run:
        yield _polyline(run, BLUE, 2)


def _marks(scale: _Scale, points: Sequence[Point], told: Mapping[int, str]) -> Iterator[str]:
    """A dot for each month; a month that stands out is a diamond if better, a hollow square if worse."""
    for at, (month, numerator, denominator) in enumerate(points):
        if denominator:
            said = point_words((month, numerator, denominator))
            mark = f"{said}: {say(told[at])}" if at in told else said
            yield marked(mark, _shape(told.get(at), scale.x(at), scale.y(numerator / denominator)))


def _shape(told: str | None, x: float, y: float) -> str:
    if told is None:
        return element("circle", cx=x, cy=y, r=2.6, fill=BLUE)
    if told == "worse":
        hollow = {"fill": "#ffffff", "stroke": BLUE}
        return element("rect", x=x - 4, y=y - 4, width=8, height=8, stroke_width=2, **hollow)
    turned = f"translate({x:.1f} {y:.1f})"
    return element("path", d="M0 -6 L6 0 L0 6 L-6 0 Z", fill=BLUE, transform=turned)


def _key(limits: Sequence[Limits] | None, told: Mapping[int, str]) -> Iterator[str]:
    """What the lines and the marks mean: only those that are drawn."""
    x = 0.0
    for drawing, slug in _keys(limits, told):
        yield element("g", drawing, transform=f"translate({x:.1f} {_KEY_Y})")
        label = say(slug)
        yield words(x + 22, _KEY_Y + 4, label, size=12)
        x += 40 + 5.7 * len(label)


def _keys(limits: Sequence[Limits] | None, told: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    if limits:
        yield line(0, 0, 18, 0, width=1.2), "key-mean"
        yield line(0, 0, 18, 0, dash="5 4"), "key-limits"
    for kind in ("better", "worse", "changed"):
        if kind in told.values():
            yield _shape(kind, 12, 0), f"key-{kind}"


def _newest(scale: _Scale, points: Sequence[Point]) -> Iterator[str]:
    _, numerator, denominator = points[-1]
    if denominator:
        y = scale.y(numerator / denominator) + 5
        yield words(_RIGHT + 8, y, share_words(numerator, denominator), bold=True, size=14)


def _parts_of(series: IndicatorSeries) -> tuple[list[Point], list[Limits] | None]:
    points = [(figure.month_end, figure.numerator, figure.denominator) for figure in series.figures]
    chart = series.chart
    if chart.mean is None or chart.lower is None or chart.upper is None:
        return points, None
    return points, [(chart.mean, chart.lower, chart.upper)] * len(points)


def _polyline(points: Sequence[tuple[float, float]], ink: str, width: float, dash: str | None = None) -> str:
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return element(
        "polyline", points=drawn, fill="none", stroke=ink, stroke_width=width, stroke_dasharray=dash
    )
