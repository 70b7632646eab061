"""What a person wrote as another will see it: unseen characters are left out, and a letter is no reason."""

from __future__ import annotations

import unicodedata

# [C] choices of this project: the shortest words that tell a colleague anything (“RIP”, “ill”).
FEWEST_LETTERS, FEWEST_DIFFERENT = 3, 2
# Categories of what nobody sees, or what turns the line around: formats, controls, surrogates, private
# use, unassigned.
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
# Letters and symbols by their category that show nothing either.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def as_seen(text: str) -> str:
    """The text without what nobody sees; each gap is one space."""
    return " ".join("".join(_seen(each) for each in text).split())


def is_in_words(text: str) -> bool:
    """Whether it tells a reader anything: enough letters, and not one of them over and over."""
    letters = [each for each in as_seen(text).casefold() if each.isalpha()]
    return len(letters) >= FEWEST_LETTERS and len(set(letters)) >= FEWEST_DIFFERENT


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    unseen = character in _BLANK or unicodedata.category(character) in _UNSEEN
    return "" if unseen else character
