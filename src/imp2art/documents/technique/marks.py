"""What the pictures share: a face in profile, arrows of breath, a clock."""

from __future__ import annotations

from imp2art.documents.charts.svg import BLUE, INK, Number, element, words
from imp2art.documents.technique.devices import PAPER, WIDE, shape

MOUTH = (66, 56)
_FACE = (
    "M26 98 C28 86 12 78 12 50 C12 24 28 10 44 10 C58 10 64 20 64 32 "
    "L72 46 L65 50 L66 56 L64 60 L65 66 C64 76 56 78 48 77 L48 98"
)


def face() -> str:
    """A head that looks to the right; its mouth is at `MOUTH`."""
    eye = element("circle", cx=54, cy=38, r=2.4, fill=INK)
    ear = element("path", d="M30 44 C24 40 24 56 31 54", fill="none", stroke=INK, stroke_width=WIDE)
    return element("g", shape(_FACE), eye, ear)


def arrow(x1: Number, y1: Number, x2: Number, y2: Number, *, width: Number = 3) -> str:
    """A straight arrow. One of breath is level, one of a hand stands upright."""
    dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
    back, side = 8 if width > 2 else 6, 5 if width > 2 else 4
    points = (
        f"M{x2 - dx * back - dy * side} {y2 - dy * back - dx * side} L{x2} {y2} "
        f"L{x2 - dx * back + dy * side} {y2 - dy * back + dx * side}"
    )
    return element(
        "g",
        element("path", d=f"M{x1} {y1} L{x2} {y2}", stroke=BLUE, stroke_width=width),
        element("path", d=points, fill="none", stroke=BLUE, stroke_width=width, stroke_linejoin="round"),
    )


def turning(x: Number, y: Number) -> str:
    """An arrow around an upright thing, centred at x, y."""
    ring = "M-26 -3 C-26 11 26 11 26 -3"
    return element(
        "g",
        element("path", d=ring, fill="none", stroke=BLUE, stroke_width=3),
        element("path", d="M19 2 L26 -5 L31 4", fill="none", stroke=BLUE, stroke_width=3),
        transform=f"translate({x} {y})",
    )


def clock(x: Number, y: Number, seconds: str) -> str:
    """A clock face with the seconds in it."""
    ring = element("circle", cx=x, cy=y, r=17, fill=PAPER, stroke=INK, stroke_width=WIDE)
    knob = element("path", d=f"M{x - 4} {y - 20} L{x + 4} {y - 20}", stroke=INK, stroke_width=4)
    return element("g", ring, knob, words(x, y + 5, seconds, anchor="middle", bold=True, size=15))


def crossed(x: Number, y: Number) -> str:
    """A bold line through what is not to be done."""
    return element("path", d=f"M{x - 16} {y + 16} L{x + 16} {y - 16}", stroke=INK, stroke_width=4)


def capsule(x: Number, y: Number, *, full: bool) -> str:
    """A capsule of two halves; empty ones are hollow."""
    half = element(
        "path",
        d="M0 -7 L-8 -7 A7 7 0 0 0 -8 7 L0 7 Z",
        fill=BLUE if full else PAPER,
        stroke=INK,
        stroke_width=WIDE,
    )
    other = element("path", d="M0 -7 L8 -7 A7 7 0 0 1 8 7 L0 7 Z", fill=PAPER, stroke=INK, stroke_width=WIDE)
    return element("g", half, other, transform=f"translate({x} {y})")
