"""The manifest of a folder of codelists: what each file is, where it came from and its digest.

One `manifest.toml` stands beside the files. The project's own library has one for all its lists; a
practice's imported lists have one a slug, whose last entry is the version in force.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import asdict, dataclass

from imp2art.codes.codelist import Provenance
from imp2art.core.refusal import Refusal

MANIFEST_NAME = "manifest.toml"
# A list from memory (M) must not drive anything that a patient or clinician sees.
_TRUSTED_TAGS = ("F", "F2", "C")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.csv")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One list of a manifest. `digest` names the bytes of `file`, which lies in the same folder."""

    slug: str
    title: str
    source: str
    version: str
    dated: str
    tag: str
    file: str
    digest: str

    @property
    def provenance(self) -> Provenance:
        """Where the list came from, as a `Codelist` carries it."""
        return Provenance(self.source, self.version, self.dated, self.tag)


def parse_manifest(text: str, where: str) -> tuple[ListEntry, ...]:
    """The entries in order. `where` is the file's name; a `Refusal` says what is wrong in it."""
    try:
        tables = tomllib.loads(text).get("list", [])
        entries = tuple(ListEntry(**table) for table in tables)
    except (tomllib.TOMLDecodeError, TypeError, AttributeError):
        raise Refusal(f"{where} is not a manifest of codelists: restore it from a copy.") from None
    for entry in entries:
        _check_entry(entry, where)
    return entries


def manifest_text(entries: tuple[ListEntry, ...]) -> str:
    """The manifest as TOML, entries in the order given."""
    return "\n".join(_table(entry) for entry in entries)


def _table(entry: ListEntry) -> str:
    # A JSON string is a TOML string as long as it holds no DEL.
    fields = asdict(entry).items()
    lines = [
        f"{key} = {json.dumps(value.replace(chr(127), ''), ensure_ascii=False)}" for key, value in fields
    ]
    return "\n".join(["[[list]]", *lines, ""])


def _toml_string(text: str) -> str:
    # A JSON string is a TOML string as long as it holds no DEL.
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)


def _check_entry(entry: ListEntry, where: str) -> None:
    if not all(isinstance(value, str) for value in asdict(entry).values()):
        raise Refusal(f"{where}: every field of an entry is text in quotes.")
    if not _SLUG.fullmatch(entry.slug) or not _FILE.fullmatch(entry.file):
        raise Refusal(f"{where} names a list or a file in a way that is not allowed: restore it from a copy.")
    if entry.tag not in _TRUSTED_TAGS:
        raise Refusal(
            f"{where}: the list {entry.slug} has the tag {entry.tag!r}. Only a list with a source "
            f"({', '.join(_TRUSTED_TAGS)}) may be used."
        )
