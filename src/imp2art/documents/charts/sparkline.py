"""A small line beside a number: the shape of a series, without axes."""

from __future__ import annotations

from collections.abc import Sequence

from imp2art.documents.charts.svg import BLUE, INK, element, picture
from imp2art.documents.words import phrase

_WIDTH, _HEIGHT, _EDGE = 120, 32, 4


def draw_sparkline(values: Sequence[float | None], title: str) -> str:
    """The values in order, oldest first; None leaves a gap. The newest has a dot."""
    known = [value for value in values if value is not None]
    if not known:
        return picture(_WIDTH, _HEIGHT, title, phrase("charts", "spark-empty"), _base())
    count = len(values)
    drawn = [None if value is None else _place(at, value, count, known) for at, value in enumerate(values)]
    x, y = next(place for place in reversed(drawn) if place is not None)
    return picture(
        _WIDTH,
        _HEIGHT,
        title,
        _description(known),
        _base(),
        element("path", d=_path(drawn), fill="none", stroke=BLUE, stroke_width=2, stroke_linecap="round"),
        element("circle", cx=x, cy=y, r=3.4, fill=BLUE),
    )


def _place(at: int, value: float, count: int, known: Sequence[float]) -> tuple[float, float]:
    low, high = min(known), max(known)
    across = at / (count - 1) if count > 1 else 1
    up = (value - low) / (high - low) if high > low else 0.5
    return _EDGE + (_WIDTH - 2 * _EDGE) * across, _HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * up


def _path(drawn: Sequence[tuple[float, float] | None]) -> str:
    """A known place after a gap begins a new line."""
    steps = []
    open_line = False
    for place in drawn:
        if place is not None:
            steps.append(f"{'L' if open_line else 'M'}{place[0]:.1f} {place[1]:.1f}")
        open_line = place is not None
    return " ".join(steps)


def _base() -> str:
    return element(
        "line",
        x1=_EDGE,
        y1=_HEIGHT - 1,
        x2=_WIDTH - _EDGE,
        y2=_HEIGHT - 1,
        stroke=INK,
        stroke_opacity=0.3,
        stroke_width=1,
    )


def _description(known: Sequence[float]) -> str:
    first, last, lowest, highest = (f"{value:g}" for value in (known[0], known[-1], min(known), max(known)))
    return phrase("charts", "spark", first=first, last=last, lowest=lowest, highest=highest)
