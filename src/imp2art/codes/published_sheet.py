"""A published codelist as rows of code and term, whatever its columns are called.

The files of OpenCodelists and the NHS reference sets name their columns in many ways; some have an
unnamed first column, some no header at all.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from imp2art.core.refusal import Refusal

# Names of columns, lower case, in the order in which they are looked for.
_CODE_COLUMNS = (
    "code",
    "dmd_id",
    "snomed_id",
    "snomed_code",
    "snomedcode",
    "conceptid",
    "concept_id",
    "id",
    "ctv3id",
    "ctv3code",
    "ctv3_code",
    "readcode",
    "read_code",
)
_TERM_COLUMNS = (
    "term",
    "dmd_name",
    "nm",
    "name",
    "description",
    "code_description",
    "preferred_term",
    "ctv3preferredtermdesc",
)
_DIGITS = re.compile(r"[0-9]+")
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; `line` counts from 1, the header included."""

    line: int
    code: str
    term: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`code_column` is the header of the codes; `columns` are all headers, lower case."""

    code_column: str
    columns: frozenset[str]
    rows: tuple[SheetRow, ...]


def read_sheet(content: bytes, name: str, has_no_header: bool) -> Sheet:
    """The file's rows; `name` is the file's name for messages.

    A file without a header is read as code, term if its first cell is a number, or if
    `has_no_header` says that it may be one. Raises `Refusal` if there is no column of codes.
    """
    return _sheet_of(_decode(content, name), name, has_no_header)


def _decode(content: bytes, name: str) -> str:
    if len(content) > _MOST_BYTES:
        raise Refusal(f"{name} is larger than 20 MB and cannot be a codelist.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"{name} is not UTF-8 text. Save it as “CSV UTF-8” and try again.") from None
    if content.startswith(b"PK") or "\x00" in text:
        raise Refusal(f"{name} is not a text file. Download the list as CSV from where it is published.")
    return text


def _sheet_of(text: str, name: str, has_no_header: bool) -> Sheet:
    lines = list(_cells(text, name))
    if not lines:
        raise Refusal(f"{name} is empty.")
    header = [cell.strip().casefold() for cell in lines[0][1]]
    code_at = _first_of(_CODE_COLUMNS, header)
    if code_at is not None:
        _check_one_column(header, name)
        term_at = _first_of(_TERM_COLUMNS, header)
        return _sheet(name, header, lines[1:], code_at, term_at)
    if has_no_header or _DIGITS.fullmatch(lines[0][1][0].strip()):
        return _sheet(name, ["code"], lines, 0, 1)
    raise Refusal(
        f"{name} has no column of codes. Its first line must name one of: {', '.join(_CODE_COLUMNS)}; "
        f"it names: {', '.join(cell for cell in header if cell) or 'nothing'}."
    )


def _check_one_column(header: list[str], name: str) -> None:
    """A file with two columns of codes does not say which of them is the list."""
    named = [cell for cell in header if cell in _CODE_COLUMNS]
    if len(named) == 1:
        return
    if len(set(named)) == 1:
        raise Refusal(f"{name} has two columns called {named[0]}: remove one and try again.")
    raise Refusal(
        f"{name} has more than one column of codes ({', '.join(named)}): remove all but one and try again."
    )


def _cells(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each line that is not blank."""
    is_tabbed = "\t" in text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter="\t" if is_tabbed else ",",
        quoting=csv.QUOTE_NONE if is_tabbed else csv.QUOTE_MINIMAL,
        strict=True,
    )
    try:
        for cells in reader:
            if any("\n" in cell or "\r" in cell for cell in cells):
                # Nothing published has a line break in a cell; a stray quote swallows the rows behind it.
                raise Refusal(f"{name}, line {reader.line_num}: a quotation mark is not closed before here.")
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error:
        raise Refusal(f"{name}, line {reader.line_num}: the line cannot be read as CSV.") from None


def _sheet(
    name: str, header: list[str], lines: list[tuple[int, list[str]]], code_at: int, term_at: int | None
) -> Sheet:
    rows = tuple(SheetRow(line, _cell(cells, code_at), _cell(cells, term_at)) for line, cells in lines)
    if not rows:
        raise Refusal(f"{name} has a header and no rows.")
    return Sheet(header[code_at], frozenset(header), rows)


def _cell(cells: list[str], at: int | None) -> str:
    text = cells[at].strip() if at is not None and at < len(cells) else ""
    # Terms are shown in a terminal, where control characters do things.
    return "".join(character if character.isprintable() else " " for character in text)


def _first_of(names: tuple[str, ...], header: list[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)
