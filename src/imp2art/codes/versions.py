"""Imported versions of a codelist: one folder a slug, every version kept, the last one in force.

A version is two files: the list, and the manifest that names it. The list is written first and
the manifest is put in its place in one step, so that an interrupted import changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from imp2art.codes.codelist import Codelist
from imp2art.codes.csv_import import RowFault
from imp2art.codes.identifiers import Code, CodingSystem
from imp2art.codes.list_files import list_text, read_manifest, table_text
from imp2art.codes.manifest import MANIFEST_NAME, ListEntry, manifest_text
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal

REJECT_COLUMNS = ("row", "column", "reason")


@dataclass(frozen=True, slots=True)
class ListChanges:
    """A new version against the one in force, as sets of codes."""

    added: frozenset[Code]
    removed: frozenset[Code]
    kept: frozenset[Code]


def changes_between(old: Codelist, new: Codelist) -> ListChanges:
    """What the new version brings, drops and keeps."""
    before, after = frozenset(old), frozenset(new)
    return ListChanges(after - before, before - after, before & after)


def new_version(in_force: Codelist, system: CodingSystem, terms: dict[Code, str]) -> dict[Code, str]:
    """The codes of a new version: `terms` replace those of their system, other systems stay.

    A code that comes without a term keeps the one it has.
    """
    others = {code: term for code, term in in_force.terms.items() if code.system is not system}
    named = {code: term or in_force.terms.get(code, "") for code, term in terms.items()}
    return others | named


def keep_version(folder: Path, codelist: Codelist) -> ListEntry:
    """Write the list as the version in force of its slug.

    Raises `Refusal` if another list was already kept under the same version.
    """
    content = list_text(codelist).encode()
    entry = _entry(codelist, digest_of(content))
    own = folder / codelist.slug
    before = read_manifest(own) if (own / MANIFEST_NAME).exists() else ()
    for kept in before:
        if kept.file == entry.file and kept.digest != entry.digest:
            raise Refusal(
                f"The version {entry.version} of {entry.slug} is already kept, with other codes. "
                "Give another --version."
            )
    own.mkdir(parents=True, exist_ok=True)
    write_whole(own / entry.file, content)
    after = (*(kept for kept in before if kept.file != entry.file), entry)
    write_whole(own / MANIFEST_NAME, manifest_text(after).encode())
    return entry


def write_rejects(path: Path, faults: Iterable[RowFault]) -> None:
    """The rows that were not taken: row number, column and reason."""
    rows = ((str(fault.row), fault.column, fault.reason) for fault in faults)
    write_whole(path, table_text(REJECT_COLUMNS, rows).encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, and never a part."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(path)


def _entry(codelist: Codelist, digest: str) -> ListEntry:
    provenance = codelist.provenance
    return ListEntry(
        slug=codelist.slug,
        title=codelist.title,
        source=provenance.source,
        version=provenance.version,
        dated=provenance.dated,
        tag=provenance.tag,
        file=f"{provenance.version}.csv",
        digest=digest,
    )
