"""A codelist as a file: `system,code,term`, one code a line, checked against its manifest entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from imp2art.codes.codelist import Codelist
from imp2art.codes.identifiers import Code, parse_code
from imp2art.codes.manifest import MANIFEST_NAME, ListEntry, parse_manifest
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal

LIST_COLUMNS = ("system", "code", "term")


def read_manifest(folder: Path) -> tuple[ListEntry, ...]:
    """The entries of the folder's manifest."""
    path = folder / MANIFEST_NAME
    try:
        return parse_manifest(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"{path} cannot be read: restore it from a copy.") from None


def read_verified(folder: Path, entry: ListEntry) -> str:
    """The text of the entry's file, or a `Refusal` if the file is not the one the manifest names."""
    path = folder / entry.file
    try:
        content = path.read_bytes()
    except OSError:
        raise Refusal(f"The codelist file {path} is missing: restore it from a copy.") from None
    if digest_of(content) != entry.digest:
        raise Refusal(
            f"The codelist file {path} is damaged or was changed by hand: its digest is not the one in "
            f"{MANIFEST_NAME}. Restore it from a copy, or import the list again."
        )
    return content.decode("utf-8")


def read_list(folder: Path, entry: ListEntry) -> Codelist:
    """The list that the entry describes, every code checked."""
    rows = read_rows(read_verified(folder, entry), LIST_COLUMNS, str(folder / entry.file))
    terms: dict[Code, str] = {}
    for line, row in rows:
        code = _checked_code(row, f"{folder / entry.file}, line {line}")
        if code in terms:
            raise Refusal(f"{folder / entry.file}, line {line}: the code is already in the list.")
        terms[code] = row["term"]
    return Codelist(entry.slug, entry.title, terms, entry.provenance)


def list_text(codelist: Codelist) -> str:
    """The list as the file holds it, sorted, so that equal lists give equal bytes."""
    lines = sorted((code.system.value, str(code), term) for code, term in codelist.terms.items())
    return table_text(LIST_COLUMNS, lines)


def table_text(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A small CSV table with its header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def read_rows(text: str, columns: tuple[str, ...], where: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row of a table of our own, whose header must be `columns`."""
    reader = csv.reader(io.StringIO(text), strict=True)
    if tuple(next(reader, ())) != columns:
        raise Refusal(f"{where}: the header must be {','.join(columns)}.")
    for cells in reader:
        if len(cells) != len(columns):
            raise Refusal(f"{where}, line {reader.line_num}: the row must have {len(columns)} cells.")
        yield reader.line_num, dict(zip(columns, cells, strict=True))


def _checked_code(row: dict[str, str], where: str) -> Code:
    try:
        return parse_code(row["system"], row["code"])
    except Refusal as fault:
        raise Refusal(f"{where}: {fault}") from None
