"""A funnel plot: this practice and similar ones by how many people each counts, and what chance alone does.

The others have no name, and their numbers are the protected ones: nothing in the drawing is more exact
than the report's comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from imp2art.audit.peers import FUNNEL_ERRORS
from imp2art.audit.reports.chance import error_of
from imp2art.audit.reports.report import Comparison, PeerPoint
from imp2art.documents.charts.percents import Percents, percents_of
from imp2art.documents.charts.run_chart_words import say
from imp2art.documents.charts.svg import BLUE, INK, element, line, marked, picture, words
from imp2art.documents.figure_words import of_people, percent_words, share_in_words, share_words

_WIDTH, _HEIGHT = 360, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 348, 12, 186
_KEY_Y = 240
_CURVE_POINTS = 32
_AXIS_STEPS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000)
_MOST_ROWS = 5  # of the table: practices by size, so that no row is one practice


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """Practices of about one size: half of them lie from `low` to `high`; `chance` is 95% of what chance
    alone gives at that size."""

    people: str
    practices: int
    low: str
    middle: str
    high: str
    chance: str


def draw_funnel(comparison: Comparison, title: str) -> str:
    """The plot; its table is `rows_of_funnel`."""
    scale = _Scale.of(comparison)
    own = comparison.own
    about = say(
        "funnel-about",
        practices=len(comparison.points),
        own=_share(own) if own.denominator else say("funnel-nobody"),
        centre=share_in_words(comparison.centre),
    )
    return picture(
        _WIDTH,
        _HEIGHT,
        say("funnel-title", title=title),
        about,
        *_axes(scale),
        *_curves(scale, comparison.centre),
        *(_other(scale, point) for point in comparison.points),
        *_own(scale, own),
        *_key(),
    )


def rows_of_funnel(comparison: Comparison) -> tuple[FunnelRow, ...]:
    """The same practices in up to five rows by size, smallest first."""
    points = sorted(comparison.points, key=lambda point: point.denominator)
    count = max(1, min(_MOST_ROWS, len(points) // 5))
    cuts = [len(points) * at // count for at in range(count + 1)]
    parts = (points[low:high] for low, high in pairwise(cuts))
    return tuple(_row(part, comparison.centre) for part in parts if len(part) > 1)


def reach_of(centre: float, people: float, errors: float) -> tuple[float, float]:
    """Between which shares chance alone keeps a practice of so many people."""
    reach = errors * error_of(centre, people)
    return max(0.0, centre - reach), min(1.0, centre + reach)


@dataclass(frozen=True, slots=True)
class _Scale:
    most: int
    percents: Percents

    @classmethod
    def of(cls, comparison: Comparison) -> _Scale:
        drawn = [point for point in (*comparison.points, comparison.own) if point.denominator]
        most, least = max(p.denominator for p in drawn), min(p.denominator for p in drawn)
        inner = reach_of(comparison.centre, (most + least) / 2, FUNNEL_ERRORS[1])
        shares = [point.numerator / point.denominator for point in drawn]
        return cls(int(most * 1.05) + 1, percents_of([*shares, *inner]))

    def x(self, people: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * people / self.most

    def y(self, share: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * min(1.0, max(0.0, self.percents.place(share)))


def _axes(scale: _Scale) -> Iterator[str]:
    for mark in scale.percents.marks():
        y = scale.y(mark / 100)
        yield element(
            "line", x1=_LEFT, y1=y, x2=_RIGHT, y2=y, stroke=INK, stroke_opacity=0.15, stroke_width=1
        )
        yield words(_LEFT - 6, y + 4, percent_words(mark), anchor="end", size=12)
    yield line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM)
    step = next((step for step in _AXIS_STEPS if scale.most <= 5 * step), _AXIS_STEPS[-1])
    for people in range(0, scale.most + 1, step):
        yield line(scale.x(people), _BOTTOM, scale.x(people), _BOTTOM + 4)
        yield words(scale.x(people), _BOTTOM + 18, f"{people:,}", anchor="middle", size=12)
    yield words(_RIGHT, _BOTTOM + 34, say("funnel-people"), anchor="end", size=12)


def _curves(scale: _Scale, centre: float) -> Iterator[str]:
    yield line(_LEFT, scale.y(centre), _RIGHT, scale.y(centre), width=1.2)
    # Closer together where the curve bends most.
    people = [max(1.0, scale.most * (at / _CURVE_POINTS) ** 2) for at in range(1, _CURVE_POINTS + 1)]
    for errors, dash in zip(FUNNEL_ERRORS, ("5 4", "1.5 3"), strict=True):
        for side in (0, 1):
            shares = [reach_of(centre, count, errors)[side] for count in people]
            inside = [
                (count, share)
                for count, share in zip(people, shares, strict=True)
                if 0 <= scale.percents.place(share) <= 1
            ]
            drawn = " ".join(f"{scale.x(count):.1f},{scale.y(share):.1f}" for count, share in inside)
            yield element(
                "polyline", points=drawn, fill="none", stroke=INK, stroke_width=1, stroke_dasharray=dash
            )


def _other(scale: _Scale, point: PeerPoint) -> str:
    x, y = scale.x(point.denominator), scale.y(point.numerator / point.denominator)
    said = say("funnel-other-at", share=_share(point), people=_people(point))
    return marked(said, _dot(x, y))


def _own(scale: _Scale, own: PeerPoint) -> Iterator[str]:
    if own.denominator:
        x, y = scale.x(own.denominator), scale.y(own.numerator / own.denominator)
        yield marked(say("funnel-own-at", share=_share(own), people=_people(own)), _diamond(x, y))
        anchor, beside = ("end", x - 11) if x > _RIGHT - 60 else ("start", x + 11)
        yield words(beside, y + 5, _share(own), anchor=anchor, bold=True, size=14)


def _key() -> Iterator[str]:
    x = 0.0
    for drawing, slug in (
        (_diamond(8, 0), "funnel-own"),
        (_dot(8, 0), "funnel-other"),
        (line(0, 0, 18, 0, dash="5 4"), "key-95"),
        (line(0, 0, 18, 0, dash="1.5 3"), "key-998"),
    ):
        yield element("g", drawing, transform=f"translate({x:.1f} {_KEY_Y})")
        yield words(x + 22, _KEY_Y + 4, say(slug), size=12)
        x += 32 + 6.1 * len(say(slug))


def _dot(x: float, y: float) -> str:
    return element(
        "circle", cx=x, cy=y, r=3, fill=INK, fill_opacity=0.25, stroke=INK, stroke_opacity=0.6, stroke_width=1
    )


def _diamond(x: float, y: float) -> str:
    return element("path", d="M0 -7 L7 0 L0 7 L-7 0 Z", fill=BLUE, transform=f"translate({x:.1f} {y:.1f})")


def _share(point: PeerPoint) -> str:
    return share_words(point.numerator, point.denominator)


def _people(point: PeerPoint) -> str:
    return of_people(point.numerator, point.denominator)


def _row(points: Sequence[PeerPoint], centre: float) -> FunnelRow:
    rates = sorted(point.numerator / point.denominator for point in points)
    low, middle, high = quantiles(rates, n=4, method="inclusive")
    least, most = points[0].denominator, points[-1].denominator
    below, above = reach_of(centre, (least + most) / 2, FUNNEL_ERRORS[0])
    return FunnelRow(
        f"{least:,}" if least == most else f"{least:,} to {most:,}",
        len(points),
        share_in_words(low),
        share_in_words(middle),
        share_in_words(high),
        f"{share_in_words(below)} to {share_in_words(above)}",
    )
