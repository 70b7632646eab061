"""Which characters the project's fonts can draw, and what to print where they cannot.

PDF/UA refuses a letter without a glyph. A picture character such as an emoji is named instead,
`[runner]`, which also reads well in grey and aloud; a letter of another script is refused, because
a name must never be altered.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from imp2art.core.refusal import Refusal

_NO_CHARACTERS = frozenset({"Cc", "Cn"})  # a font may map 0 and FFFF, which stand for nothing
_MANY = (list, tuple)
_LINE_BREAK = frozenset("\n")
_TEXT = frozenset({"L", "M", "N"})  # letters, marks and numbers carry meaning that a name would lose


def draw_all(values: Any, fonts: Path) -> Any:  # noqa: ANN401 - a JSON value has no closer type
    """The same JSON-like values, every text in them made drawable."""
    if isinstance(values, str):
        return make_drawable(values, fonts)
    if isinstance(values, dict):
        return {key: draw_all(value, fonts) for key, value in values.items()}
    if isinstance(values, _MANY):
        return [draw_all(value, fonts) for value in values]
    return values


def make_drawable(text: str, fonts: Path) -> str:
    """The text with what cannot be drawn named in brackets.

    Raises `Refusal` for a letter of a script that the fonts lack; the letter is given by its number.
    """
    if text.isascii() and text.isprintable():
        return text  # nearly every text; each font of the project has these
    covered = drawable_characters(fonts)
    if covered.issuperset(map(ord, set(text) - _LINE_BREAK)):
        return text
    return "".join(_drawn(character, covered) for character in text)


def _drawn(character: str, covered: frozenset[int]) -> str:
    if ord(character) in covered or character in _LINE_BREAK:
        return character
    if character.isspace():
        return " "
    if _is_invisible(character):
        return ""
    if unicodedata.category(character)[0] in _TEXT:
        raise Refusal(
            f"The plan cannot draw the letter U+{ord(character):04X}. "
            "Write it in letters of the Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Bengali, "
            "Gurmukhi or Gujarati script."
        )
    return f"[{unicodedata.name(character, 'unknown character').lower()}]"


def _is_invisible(character: str) -> bool:
    """Joiners, marks of direction and variation selectors: they have no picture of their own."""
    named = unicodedata.name(character, "")
    return unicodedata.category(character) == "Cf" or named.startswith("VARIATION SELECTOR")


@cache
def drawable_characters(fonts: Path) -> frozenset[int]:
    """Every character for which some font in the folder or below it has a glyph; no control characters."""
    mapped = {code for font in _each_family(fonts) for code in _mapped(font.read_bytes())}
    return frozenset(code for code in mapped if unicodedata.category(chr(code)) not in _NO_CHARACTERS)


def _each_family(fonts: Path) -> Iterator[Path]:
    """One font a family: the bold letters are the same characters."""
    return (font for font in sorted(fonts.rglob("*.ttf")) if not font.stem.endswith("-Bold"))


def _mapped(font: bytes) -> Iterator[int]:
    """The characters of the font's `cmap` table, formats 4 and 12 (OpenType 1.9, chapter cmap)."""
    table = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, table + 2)
    for record in range(count):
        (offset,) = struct.unpack_from(">I", font, table + 4 + 8 * record + 4)
        (form,) = struct.unpack_from(">H", font, table + offset)
        if form == 12:
            yield from _format_12(font, table + offset)
        elif form == 4:
            yield from _format_4(font, table + offset)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for record in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * record)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _format_12(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for group in range(count):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * group)
        yield from range(first, last + 1)


def _format_4(font: bytes, at: int) -> Iterator[int]:
    (double_count,) = struct.unpack_from(">H", font, at + 6)
    count = double_count // 2
    lasts = struct.unpack_from(f">{count}H", font, at + 14)
    firsts = struct.unpack_from(f">{count}H", font, at + 16 + double_count)
    for first, last in zip(firsts, lasts, strict=True):
        yield from range(first, last + 1)
