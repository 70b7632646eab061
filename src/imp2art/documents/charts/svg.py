"""A few SVG elements as text. Everything that is written into them is escaped here.

Lines and letters take the page's own ink (`currentColor`), so a dark page draws them light; only
presentation attributes are used, which a strict content security policy lets pass.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape

INK = "currentColor"
BLUE = "#005eb8"  # NHS blue, 6.4:1 on white
FONT = "Frutiger W01, Arial, sans-serif"
SIZE = 13  # units of the view box; 11.5 px on a screen of 320 px

# What XML 1.0 cannot hold, even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_PLAIN = re.compile(r"[\w .,:;%#()–-]*")  # nothing that needs a look: most of what is drawn

Number = int | float


def element(tag: str, *children: str, **attributes: str | Number | None) -> str:
    """An element; `stroke_width` becomes `stroke-width`, and None leaves an attribute out."""
    written = "".join(
        [f' {_named(name)}="{_value(value)}"' for name, value in attributes.items() if value is not None]
    )
    return f"<{tag}{written}>{''.join(children)}</{tag}>" if children else f"<{tag}{written}/>"


def words(
    x: Number, y: Number, text: str, *, anchor: str = "start", bold: bool = False, size: Number = SIZE
) -> str:
    """A line of text whose baseline begins (or ends, or is centred) at x, y."""
    weight = "bold" if bold else None
    return element(
        "text", clean(text), x=x, y=y, text_anchor=anchor, font_size=size, font_weight=weight, fill=INK
    )


def line(
    x1: Number, y1: Number, x2: Number, y2: Number, *, width: Number = 1, dash: str | None = None
) -> str:
    """A straight line in the page's ink."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=INK, stroke_width=width, stroke_dasharray=dash)


def marked(text: str, *shapes: str) -> str:
    """Shapes with the words that a pointer or a screen reader finds on them."""
    return element("g", element("title", clean(text)), *shapes)


def picture(width: Number, height: Number, title: str, description: str, *parts: str) -> str:
    """The whole drawing. It scales with its place: give it a width in the page's style."""
    return element(
        "svg",
        element("title", clean(title)),
        element("desc", clean(description)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        role="img",
        class_="chart",
        font_family=FONT,
    )


def clean(text: str) -> str:
    """Text that XML can hold, with its marks escaped."""
    return text if _PLAIN.fullmatch(text) else escape(_NOT_XML.sub("", text))


@cache
def _named(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: str | Number) -> str:
    return _written(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


@lru_cache(maxsize=256)
def _written(value: str) -> str:
    """The same inks and anchors over and over."""
    return clean(value)
