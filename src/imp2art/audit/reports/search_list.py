"""The patient list of another search, as people paste or save it: find its column, say what is unclear."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from imp2art.core.identifiers import NhsNumber
from imp2art.core.refusal import Refusal

MOST_BYTES = 1_000_000
MOST_LINES = 20_000
_SEPARATORS = "\t;|,"


class NotUnderstood(StrEnum):
    """Why a line names nobody. The sentences are in content/lists.toml."""

    EMPTY = "empty"  # its cell in the found column is empty, or it has no such column
    NOT_A_NUMBER = "not-a-number"
    WRONG_NUMBER = "wrong-number"  # ten digits that are no NHS number: one is mistyped
    TWICE = "twice"  # who it names was named before


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """`line` counts from 1 in what was pasted. What stood there is not kept."""

    line: int
    why: NotUnderstood


@dataclass(frozen=True, slots=True)
class SearchList:
    """`keys` are NHS numbers without spaces, or the system's own ids, each once, in their order."""

    keys: tuple[str, ...]
    faulty: tuple[FaultyLine, ...]


def read_search(text: str, own_ids: Collection[str]) -> SearchList:
    """Read a pasted list or a CSV; `own_ids` are the system's ids of the practice's people.

    The column is the one with the most numbers or ids; a first line that is neither is its header.
    Raises `Refusal` where the text is too long or holds neither anywhere.
    """
    lines = _lines(text)
    rows = [(place, _cells(line)) for place, line in enumerate(lines, 1) if line.strip()]
    known = frozenset(own_ids)
    column = _column_of([cells for _, cells in rows], known)
    named = [(place, _answer(cells, column, known)) for place, cells in rows]
    if named and named[0][1] in (NotUnderstood.NOT_A_NUMBER, NotUnderstood.EMPTY):
        named = named[1:]
    return _gathered(named)


def _lines(text: str) -> Sequence[str]:
    if len(text.encode()) > MOST_BYTES:
        raise Refusal("The list is larger than 1 MB. Send the column of NHS numbers only.")
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        raise Refusal(f"The list has more than {MOST_LINES:,} lines. Send this search's patients only.")
    return lines


def _cells(line: str) -> list[str]:
    separator = next((each for each in _SEPARATORS if each in line), ",")
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:  # a cell longer than any list's
        return []


def _column_of(rows: Sequence[Sequence[str]], known: frozenset[str]) -> int:
    found = Counter(
        column for cells in rows for column, cell in enumerate(cells) if _key_of(cell, known) is not None
    )
    if not found:
        raise Refusal("No line holds an NHS number or a patient number of your system. Paste that column.")
    return min(found, key=lambda column: (-found[column], column))


def _key_of(cell: str, known: frozenset[str]) -> str | None:
    if cell in known:
        return cell
    # A spreadsheet takes the nought off the front of a number.
    nine = re.fullmatch(r"[0-9]{9}", cell)
    try:
        return NhsNumber.parse(f"0{cell}" if nine else cell)
    except Refusal:
        return None


def _answer(cells: Sequence[str], column: int, known: frozenset[str]) -> str | NotUnderstood:
    cell = cells[column] if column < len(cells) else ""
    if not cell:
        return NotUnderstood.EMPTY
    key = _key_of(cell, known)
    if key is not None:
        return key
    ten = re.fullmatch(r"[0-9]{10}", re.sub(r"[ -]", "", cell))
    return NotUnderstood.WRONG_NUMBER if ten else NotUnderstood.NOT_A_NUMBER


def _gathered(named: Sequence[tuple[int, str | NotUnderstood]]) -> SearchList:
    keys: dict[str, None] = {}
    faulty = []
    for line, answer in named:
        if isinstance(answer, NotUnderstood):
            faulty.append(FaultyLine(line, answer))
        elif answer in keys:
            faulty.append(FaultyLine(line, NotUnderstood.TWICE))
        else:
            keys[answer] = None
    return SearchList(tuple(keys), tuple(faulty))


def faults_in_order(found: SearchList) -> Iterator[tuple[NotUnderstood, tuple[int, ...]]]:
    """The lines not understood, by why."""
    for why in NotUnderstood:
        lines = tuple(fault.line for fault in found.faulty if fault.why is why)
        if lines:
            yield why, lines
