"""The directions of a label, read strictly: the common forms and nothing else.

A label that says anything more, or says it otherwise, is not read (None). A rule that needs the
dose then says that it cannot tell. Nothing is guessed (hazards H-03, H-07).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Directions:
    """What a label says, in puffs.

    `morning` and `evening` are None where the label does not say when; "twice a day" is read as
    morning and evening. `puffs_a_day` counts the regular puffs only, 0 for a reliever.
    `puffs_as_needed` is None where the label gives a range or no number; `most_a_day` counts all puffs.
    """

    morning: int | None
    evening: int | None
    puffs_a_day: int
    as_needed: bool
    puffs_as_needed: int | None = None
    most_a_day: int | None = None

    @property
    def regular(self) -> bool:
        """Whether some puffs are to be taken every day."""
        return self.puffs_a_day > 0


_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_SAME_WORDS = (
    (r"\b(?:inhalations?|doses?|blisters?|puffs)\b", "puff"),
    (r"\b(?:to be )?(?:inhaled?|taken?|breathed? in|use[ds]?)\b", " "),
    (r"\b(?:a|per|each|every) day\b", "daily"),
    (r"\bbd\b|\bb\.d\.?|\b(?:twice|2 times|two times)(?: daily)?\b", "twice daily"),
    (r"\bod\b|\bo\.d\.?|\bonce(?: daily)?\b", "once daily"),
    (r"\b(?:prn|(?:when|as|if)(?: or when)? (?:required|needed|necessary))\b", "prn"),
    (r"\b(?:in the|every|each) morning\b", "morning"),
    (r"\b(?:at (?:night|bedtime)|(?:in the|every|each) (?:evening|night)|night)\b", "evening"),
    (r"\bdaily daily\b", "daily"),
)
_N = r"([0-9]{1,2})"
_PUFF = r"(?: puff)?"
_ONCE = re.compile(rf"{_N} puff once daily")
_AT_ONE_TIME = re.compile(rf"{_N} puff(?: once daily)? (morning|evening)")
_TWICE = re.compile(rf"{_N} puff twice daily")
_MORE_OFTEN = re.compile(rf"{_N} puff ([34]) times daily")
_SAME_BOTH = re.compile(rf"{_N} puff (?:twice daily )?morning and evening")
_BOTH = re.compile(rf"{_N} puff morning(?: and)? {_N}{_PUFF} evening")
_WHY = r"(?: for (?:asthma|wheeze|breathlessness|symptoms|relief|symptom relief))?"
_UP_TO = r"(?: up to [0-9] times daily)?"
_RANGE = r"[0-9]{1,2} ?(?:-|to|or) ?[0-9]{1,2}"
_AS_NEEDED = re.compile(rf"(?:(?:{_N}|{_RANGE}) puff{_UP_TO} )?prn{_UP_TO}{_WHY}")
_MOST = re.compile(
    rf"(.+?)(?: and)? (?:no more than|max(?:imum)?(?: of)?) {_N} puff daily(?: \((?:mart|air)\))?"
)
_JOINED = re.compile(r"(.+?) (?:and|plus)(?: also)?(?: (?:an )?(?:extra|additional))? ((?:[0-9].*)?prn.*)")


@lru_cache(maxsize=4096)  # a practice prints the same few hundred labels
def read_directions(text: str) -> Directions | None:
    """The dose that a label states, such as "Inhale TWO puffs TWICE a day"; None where it is not read."""
    label = _plain(text)
    bounded = _MOST.fullmatch(label)
    if bounded is None:
        return _dosed(label)
    found = _dosed(bounded[1])
    return None if found is None else replace(found, most_a_day=int(bounded[2]))


def _dosed(label: str) -> Directions | None:
    joined = _JOINED.fullmatch(label)
    if joined is None:
        return _regular(label) or _as_needed(label)
    regular, extra = _regular(joined[1]), _as_needed(joined[2])
    if regular is None or extra is None:
        return None
    return replace(regular, as_needed=True, puffs_as_needed=extra.puffs_as_needed)


def _plain(text: str) -> str:
    label = text.lower().strip().rstrip(".").replace(",", " and ").replace("–", "-").replace("&", " and ")
    for value, word in enumerate(_NUMBERS, start=1):
        label = re.sub(rf"\b{word}\b", str(value), label)
    label = " ".join(label.split())
    for pattern, word in _SAME_WORDS:
        label = " ".join(re.sub(pattern, word, label).split())
    return label.replace("and and", "and")


def _regular(label: str) -> Directions | None:
    if match := _ONCE.fullmatch(label):
        return _dose(None, None, int(match[1]))
    if match := _AT_ONE_TIME.fullmatch(label):
        puffs = int(match[1])
        return _dose(puffs, 0, puffs) if match[2] == "morning" else _dose(0, puffs, puffs)
    if match := _TWICE.fullmatch(label) or _SAME_BOTH.fullmatch(label):
        return _dose(int(match[1]), int(match[1]), 2 * int(match[1]))
    if match := _MORE_OFTEN.fullmatch(label):
        return _dose(None, None, int(match[1]) * int(match[2]))
    if match := _BOTH.fullmatch(label):
        return _dose(int(match[1]), int(match[2]), int(match[1]) + int(match[2]))
    return None


def _dose(morning: int | None, evening: int | None, a_day: int) -> Directions | None:
    return Directions(morning, evening, a_day, as_needed=False) if a_day else None


def _as_needed(label: str) -> Directions | None:
    match = _AS_NEEDED.fullmatch(label)
    if match is None:
        return None
    return Directions(0, 0, 0, as_needed=True, puffs_as_needed=int(match[1]) if match[1] else None)
