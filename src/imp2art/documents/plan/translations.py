"""The plan's phrases in one other language: each with the English that it translates and who checked it.

A block is said to a patient only where it is `ready`: it translates the English as it stands today, a named
clinician who reads the language has signed it, and its slots and numbers are those of the English (H-27).
Blocks that ship with the project are drafts. A site puts its signed blocks into a folder of its own, one
file a language; a block there takes the place of ours.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal
from imp2art.documents.plurals import OTHER, plural_forms
from imp2art.documents.words import Phrase, read_book

BOOK: Final = "action_plan"
LANGUAGES: Final = ("ar", "bn", "cy", "gu", "pa", "pl", "pt", "ro", "so", "tr", "uk", "ur")
_FORMS: Final = frozenset({OTHER, "zero", "one", "two", "few", "many"})
_SIGNED: Final = ("reviewer", "registration", "dated")
_SLOT = re.compile(r"\{[a-z_]+\}")
_NUMBER = re.compile(r"\d+")


class State(StrEnum):
    """What may be done with a block. Only `ready` is ever shown to a patient."""

    READY = "ready"
    UNREVIEWED = "unreviewed"  # nobody has signed it
    STALE = "stale"  # the English has changed since
    FAULTY = "faulty"  # its slots, numbers or plural forms are not those that the English asks for
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Block:
    """One phrase in the language: `forms` by plural category, `of` the digest of its English."""

    slug: str
    of: str
    forms: Mapping[str, str]
    is_reviewed: bool
    reviewer: str = ""
    registration: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """All blocks of a language. `name` is what its readers call it; `states` has every phrase of the plan."""

    language: str
    name: str
    english_name: str
    blocks: Mapping[str, Block]
    states: Mapping[str, State] = field(init=False)

    def __post_init__(self) -> None:
        """Judge every block once: a plan asks some hundred times."""
        judged = {slug: _judge(self.blocks.get(slug), english, self.language) for slug, english in _english()}
        object.__setattr__(self, "states", judged)

    def state_of(self, slug: str) -> State:
        """The state of one phrase; of a slug that English has not, `missing`."""
        return self.states.get(slug, State.MISSING)


def _judge(block: Block | None, english: Phrase, language: str) -> State:
    if block is None:
        return State.MISSING
    if not _fits(block, english, language):
        return State.FAULTY
    if block.of != digest_of_phrase(english):
        return State.STALE
    return State.READY if block.is_reviewed else State.UNREVIEWED


def _english() -> Iterable[tuple[str, Phrase]]:
    return english_phrases().items()


@cache
def english_phrases() -> Mapping[str, Phrase]:
    """Every phrase that a plan may say, by slug: those of the plan, and the days and months."""
    dates = read_book("calendar").phrases
    wanted = ("day", *(f"month-{number}" for number in range(1, 13)))
    return {**read_book(BOOK).phrases, **{slug: dates[slug] for slug in wanted}}


@cache
def digest_of_phrase(phrase: Phrase) -> str:
    """16 hexadecimal digits that stand for the words of a phrase, all forms together."""
    return digest_of("\n".join((phrase.text, phrase.one or "")).encode()).removeprefix("sha256:")[:16]


def read_translation(language: str, folder: Path | None = None) -> Translation:
    """Our blocks of the language, and over them those of `folder/<language>.toml` where it is there.

    Raises `Refusal` for a language that the project has not, and for a file that cannot be read.
    """
    if language not in LANGUAGES:
        raise Refusal("The plan is not translated into that language.")
    site = folder / f"{language}.toml" if folder else None
    if site is None or not site.is_file():
        return _read_ours(language)
    return _read_with_site(language, site, site.stat().st_mtime_ns)


@cache
def _read_ours(language: str) -> Translation:
    page = files("imp2art").joinpath("content", "plan_words", f"{language}.toml")
    return parse_translation(f"{language}.toml", page.read_text(encoding="utf-8"))


@lru_cache(maxsize=2 * len(LANGUAGES))
def _read_with_site(language: str, site: Path, stamp: int) -> Translation:
    """Read anew only where the file has changed: `stamp` then differs."""
    try:
        theirs = parse_translation(site.name, site.read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        raise Refusal(f"{site.name} cannot be read as UTF-8 text.") from None
    if theirs.language != language:
        raise Refusal(f"{site.name} says that its language is “{theirs.language}”.")
    ours = _read_ours(language)
    return replace(ours, blocks={**ours.blocks, **theirs.blocks})


def parse_translation(name: str, text: str) -> Translation:
    """Blocks from TOML: a `[book]` table of language and defaults, then `[phrases.<slug>]` tables.

    Raises `Refusal` naming the place. A block that says `reviewed` must say by whom, with their registration
    number, and when.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refusal(f"{name} is not TOML: {fault}.") from None
    head, phrases = tables.get("book", {}), tables.get("phrases", {})
    if not head.get("language") or not isinstance(phrases, dict):
        raise Refusal(f"{name} does not say its language, or has no phrases.")
    blocks = {slug: _read_block(name, slug, head, entry) for slug, entry in phrases.items()}
    return Translation(head["language"], head.get("name", ""), head.get("english-name", ""), blocks)


def _read_block(name: str, slug: str, head: Mapping[str, Any], entry: object) -> Block:
    if not isinstance(entry, dict) or not entry.get(OTHER):
        raise Refusal(f"{name}: “{slug}” lacks its text.")
    forms = {key: value for key, value in entry.items() if key in _FORMS}
    if not all(isinstance(form, str) and form.strip() for form in forms.values()):
        raise Refusal(f"{name}: “{slug}” has a form without words.")
    said = {**head, **entry}
    is_reviewed = said.get("status") == "reviewed"
    if is_reviewed and not (all(said.get(key) for key in _SIGNED) and isinstance(said["dated"], date)):
        raise Refusal(f"{name}: “{slug}” is called reviewed, but lacks {', '.join(_SIGNED)}.")
    return Block(
        slug,
        str(entry.get("of", "")),
        forms,
        is_reviewed,
        str(said.get("reviewer", "")),
        str(said.get("registration", "")),
        said.get("dated"),
    )


def _fits(block: Block, english: Phrase, language: str) -> bool:
    counted = "count" in english.slots
    if set(block.forms) != (plural_forms(language) if counted else {OTHER}):
        return False
    return all(_same_values(form, english.text) for form in block.forms.values())


def _same_values(form: str, english: str) -> bool:
    """The same slots, and the same numbers outside them: 999 stays 999."""
    return all(Counter(mark.findall(form)) == Counter(mark.findall(english)) for mark in (_SLOT, _NUMBER))
