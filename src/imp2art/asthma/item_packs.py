"""The questions of a licensed instrument, in a site's own folder: checked each time that they are read.

Two files an instrument: `<id>.toml` holds the questions, `<id>.licence.toml` who may use them, until when,
and the digest of the questions' file as the owner agreed them. Questions that were altered, are of another
instrument, or whose licence has run out are refused with a sentence; the total can be entered all the same.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from imp2art.asthma.instruments import Instrument
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal

MOST_ITEMS = 40
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class PackLicence:
    """Who may show the questions. `expires` is the last day on which they may."""

    instrument: str
    holder: str
    reference: str
    expires: date
    digest: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its answers, each with the points that it gives."""

    slug: str
    text: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ItemPack:
    """The questions of one instrument in one language, with the licence that they are shown under."""

    instrument: str
    version: str
    language: str
    items: tuple[Item, ...]
    licence: PackLicence


@dataclass(frozen=True, slots=True)
class PackStanding:
    """An instrument on a site: `pack` where its questions may be shown, else the sentence why not.

    Both are empty where nothing was installed.
    """

    instrument: Instrument
    pack: ItemPack | None = None
    refused: str = ""


def standing_of_pack(instrument: Instrument, folder: Path, on: date) -> PackStanding:
    """How the site stands with an instrument's questions on a day. A bad pack is told, never raised."""
    questions, licence = pack_files(instrument.id, folder)
    if not instrument.may_have_pack or not (questions.exists() or licence.exists()):
        return PackStanding(instrument)
    try:
        return PackStanding(instrument, read_pack(instrument, questions, licence, on))
    except Refusal as refusal:
        return PackStanding(instrument, refused=str(refusal))


def pack_files(slug: str, folder: Path) -> tuple[Path, Path]:
    """Where the questions and their licence lie."""
    return folder / f"{slug}.toml", folder / f"{slug}.licence.toml"


def read_pack(instrument: Instrument, questions: Path, licence: Path, on: date) -> ItemPack:
    """The questions, checked against their licence. Raises `Refusal` where they may not be shown."""
    if not instrument.may_have_pack:
        raise Refusal(f"{instrument.title} takes no item pack: it is not a licensed instrument.")
    content, terms = _bytes(questions), _bytes(licence)
    return check_pack(instrument, content, _licence(terms, licence.name), on)


def check_pack(instrument: Instrument, content: bytes, licence: PackLicence, on: date) -> ItemPack:
    """The pack that these bytes hold, if the licence covers them on the day."""
    name = f"The item pack of {instrument.title}"
    if licence.instrument != instrument.id:
        raise Refusal(f"{name} has a licence for another instrument. Install the licence that belongs to it.")
    if on > licence.expires:
        raise Refusal(f"{name} has a licence that ran out on {licence.expires:%d %B %Y}. Renew it.")
    if digest_of(content) != licence.digest:
        raise Refusal(f"{name} is not the one that its licence covers: it was altered. Install it again.")
    return _pack(instrument, content, licence, name)


def _pack(instrument: Instrument, content: bytes, licence: PackLicence, name: str) -> ItemPack:
    tables = _tables(content, name)
    head, rows = tables.get("pack", {}), tables.get("item", [])
    if head.get("instrument") != instrument.id:
        raise Refusal(f"{name} holds the questions of another instrument.")
    try:
        items = tuple(_item(row) for row in rows)
        version, language = str(head["version"]), str(head["language"])
    except (KeyError, TypeError, ValueError):
        raise Refusal(f"{name} lacks a version, a language, or part of a question.") from None
    if not 1 <= len(items) <= MOST_ITEMS:
        raise Refusal(f"{name} must hold 1 to {MOST_ITEMS} questions.")
    return ItemPack(instrument.id, version, language, items, licence)


def _item(row: dict[str, Any]) -> Item:
    answers = tuple((str(each["text"]), int(each["points"])) for each in row["answer"])
    texts = (str(row["text"]), *(text for text, _ in answers))
    if not answers or any(not text.strip() or len(text) > LONGEST_TEXT for text in texts):
        raise ValueError
    return Item(str(row["slug"]), texts[0], answers)


def _licence(content: bytes, name: str) -> PackLicence:
    row = _tables(content, name).get("licence", {})
    expires = row.get("expires")
    texts = [str(row.get(key, "")).strip() for key in ("instrument", "holder", "reference", "digest")]
    if type(expires) is not date or not all(texts):
        raise Refusal(f"{name} must name the instrument, its holder, a reference, a last day and a digest.")
    return PackLicence(texts[0], texts[1], texts[2], expires, texts[3])


def _tables(content: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise Refusal(f"{name} cannot be read: it is not TOML.") from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refusal(f"{path.name} is missing: an item pack is its questions and its licence.") from None
