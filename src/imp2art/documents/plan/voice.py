"""Whom a copy of a plan speaks to: the person, a child, the carer, the family of an under-5, a school.

The phrases are those of the plan. Where the book has one for the reader (`carer-step-sit` for `step-sit`),
that one is said; the numbers are parameters and so the same in every copy (H-28).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.family import PlanCopy, PlanFamily, family_of
from imp2art.documents.plan.words import BOOK, Part, PlanWords
from imp2art.documents.words import has_phrase

_OF_COPY = {PlanCopy.CARER: ("carer",), PlanCopy.SCHOOL: ("school", "carer")}
_OF_FAMILY = {PlanFamily.CHILD: ("child",), PlanFamily.UNDER_FIVES: ("wheeze", "carer")}


@dataclass(frozen=True)  # no slots: a class that is made anew with slots cannot ask its parent
class VoicedWords(PlanWords):
    """The words of a plan for one reader. `voices` are tried in their order, then the person's own."""

    voices: tuple[str, ...] = ()

    def say(self, slug: str, **values: object) -> str:
        """The phrase as this reader is spoken to, its parts too."""
        own = {name: self._voiced(value) for name, value in values.items()}
        return super().say(_slug_for(self.voices, slug), **own)

    def _voiced(self, value: object) -> object:
        if not isinstance(value, Part):
            return value
        inner = {name: self._voiced(each) for name, each in value.values.items()}
        return Part(_slug_for(self.voices, value.slug), inner)


def voices_of(plan: ActionPlan, copy: PlanCopy = PlanCopy.OWN) -> tuple[str, ...]:
    """The voices of a copy; none for the plan of a grown person in their own words."""
    family = family_of(plan)
    if family is PlanFamily.UNDER_FIVES and copy is PlanCopy.CARER:
        copy = PlanCopy.OWN  # it speaks to the carer already
    if copy is not PlanCopy.OWN:
        return _OF_COPY[copy]
    return _OF_FAMILY.get(family, ()) if family else ()


def words_for(plan: ActionPlan, words: PlanWords, copy: PlanCopy = PlanCopy.OWN) -> PlanWords:
    """The words in the same language, for the reader of this copy."""
    if isinstance(words, VoicedWords):
        return words
    voices = voices_of(plan, copy)
    kept = {each.name: getattr(words, each.name) for each in fields(PlanWords)}
    return VoicedWords(**kept, voices=voices) if voices else words


@cache
def _slug_for(voices: tuple[str, ...], slug: str) -> str:
    return next((own for voice in voices if has_phrase(BOOK, own := f"{voice}-{slug}")), slug)
