"""One strip: where most similar practices lie, and where this one does."""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.report import Comparison
from imp2art.documents.charts.percents import Percents, percents_of
from imp2art.documents.charts.run_chart_words import say
from imp2art.documents.charts.svg import BLUE, INK, element, line, marked, picture, words
from imp2art.documents.figure_words import percent_words, share_in_words, share_words

_WIDTH, _HEIGHT = 360, 96
_LEFT, _RIGHT = 14, 346
_MIDDLE = 44  # the strip's own line
_KEY_Y = 88

BandRow = tuple[str, str]  # what, and its share


def draw_band(comparison: Comparison, title: str, direction: Direction) -> str:
    """The strip; its table is `rows_of_band`."""
    own = comparison.own
    rate = own.numerator / own.denominator if own.denominator else None
    shares = (*comparison.band, *(() if rate is None else (rate,)))
    scale = percents_of(shares, most_marks=6, least_marks=2)
    return picture(
        _WIDTH,
        _HEIGHT,
        say("band-title", title=title),
        _about(comparison),
        words(0, 13, say(direction.value), size=12),
        *_axis(scale),
        *_boxes(scale, comparison.band),
        *(() if rate is None else _own(_x(scale, rate), _own_words(comparison))),
        *_key(),
    )


def rows_of_band(comparison: Comparison) -> tuple[BandRow, ...]:
    """This practice and the five percentiles, lowest first."""
    slugs = ("band-10", "band-25", "band-50", "band-75", "band-90")
    named = zip(slugs, comparison.band, strict=True)
    own = _own_words(comparison)
    return ((say("funnel-own"), own), *((say(slug), share_in_words(share)) for slug, share in named))


def _about(comparison: Comparison) -> str:
    low, quarter, middle, three, high = map(share_in_words, comparison.band)
    return say(
        "band-about",
        low=low,
        quarter=quarter,
        middle=middle,
        three=three,
        high=high,
        own=_own_words(comparison),
    )


def _own_words(comparison: Comparison) -> str:
    own = comparison.own
    return share_words(own.numerator, own.denominator) if own.denominator else say("funnel-nobody")


def _x(scale: Percents, share: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * scale.place(share)


def _axis(scale: Percents) -> Iterator[str]:
    y = _MIDDLE + 14
    yield line(_LEFT, y, _RIGHT, y)
    for mark in scale.marks():
        x = _x(scale, mark / 100)
        yield line(x, y, x, y + 4)
        yield words(x, y + 17, percent_words(mark), anchor="middle", size=12)


def _boxes(scale: Percents, band: tuple[float, ...]) -> Iterator[str]:
    low, quarter, middle, three, high = (_x(scale, share) for share in band)
    yield _box(low, high, 0.14)
    yield _box(quarter, three, 0.3)
    yield line(middle, _MIDDLE - 11, middle, _MIDDLE + 11, width=2)


def _box(left: float, right: float, ink: float) -> str:
    wide = max(right - left, 1)
    return element("rect", x=left, y=_MIDDLE - 9, width=wide, height=18, fill=INK, fill_opacity=ink)


def _own(x: float, share: str) -> Iterator[str]:
    shape = element("path", d="M0 -8 L8 0 L0 8 L-8 0 Z", fill=BLUE, stroke="#ffffff", stroke_width=1.5)
    yield marked(share, element("g", shape, transform=f"translate({x:.1f} {_MIDDLE})"))
    anchor = "end" if x > _RIGHT - 20 else "start" if x < _LEFT + 20 else "middle"
    yield words(x, _MIDDLE - 14, share, anchor=anchor, bold=True, size=14)


def _key() -> Iterator[str]:
    diamond = element("path", d="M0 -6 L6 0 L0 6 L-6 0 Z", fill=BLUE, transform="translate(7 0)")
    x = 0.0
    for drawing, slug in (
        (diamond, "funnel-own"),
        (element("rect", x=0, y=-5, width=14, height=10, fill=INK, fill_opacity=0.44), "band-half"),
        (element("rect", x=0, y=-5, width=14, height=10, fill=INK, fill_opacity=0.14), "band-tenths"),
        (line(7, -6, 7, 6, width=2), "band-middle"),
    ):
        yield element("g", drawing, transform=f"translate({x:.1f} {_KEY_Y})")
        yield words(x + 18, _KEY_Y + 4, say(slug), size=12)
        x += 32 + 5.9 * len(say(slug))
