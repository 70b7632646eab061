"""What a form sent, read one field at a time: a value, or a sentence about what to change.

A field that is empty or missing is None: not asked, never `no` and never 0 (H-15). Whatever else
arrives (other scripts' digits, thousands of them, a choice that was not offered) is an error of that
field; the text stays as it was typed, so that the person can mend it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from imp2art.core.quantities import parse_decimal, parse_whole
from imp2art.core.refusal import Refusal

Choice = TypeVar("Choice", bound=StrEnum)

YES, NO = "yes", "no"
DAY_PARTS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class FieldError:
    """`field` is the name of the field that the link of the error summary leads to."""

    field: str
    sentence: str


@dataclass(slots=True)
class Sent:
    """The text that a form sent, and the errors found while reading it.

    `texts` maps a field's name to everything sent under it, in order; `names` collects the words for
    each field that was asked for.
    """

    texts: Mapping[str, tuple[str, ...]]
    errors: list[FieldError] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, longest: int, what: str) -> str:
        """The text without the white space around it."""
        typed = self._one(name, what).strip()
        if len(typed) > longest:
            self.refuse(name, f"{what} must be {longest:,} characters or fewer.")
        if any(ord(letter) < 32 and letter not in "\r\n\t" for letter in typed):
            self.refuse(name, f"{what} holds a character that cannot be kept. Type it again.")
        return typed.replace("\r\n", "\n")

    def yes_no(self, name: str, what: str) -> bool | None:
        """True, False, or None where neither was chosen."""
        chosen = self.choice(name, (YES, NO), what)
        return None if chosen is None else chosen == YES

    def choice(self, name: str, offered: Iterable[str], what: str) -> str | None:
        """One of those offered."""
        chosen = self._one(name, what)
        if not chosen:
            return None
        if chosen not in offered:
            self.refuse(name, f"{what}: choose one of those offered.")
            return None
        return chosen

    def one_of(self, name: str, kind: type[Choice], what: str) -> Choice | None:
        """One member of an enumeration."""
        chosen = self.choice(name, tuple(kind), what)
        return None if chosen is None else kind(chosen)

    def several(self, name: str, offered: Iterable[str], what: str) -> tuple[str, ...]:
        """Those chosen, each once, in the order in which they were offered."""
        allowed = tuple(offered)
        self.names[name] = what
        if set(self.texts.get(name, ())) - {*allowed, ""}:
            self.refuse(name, f"{what}: choose from those offered.")
        return tuple(slug for slug in allowed if slug in self.texts.get(name, ()))

    def whole(self, name: str, lowest: int, highest: int, what: str) -> int | None:
        """A whole number from `lowest` to `highest`, both included."""
        typed = self._one(name, what).strip(" ")
        if not typed:
            return None
        try:
            number = parse_whole(typed)
        except Refusal:
            self.refuse(name, f"{what} must be a whole number, such as {lowest}.")
            return None
        if not lowest <= number <= highest:
            self.refuse(name, f"{what} must be from {lowest} to {highest}.")
            return None
        return number

    def decimal(self, name: str, lowest: int, highest: int, what: str) -> Decimal | None:
        """A number from `lowest` to `highest`, both included, with at most two places."""
        typed = self._one(name, what).strip(" ")
        if not typed:
            return None
        try:
            number = parse_decimal(typed)
        except Refusal:
            self.refuse(name, f"{what} must be a number, such as 1.5.")
            return None
        if not lowest <= number <= highest or number != round(number, 2):
            self.refuse(name, f"{what} must be from {lowest} to {highest}, with at most two places.")
            return None
        return number

    def day(self, name: str, what: str) -> date | None:
        """A day from its three boxes, `<name>-day`, `-month` and `-year`."""
        parts = [self._one(f"{name}-{part}", f"{what}: {part}").strip(" ") for part in DAY_PARTS]
        if not any(parts):
            return None
        try:
            day, month, year = (parse_whole(part) for part in parts)
            return date(year, month, day)
        except (Refusal, ValueError):
            self.refuse(f"{name}-day", f"{what} must be a day of the calendar, such as 27 3 2026.")
            return None

    def refuse(self, name: str, sentence: str) -> None:
        """Note an error of this field."""
        self.errors.append(FieldError(name, sentence))

    def _one(self, name: str, what: str) -> str:
        self.names[name] = what
        return (self.texts.get(name) or ("",))[-1]
