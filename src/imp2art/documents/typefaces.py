"""Which fonts a page needs: Noto Sans always, another script's only where its letters stand on the page.

Reading all fonts would cost every English plan the time of six scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from imp2art.documents.letters import drawable_characters

FONTS: Final = Path(str(files("imp2art.documents"))) / "fonts"
BASE: Final = "sans"  # Latin, Greek, Cyrillic, Devanagari
# A folder of FONTS each. Urdu readers expect Nastaliq; the other Arabic font stands behind it.
_SCRIPTS: Final = ("arabic", "hebrew", "bengali", "gurmukhi", "gujarati")


def fonts_needed(values: Any, language: str) -> tuple[str, ...]:  # noqa: ANN401 - a JSON value has no closer type
    """The folders of FONTS that draw every character of the values, in the order of preference."""
    missing = _letters(values) - drawable_characters(FONTS / BASE)
    needed = [BASE]
    for script in ("nastaliq", *_SCRIPTS) if language == "ur" else _SCRIPTS:
        if missing and (found := missing & drawable_characters(FONTS / script)):
            needed.append(script)
            missing -= found
    return tuple(needed)


def _letters(values: Any) -> set[int]:  # noqa: ANN401
    return {ord(letter) for text in _texts(values) if not text.isascii() for letter in text}


def _texts(values: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        for each in values.values():
            yield from _texts(each)
    elif isinstance(values, (list, tuple)):
        for each in values:
            yield from _texts(each)
