"""How the parts of an action plan say things: one language, numbers as parameters.

A phrase that stands inside another (`{puffs}` in "Take {puffs} of my reliever.") is given as a `Part`, not as
text: both are then said in the same language, so that no sentence is ever half in one and half in another.
Where a phrase or a part of it is not ready in the language, the whole sentence is said in English and marked
as such; `with_notice` then tells the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.regimen import Regimen
from imp2art.core.refusal import Refusal
from imp2art.documents.directions import in_another_language, isolate, reads_right_to_left
from imp2art.documents.plan.translations import BOOK, State, Translation, read_translation
from imp2art.documents.plurals import OTHER, plural_form
from imp2art.documents.words import day_in_words, fill, has_phrase, phrase

Value = TypeVar("Value")

__all__ = [
    "BOOK",
    "ENGLISH",
    "Part",
    "PlanWords",
    "capitals",
    "has_one_inhaler",
    "needed",
    "part",
    "puffs",
    "words_in",
]

_CALENDAR: Final = "calendar"  # the days and months
_SHOWN: Final = frozenset({State.READY})
_SHOWN_AS_DRAFT: Final = frozenset({State.READY, State.UNREVIEWED})


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase to be said inside another, in the language of that one."""

    slug: str
    values: Mapping[str, object] = field(default_factory=dict)


def part(slug: str, **values: object) -> Part:
    """A phrase as a parameter of another."""
    return Part(slug, values)


def puffs(count: int) -> Part:
    """`1 puff`, `2 puffs`."""
    return part("puffs", count=count)


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words of one plan. A `date` among the values is said as a day, a `Part` as its phrase.

    `is_draft` also says what nobody has reviewed: for staff who look at a language, never for a patient.
    """

    language: str = "en"
    translation: Translation | None = None
    is_draft: bool = False

    def say(self, slug: str, **values: object) -> str:
        """A phrase of the action plan: in the language, or all of it in English and marked so."""
        english = _in_english(slug, values)
        if self.translation is None:
            return english
        if not self.can_say(slug, values):
            return in_another_language(english)
        return isolate(self._translated(self.translation, slug, values), self.language)

    def of(self, one: Part) -> str:
        """A part said by itself."""
        return self.say(one.slug, **one.values)

    def day(self, on: date) -> str:
        """3 March 2026."""
        return self.of(_day(on)) if self.translation else day_in_words(on)

    def can_say(self, slug: str, values: Mapping[str, object] | None = None) -> bool:
        """True where the phrase and every part of it may be said in the language."""
        if self.translation is None:
            return True
        shown = _SHOWN_AS_DRAFT if self.is_draft else _SHOWN
        return self.translation.state_of(slug) in shown and all(
            self.can_say(each.slug, each.values) for each in _parts(values or {})
        )

    def listed(self, items: Iterable[str]) -> str:
        """Items as one list with a capital letter in front: “Pollen, cold air”."""
        comma = "، " if reads_right_to_left(self.language) else ", "
        return isolate(self.with_capital(comma.join(items)), self.language)

    def with_capital(self, text: str) -> str:
        """The first letter made large, as the language does: a Turkish i keeps its dot."""
        at = len(text) - len(text.lstrip("\u2066\u2068"))
        return text[:at] + capitals(text[at : at + 1], self.language) + text[at + 1 :]

    def _translated(self, translation: Translation, slug: str, values: Mapping[str, object]) -> str:
        count = values.get("count")
        form = plural_form(self.language, count) if isinstance(count, int) else OTHER
        said = {name: self._value(translation, value) for name, value in values.items()}
        return fill(translation.blocks[slug].forms[form], said)

    def _value(self, translation: Translation, value: object) -> object:
        if isinstance(value, date):
            value = _day(value)
        if isinstance(value, Part):
            return self._translated(translation, value.slug, value.values)
        return value


ENGLISH = PlanWords()


def words_in(language: str, folder: Path | None = None, *, is_draft: bool = False) -> PlanWords:
    """The words of a language, with the site's signed blocks in `folder`; `en` is English.

    Raises `Refusal` for a language that the project has not, or a file of the site that cannot be read.
    """
    if language == "en":
        return ENGLISH
    return PlanWords(language, read_translation(language, folder), is_draft)


def capitals(text: str, language: str) -> str:
    """All letters made large."""
    return (text.replace("i", "İ") if language == "tr" else text).upper()


def _in_english(slug: str, values: Mapping[str, object]) -> str:
    said = {name: _english_value(value) for name, value in values.items()}
    return phrase(BOOK if has_phrase(BOOK, slug) else _CALENDAR, slug, **said)


def _english_value(value: object) -> object:
    if isinstance(value, Part):
        return _in_english(value.slug, value.values)
    return day_in_words(value) if isinstance(value, date) else value


def _day(on: date) -> Part:
    return part("day", day=on.day, month=part(f"month-{on.month}"), year=on.year)


def _parts(values: Mapping[str, object]) -> Iterator[Part]:
    for value in values.values():
        if isinstance(value, date):
            yield _day(value)
        elif isinstance(value, Part):
            yield value


def needed(value: Value | None, what: str) -> Value:
    """The value, or a `Refusal` that names what the plan lacks: a blank is never printed."""
    if value is None:
        raise Refusal(f"The plan cannot be written: it lacks {what}.")
    return value


def has_one_inhaler(plan: ActionPlan) -> bool:
    """True where one inhaler both prevents and relieves: MART and AIR."""
    return plan.regimen in (Regimen.MART, Regimen.AIR)
