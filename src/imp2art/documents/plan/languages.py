"""The languages of the plan: how far each one is, and which may be offered to a patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from imp2art.core.refusal import Refusal
from imp2art.documents.plan.translations import LANGUAGES, State, Translation, read_translation

# What the red box is made of. A language in which some of it would be English is not offered: in an attack
# nobody should have to change languages (H-12, H-27). Outside the box single sentences may fall back.
_IN_AN_ATTACK = ("attack", "step-", "sign-", "puffs", "peak-flow-below", "some-in-english")


@dataclass(frozen=True, slots=True)
class PlanLanguage:
    """`counts` has the blocks of each state. `fault` says why the site's own file cannot be used."""

    language: str
    name: str
    english_name: str
    counts: Mapping[State, int]
    is_offered: bool
    fault: str = ""


def plan_languages(folder: Path | None = None) -> tuple[PlanLanguage, ...]:
    """Every language that the project has, by its English name; `folder` holds the site's signed blocks."""
    return tuple(sorted((_language(each, folder) for each in LANGUAGES), key=lambda one: one.english_name))


def offered_languages(folder: Path | None = None) -> tuple[PlanLanguage, ...]:
    """Those in which a patient may have a plan: every phrase of the red box is ready."""
    return tuple(each for each in plan_languages(folder) if each.is_offered)


def _language(language: str, folder: Path | None) -> PlanLanguage:
    try:
        translation, fault = read_translation(language, folder), ""
    except Refusal as refusal:
        translation, fault = read_translation(language), str(refusal)
    return PlanLanguage(
        language,
        translation.name,
        translation.english_name,
        Counter(translation.states.values()),
        not fault and _has_the_red_box(translation),
        fault,
    )


def _has_the_red_box(translation: Translation) -> bool:
    states = translation.states.items()
    return all(state is State.READY for slug, state in states if slug.startswith(_IN_AN_ATTACK))
