"""The words that people read, out of `content/*.toml`: each phrase with its source and its reviewer.

A book is one file, and those that its `parts` name. A phrase may have slots, `{puffs}`, and a second form,
`one`, for a count of 1.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, reduce
from importlib.resources import files
from typing import Any, NoReturn

from imp2art.core.refusal import Refusal

_BOOK_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SLOT = re.compile(r"\{([a-z_]+)\}")
_PHRASE_KEYS = frozenset({"text", "one", "source", "status", "reviewer", "dated"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """`reviewer` is empty until a named clinician has signed; `status` then says `draft`."""

    slug: str
    text: str
    one: str | None
    source: str
    status: str
    reviewer: str
    dated: date

    @property
    def slots(self) -> frozenset[str]:
        """The names that must be filled."""
        return _slots_of(self.text, self.one)


@cache
def _slots_of(text: str, one: str | None) -> frozenset[str]:
    return frozenset(_SLOT.findall(text)) | frozenset(_SLOT.findall(one or ""))


@dataclass(frozen=True, slots=True)
class Book:
    """All phrases of one file, in one language (`cy` for Welsh, as in BCP 47)."""

    name: str
    language: str
    phrases: Mapping[str, Phrase]
    parts: tuple[str, ...] = ()


def phrase(book: str, slug: str, **values: object) -> str:
    """The words of `slug`, its slots filled. A slot `count` of 1 picks the singular form; a whole number
    in it is written `1,204`.

    Raises `Refusal` for an unknown slug, an unfilled slot and a value that no slot asks for.
    """
    entry = find_phrase(book, slug)
    if entry.slots != values.keys():
        _refuse_slots(book, entry, values)
    form = entry.one if entry.one is not None and values.get("count") == 1 else entry.text
    return fill(form, values)


def fill(form: str, values: Mapping[str, object]) -> str:
    """The form with its slots filled; a slot in a value is not filled again."""
    return _SLOT.sub(lambda slot: _written(slot.group(1), values[slot.group(1)]), form)


def _written(name: str, value: object) -> str:
    return f"{value:,}" if name == "count" and isinstance(value, int) else str(value)


def _refuse_slots(book: str, entry: Phrase, values: Mapping[str, object]) -> NoReturn:
    if missing := sorted(entry.slots - values.keys()):
        raise Refusal(f"The phrase “{entry.slug}” of {book} needs {', '.join(missing)}.")
    unknown = ", ".join(sorted(values.keys() - entry.slots))
    raise Refusal(f"The phrase “{entry.slug}” of {book} has no place for {unknown}.")


def has_phrase(book: str, slug: str) -> bool:
    """True where the book knows the slug."""
    return slug in read_book(book).phrases


def find_phrase(book: str, slug: str) -> Phrase:
    """The phrase with its source. Raises `Refusal` where the book has none of that slug."""
    try:
        return read_book(book).phrases[slug]
    except KeyError:
        raise Refusal(f"content/{book}.toml has no phrase “{slug}”.") from None


@cache
def read_book(name: str) -> Book:
    """Read `content/<name>.toml` and its parts. Raises `Refusal` where one is missing or incomplete."""
    page = files("imp2art").joinpath("content", f"{name}.toml")
    if not _BOOK_NAME.fullmatch(name) or not page.is_file():
        raise Refusal(f"There are no words called “{name}”.")
    book = parse_book(name, page.read_text(encoding="utf-8"))
    return reduce(_joined, (read_book(part) for part in book.parts), book)


def _joined(book: Book, part: Book) -> Book:
    if twice := sorted(book.phrases.keys() & part.phrases.keys()):
        raise Refusal(f"content/{part.name}.toml repeats “{twice[0]}” of {book.name}.")
    return replace(book, phrases={**book.phrases, **part.phrases})


def parse_book(name: str, text: str) -> Book:
    """A book from TOML: a `[book]` table of language and defaults, then `[phrases.<slug>]` tables."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refusal(f"content/{name}.toml is not TOML: {fault}.") from None
    head = dict(tables.get("book", {}))
    parts = head.pop("parts", [])
    if not head.get("language"):
        raise Refusal(f"content/{name}.toml does not say its language.")
    entries = tables.get("phrases", {})
    if not entries:
        raise Refusal(f"content/{name}.toml has no phrases.")
    phrases = {slug: _read_phrase(name, slug, head | entry) for slug, entry in entries.items()}
    return Book(name, head["language"], phrases, tuple(parts))


def _read_phrase(book: str, slug: str, entry: dict[str, Any]) -> Phrase:
    missing = [key for key in ("text", "source", "status") if not entry.get(key)]
    if missing or not isinstance(entry.get("dated"), date):
        raise Refusal(f"content/{book}.toml: “{slug}” lacks {', '.join([*missing, 'or a date'])}.")
    if unknown := entry.keys() - _PHRASE_KEYS - {"language"}:
        raise Refusal(f"content/{book}.toml: “{slug}” has {', '.join(sorted(unknown))}, which is not known.")
    return Phrase(
        slug,
        entry["text"],
        entry.get("one"),
        entry["source"],
        entry["status"],
        entry.get("reviewer", ""),
        entry["dated"],
    )


def day_in_words(on: date) -> str:
    """3 March 2026: the month in words, so that no two numbers stand side by side."""
    return phrase("calendar", "day", day=on.day, month=phrase("calendar", f"month-{on.month}"), year=on.year)


def month_in_words(on: date) -> str:
    """March 2026."""
    return phrase("calendar", "month", month=phrase("calendar", f"month-{on.month}"), year=on.year)


def short_month(on: date) -> str:
    """Mar, under an axis that has its years beside."""
    return phrase("calendar", f"short-month-{on.month}")
