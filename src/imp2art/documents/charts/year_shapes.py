"""The shapes in the drawing of a person's two years, each centred on its day across a band."""

from __future__ import annotations

from imp2art.documents.charts.svg import BLUE, INK, element

BAND = 18  # height of the band that the shapes lie in
THIN, THICK = 1.2, 3.2
_PAPER = "#ffffff"


def bar(start: float, end: float, *, filled: bool) -> str:
    """A span of days; at least so wide that it is seen."""
    wide, fill = max(end - start, 2), BLUE if filled else _PAPER
    return element(
        "rect", x=start, y=3, width=wide, height=BAND - 6, fill=fill, stroke=BLUE, stroke_width=1.4
    )


def notch(x: float) -> str:
    """Where a bar begins, so that bars that follow one another can be counted."""
    return element("rect", x=x - 0.75, y=0, width=1.5, height=BAND, fill=INK)


def tick(x: float) -> str:
    """One issue."""
    return element("rect", x=x - 1.5, y=0, width=3, height=BAND, fill=BLUE)


def disc(x: float) -> str:
    """Something that was done."""
    return element("circle", cx=x, cy=BAND / 2, r=6, fill=BLUE)


def ring(x: float) -> str:
    """Something of which not all is known, or that stands apart from its row."""
    return element("circle", cx=x, cy=BAND / 2, r=5, fill=_PAPER, stroke=BLUE, stroke_width=2)


def diamond(x: float) -> str:
    """A course of tablets."""
    return element("path", d="M0 0 L7 9 L0 18 L-7 9 Z", fill=BLUE, transform=f"translate({x:.1f} 0)")


def triangle(x: float) -> str:
    """An attack."""
    return element("path", d="M0 2 L7 16 L-7 16 Z", fill=INK, transform=f"translate({x:.1f} 0)")


def box(x: float, width: float) -> str:
    """Emergency care, around what else happened on that day."""
    return element("rect", x=x - 10, y=-1, width=20, height=20, fill="none", stroke=INK, stroke_width=width)


def new_year(x: float) -> str:
    """The first day of a year."""
    return element("rect", x=x - 0.5, y=0, width=1, height=BAND, fill=INK, fill_opacity=0.4)
