"""Show the languages of the plan: how far each is, every phrase of one, and an example plan in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from imp2art.access.rights import Action, check_may
from imp2art.asthma.plan.family import PlanFamily
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.languages import PlanLanguage, plan_languages
from imp2art.documents.plan.render import render_plan
from imp2art.documents.plan.translations import (
    Block,
    State,
    digest_of_phrase,
    english_phrases,
    read_translation,
)
from imp2art.documents.plan.words import words_in


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One phrase beside its English; `of` is what a translation of the English of today must name."""

    slug: str
    english: str
    of: str
    state: State
    block: Block | None


@dataclass(frozen=True, slots=True)
class ShownLanguage:
    """A language with all its blocks, those that need someone first."""

    about: PlanLanguage
    blocks: tuple[ShownBlock, ...]


def show_languages(actor: Actor, practice: PracticeCode, folder: Path) -> tuple[PlanLanguage, ...]:
    """Every language; `folder` holds the site's signed blocks."""
    check_may(actor, Action.SEE_PLAN, practice)
    return plan_languages(folder)


def show_language(actor: Actor, practice: PracticeCode, language: str, folder: Path) -> ShownLanguage:
    """One language. `NotHere` for one that the project has not."""
    about = _find(show_languages(actor, practice, folder), language)
    translation = read_translation(language, None if about.fault else folder)
    order = (State.FAULTY, State.STALE, State.MISSING, State.UNREVIEWED, State.READY)
    shown = [
        ShownBlock(
            slug,
            english.text,
            digest_of_phrase(english),
            translation.state_of(slug),
            translation.blocks.get(slug),
        )
        for slug, english in english_phrases().items()
    ]
    return ShownLanguage(about, tuple(sorted(shown, key=lambda each: order.index(each.state))))


def draw_example(
    actor: Actor, practice: PracticeCode, language: str, family: PlanFamily, folder: Path
) -> bytes:
    """The PDF of an example plan, about nobody, with unreviewed words too: every page says “do not use”."""
    about = _find(show_languages(actor, practice, folder), language)
    words = words_in(language, None if about.fault else folder, is_draft=True)
    return render_plan(read_plan(example_plan(family)), words).pdf


def _find(languages: tuple[PlanLanguage, ...], language: str) -> PlanLanguage:
    found = next((each for each in languages if each.language == language), None)
    if found is None:
        raise NotHere("The plan is not translated into that language.")
    return found
