"""Text that reads left to right inside text that reads right to left, and the other way round.

A phone number in an Arabic or Urdu sentence, left to itself, is drawn with its groups turned round:
0131 496 0000 as 0000 496 0131. Each number, name or code is therefore held between two invisible marks of
Unicode (UAX #9), which every browser, printer and screen reader obeys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LATIN: Final = "\u2066"  # left-to-right isolate: a value
OTHER_LANGUAGE: Final = "\u2068"  # first strong isolate: a sentence of another language
_END: Final = "\u2069"
RIGHT_TO_LEFT: Final = frozenset({"ar", "ur"})

_HELD = re.compile(f"({LATIN}[^{_END}]*{_END}|{OTHER_LANGUAGE}[^{_END}]*{_END})")
_WORD = r"[+#]?[A-Za-z0-9\u00c0-\u024f]+"
_BETWEEN = r"[ ,.:;/&’'+–-]*"
_RUN = re.compile(rf"{_WORD}(?:{_BETWEEN}(?:{_WORD}|\({_WORD}(?:{_BETWEEN}{_WORD})*\)))*%?")
_MARKS = re.compile(f"[{LATIN}{OTHER_LANGUAGE}{_END}]")


def reads_right_to_left(language: str) -> bool:
    """True for the languages of the plan that are written from the right."""
    return language in RIGHT_TO_LEFT


def isolate(text: str, language: str) -> str:
    """The text with each number, code and name in Latin letters held together left to right.

    Text of a language that reads left to right stays as it is; what is held already is not held twice.
    """
    if not reads_right_to_left(language):
        return text
    parts = _HELD.split(text)
    return "".join(part if _HELD.fullmatch(part) else _RUN.sub(_hold, part) for part in parts)


def in_another_language(text: str) -> str:
    """A whole sentence that is not in the language of the text around it."""
    return f"{OTHER_LANGUAGE}{text}{_END}"


def is_in_another_language(text: str) -> bool:
    """True where some sentence of the text is in another language."""
    return OTHER_LANGUAGE in text


def split_held(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text, each with the mark that holds it (`LATIN`, `OTHER_LANGUAGE` or nothing)."""
    for piece in _HELD.split(text):
        if _HELD.fullmatch(piece):
            yield piece[0], piece[1:-1]
        elif piece:
            yield "", piece


def without_marks(text: str) -> str:
    """The letters alone."""
    return _MARKS.sub("", text)


def _hold(run: re.Match[str]) -> str:
    return f"{LATIN}{run.group()}{_END}"
