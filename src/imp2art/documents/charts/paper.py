"""A drawing for paper: its shapes as SVG, and its words apart, for the page to set as its own text.

Typst makes a font ready anew for every text inside an SVG, which took a third of a report's time; text of
the page has its font ready. What only a pointer finds on a screen is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

# As `svg.words` writes it.
_WORDS = re.compile(
    r'<text x="([^"]*)" y="([^"]*)" text-anchor="(\w+)" font-size="([^"]*)"( font-weight="bold")?[^>]*>'
    r"([^<]*)</text>"
)
_SAID = re.compile(r"<(title|desc)>[^<]*</\1>")
_VIEW = re.compile(r'viewBox="0 0 (\S+) (\S+)"')


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text whose baseline begins (`start`), ends or has its middle at x, y."""

    x: float
    y: float
    anchor: str
    size: float
    bold: bool
    text: str


@dataclass(frozen=True, slots=True)
class PaperDrawing:
    """Everything in units of the view box, which is `width` by `height`."""

    width: float
    height: float
    shapes: str
    words: tuple[Words, ...]


def for_paper(svg: str) -> PaperDrawing:
    """The drawing taken apart. Its words must not lie in a group that is moved or turned."""
    view = _VIEW.search(svg)
    if view is None:
        raise ValueError("a drawing without a view box has no size on paper")
    words = (
        Words(float(x), float(y), anchor, float(size), bool(bold), unescape(text))
        for x, y, anchor, size, bold, text in _WORDS.findall(svg)
    )
    shapes = _WORDS.sub("", _SAID.sub("", svg))
    return PaperDrawing(float(view[1]), float(view[2]), shapes, tuple(words))
