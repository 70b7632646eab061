"""The column tables of `docs/extract-format.md`, made from the schema so that page and reader agree.

`python -m imp2art.extracts.format_page docs/extract-format.md` writes them anew; a test fails while
the page is not fresh.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from imp2art.core.quantities import UNITS
from imp2art.core.refusal import Refusal
from imp2art.extracts.cells import EVENT_SYSTEMS, LONGEST_NAME, LONGEST_TEXT
from imp2art.record.events import IssueUnit
from imp2art.record.extract_schema import EXTRACT_TABLES, Column, ColumnKind, ExtractTable
from imp2art.record.patient import RegistrationKind, Sex

BEGIN = "<!-- columns: made by python -m imp2art.extracts.format_page -->"
END = "<!-- end of columns -->"


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


WRITTEN: dict[ColumnKind, str] = {
    ColumnKind.PATIENT_ID: "1 to 36 letters A–Z, digits and hyphens",
    ColumnKind.NHS_NUMBER: "10 digits, no spaces",
    ColumnKind.DAY: "`2026-03-31`; not after `taken_on`",
    ColumnKind.PARTIAL_DAY: "`2026-03-31`, `2026-03` or `2026`; not after `taken_on`",
    ColumnKind.NAME: f"up to {LONGEST_NAME} characters",
    ColumnKind.TEXT: f"up to {LONGEST_TEXT} characters, no line break",
    ColumnKind.SEX: _words(Sex),
    ColumnKind.DECILE: "`1` to `10`",
    ColumnKind.ETHNICITY: "one capital letter",
    ColumnKind.LANGUAGE: "`ur`, `pt-BR`",
    ColumnKind.REGISTRATION_KIND: _words(RegistrationKind),
    ColumnKind.SYSTEM: _words(EVENT_SYSTEMS),
    ColumnKind.CODE: "the code as text, never as a number",
    ColumnKind.DECIMAL: "`480`, `0.75`: digits and at most one point",
    ColumnKind.UNIT: _words(UNITS),
    ColumnKind.ISSUE_UNIT: _words(IssueUnit),
}


def column_tables() -> str:
    """The four tables in Markdown, with their marks."""
    return "\n".join([BEGIN, *(line for table in EXTRACT_TABLES for line in _lines(table)), "", END])


def renewed(page: str) -> str:
    """The page with its column tables as the schema has them now."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise Refusal(f"The page has no place for the tables: put {BEGIN} and {END} into it.")
    return before + column_tables() + after


def _lines(table: ExtractTable) -> Iterator[str]:
    yield from (f"\n### {table.name}\n", f"{table.meaning}\n")
    yield "| column | what it holds | how it is written | may be empty |"
    yield "|---|---|---|---|"
    yield from map(_row, table.columns)


def _row(column: Column) -> str:
    empty = "no" if column.required else "yes"
    return f"| `{column.name}` | {column.meaning} | {WRITTEN[column.kind]} | {empty} |"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(renewed(page.read_text("utf-8")), "utf-8")
