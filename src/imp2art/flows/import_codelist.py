"""A newer codelist comes in: read, compare with the list in force, keep as a version of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.csv_import import ParsedList, parse_codelist
from imp2art.codes.library import is_medicine_list, read_library
from imp2art.codes.versions import (
    ListChanges,
    changes_between,
    keep_version,
    new_version,
    write_rejects,
)
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal

# A list that loses more than this at once is more often half a file than a new version.
MOST_DROPPED = 0.2
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What the person who imports says of the file; None where it is not said.

    `version` becomes the name of the kept file; without it the file's own digest names it.
    """

    version: str | None
    source: str | None
    dated: date
    system: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedList:
    """What an import did. `rejects` is None where every row was taken; `is_new` is False where the
    list in force has the same codes already, and nothing was written."""

    codelist: Codelist
    parsed: ParsedList
    changes: ListChanges
    rejects: Path | None
    is_new: bool


def import_codelist(
    path: Path, slug: str, stated: StatedFacts, folder: Path, *, may_shrink: bool = False
) -> ImportedList:
    """Keep the file as the list in force under `slug`, in `folder/<slug>/<version>.csv`.

    Raises `Refusal`, and writes nothing, for an unknown slug or a file that cannot be used; and for one
    that drops more than a fifth of the codes in force, unless it `may_shrink`.
    """
    in_force = read_library(folder).codelist(slug)
    content = _read(path)
    parsed = parse_codelist(content, path.name, is_medicine_list(slug), stated.system)
    provenance = _provenance(content, path, stated)
    terms = new_version(in_force, parsed.system, dict(parsed.terms))
    codelist = Codelist(slug, in_force.title, terms, provenance)
    changes = changes_between(in_force, codelist)
    is_new = codelist.digest != in_force.digest
    if not may_shrink:
        _check_does_not_shrink(path, slug, changes, len(parsed.faults))
    if is_new:
        keep_version(folder, codelist)
    return ImportedList(codelist, parsed, changes, _keep_rejects(path, slug, parsed, folder), is_new)


def _check_does_not_shrink(path: Path, slug: str, changes: ListChanges, faults: int) -> None:
    removed, before = len(changes.removed), len(changes.removed) + len(changes.kept)
    if removed > MOST_DROPPED * before:
        why = f" {faults} of its rows could not be read." if faults else ""
        raise Refusal(
            f"{path} would drop {removed} of the {before} codes of {slug}.{why} Nothing was changed. "
            "If that is right, run it again with --accept."
        )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refusal(f"The file {path} cannot be read: check its name and that you may open it.") from None


def _provenance(content: bytes, path: Path, stated: StatedFacts) -> Provenance:
    version = stated.version or digest_of(content).removeprefix("sha256:")[:12]
    if not _VERSION.fullmatch(version):
        raise Refusal(
            "A version is up to 60 letters, digits, dots, hyphens and underscores, such as 4909d74a."
        )
    return Provenance(stated.source or f"file {path.name}", version, stated.dated.isoformat(), "F")


def _keep_rejects(path: Path, slug: str, parsed: ParsedList, folder: Path) -> Path | None:
    """Next to the versions: the reject list of this file, or none left over from an earlier try."""
    rejects = folder / slug / f"{path.stem}.rejects.csv"
    if not parsed.faults:
        rejects.unlink(missing_ok=True)
        return None
    rejects.parent.mkdir(parents=True, exist_ok=True)
    write_rejects(rejects, parsed.faults)
    return rejects
