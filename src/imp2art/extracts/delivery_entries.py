"""The entries of a delivery's part that some rule reads, as kinds and days; faulty rows set aside.

Rows whose code no rule reads are counted and not looked at further. Of the others each different
combination of code, value and unit is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.grid import as_days
from imp2art.audit.packing.compact import Rows
from imp2art.audit.packing.compact_loops import Ids, Numbers, select
from imp2art.audit.packing.kinds import KindTable
from imp2art.audit.packing.packed import FIRST_DAY
from imp2art.codes.identifiers import CodingSystem
from imp2art.core.quantities import UNITS, parse_decimal
from imp2art.core.refusal import Refusal
from imp2art.extracts.delivery_people import Find, RowFaults, note_nobody, short
from imp2art.extracts.delivery_tables import NO_DAY, DeliveredFile, Group, Texts
from imp2art.extracts.rejects import RejectList
from imp2art.record.events import IssueUnit

_NO_DAY_HERE = "it is empty, or no day from 1880 on"
_LATE = "it is after the day of the delivery"
_DECIMAL = "a number is written with digits and at most one point, such as 480 or 0.75"
_DMD = (CodingSystem.DMD,)
Flags = NDArray[np.bool_]
_Table = TypeVar("_Table", bound=NDArray[Any])


@dataclass(slots=True)
class CodeNumbers:
    """Numbers the kinds of a part's rows as they are met. One for each part: it remembers what it met."""

    table: KindTable
    texts: dict[str, dict[str, int]] = field(init=False)  # by system: a code's place in `codes`
    codes: list[tuple[str, str]] = field(init=False)
    plain: Numbers = field(init=False)  # by code: its kind where no rule reads its value
    known: dict[tuple[int, str, str], int] = field(default_factory=dict)
    judged: dict[str, tuple[tuple[Sequence[str], ...], NDArray[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.codes = sorted(self.table.lists)
        self.texts = {system: {} for system in CodingSystem}
        for place, (system, code) in enumerate(self.codes):
            self.texts[system][code] = place
        self.plain = np.array(list(self._plain_kinds()) or [-1], np.int32)

    def _plain_kinds(self) -> Iterator[int]:
        """By code: codes of the same lists are of one kind where no rule reads their value."""
        read = self.table.needs.valued | self.table.needs.counted
        known: dict[tuple[bool, frozenset[str]], int] = {}
        for system, code in self.codes:
            lists = self.table.lists[system, code]
            key = (system == CodingSystem.DMD, lists)
            if key not in known:
                known[key] = -1 if lists & read else self._plain(system, code)
            yield known[key]

    def _plain(self, system: str, code: str) -> int:
        if system == CodingSystem.DMD:
            return self.table.of_issue(code, None, IssueUnit.OTHER)
        return self.table.of_event(system, code, None)

    def wanted(self, systems: Sequence[str], codes: Sequence[str]) -> Numbers:
        """For places in two dictionaries: the code that they stand for, or -1; the last of each is empty."""

        def look_up() -> Numbers:
            rows = [[self.texts.get(system, {}).get(code, -1) for code in codes] + [-1] for system in systems]
            return np.array([*rows, [-1] * (len(codes) + 1)], np.int32)

        return self._once("wanted", (systems, codes), look_up)

    def not_decimal(self, words: Sequence[str]) -> Flags:
        """Which words are no plain decimal numbers; the last is the empty cell, which is right."""
        return self._once("decimal", (words,), lambda: np.array([*map(_not_decimal, words), False], bool))

    def not_among(self, words: Sequence[str], right: Collection[str]) -> Flags:
        """Which words are none of the right ones; the last is the empty cell, which is wrong."""
        return self._once(
            "unit", (words,), lambda: np.array([*(word not in right for word in words), True], bool)
        )

    def _once(self, what: str, words: tuple[Sequence[str], ...], look_up: Callable[[], _Table]) -> _Table:
        """What was looked up for these very lists of words before, or now."""
        known = self.judged.get(what)
        if known is None or any(one is not other for one, other in zip(known[0], words, strict=True)):
            self.judged[what] = (words, look_up())
        return cast(_Table, self.judged[what][1])

    def kind_of(self, code: int, amount: str, unit: str) -> int:
        """The kind of a code whose value or quantity a rule reads."""
        key = (code, amount, unit)
        if key not in self.known:
            system, text = self.codes[code]
            self.known[key] = (
                self.table.of_issue(text, amount, unit)
                if system == CodingSystem.DMD
                else self.table.of_event(system, text, amount)
            )
        return self.known[key]


@lru_cache(maxsize=65_536)
def _not_decimal(text: str) -> bool:
    try:
        parse_decimal(text)
    except Refusal:
        return True
    return False


def read_events(
    file: DeliveredFile, codes: CodeNumbers, find: Find, taken_on: date, rejects: RejectList
) -> Iterator[Rows]:
    """The right rows of `events` that some rule reads."""
    last_day = int(as_days([taken_on])[0])
    for group in file.groups():
        faults = RowFaults(group, rejects)
        _note_blank(faults, group, ("system", "code"))
        at, number = _read_by_rules(group, codes, "events")
        first, last = group.days("first")[at], group.days("last")[at]
        value, unit = group.texts("value"), group.texts("unit")
        owner = find(group.patients()[at])
        note_nobody(faults, group, owner, at)
        faults.note("first", _NO_DAY_HERE, (first < FIRST_DAY) | (first == NO_DAY), at)
        faults.note("first", _LATE, (first > last_day) & (first != NO_DAY), at)
        faults.note("last", "it is empty, or before the first", (last < first) | (last == NO_DAY), at)
        has_value = value.places[at] >= 0
        faults.note("value", _DECIMAL, codes.not_decimal(value.words)[value.places[at]], at)
        wrong_unit = codes.not_among(unit.words, UNITS)[unit.places[at]]
        faults.note(
            "unit",
            "the unit of its value is empty, or none that an extract may use",
            has_value & wrong_unit,
            at,
        )
        faults.count(owner, at)
        yield _rows(faults, codes, at, number, owner, first, last, value, unit)


def read_issues(
    file: DeliveredFile, codes: CodeNumbers, find: Find, taken_on: date, rejects: RejectList
) -> Iterator[Rows]:
    """The right rows of `issues` that some rule reads."""
    last_day = int(as_days([taken_on])[0])
    for group in file.groups():
        faults = RowFaults(group, rejects)
        _note_blank(faults, group, ("code",))
        at, number = _read_by_rules(group, codes, "issues")
        on = group.days("on")[at]
        quantity, unit = group.texts("quantity"), group.texts("unit")
        owner = find(group.patients()[at])
        note_nobody(faults, group, owner, at)
        faults.note("on", _NO_DAY_HERE, (on < FIRST_DAY) | (on == NO_DAY), at)
        faults.note("on", _LATE, (on > last_day) & (on != NO_DAY), at)
        faults.note("quantity", _DECIMAL, codes.not_decimal(quantity.words)[quantity.places[at]], at)
        wrong_unit = codes.not_among(unit.words, frozenset(IssueUnit))[unit.places[at]]
        faults.note("unit", f"it is none of {', '.join(IssueUnit)}", wrong_unit, at)
        faults.count(owner, at)
        yield _rows(faults, codes, at, number, owner, on, on, quantity, unit)


def named_in(file: DeliveredFile, codes: CodeNumbers) -> Ids:
    """The patients of the rows that some rule reads, each as often as it is there."""
    columns = ("patient", "system", "code") if file.table == "events" else ("patient", "code")
    found = [group.patients()[_read_by_rules(group, codes, file.table)[0]] for group in file.groups(columns)]
    return np.concatenate([np.zeros(0, np.int64), *found])


def _read_by_rules(group: Group, codes: CodeNumbers, table: str) -> tuple[Numbers, Numbers]:
    """The rows whose code some rule reads, and the number of the code."""
    code = group.texts("code")
    if table == "issues":
        found = select(np.zeros(len(group), np.int32), code.places, codes.wanted(_DMD, code.words))
    else:
        system = group.texts("system")
        found = select(system.places, code.places, codes.wanted(system.words, code.words))
    return found[0], found[1]


def _note_blank(faults: RowFaults, group: Group, columns: Sequence[str]) -> None:
    for column in columns:
        faults.note(column, "it is empty", group.lacks(column))


def _rows(
    faults: RowFaults,
    codes: CodeNumbers,
    at: Numbers,
    number: Numbers,
    owner: Numbers,
    first: Numbers,
    last: Numbers,
    amount: Texts,
    unit: Texts,
) -> Rows:
    """The rows that are right, with their kinds."""
    if faults.wrong.any():
        right = ~faults.wrong[at]
        at, number, owner, first, last = at[right], number[right], owner[right], first[right], last[right]
    kind = codes.plain[number]
    read = np.flatnonzero(kind < 0)
    kind[read] = _read_kinds(codes, number[read], amount, unit, at[read])
    return Rows(owner, kind.astype(np.uint16), short(first), short(last))


def _read_kinds(codes: CodeNumbers, number: Numbers, amount: Texts, unit: Texts, at: Numbers) -> Numbers:
    """The kinds of rows whose value or quantity a rule reads: each different combination once."""
    amounts, units = len(amount.words) + 1, len(unit.words) + 1
    key = (number.astype(np.int64) * amounts + amount.places[at] + 1) * units + unit.places[at] + 1
    different, back = np.unique(key, return_inverse=True)
    words = ("", *amount.words), ("", *unit.words)
    kinds = [
        codes.kind_of(
            int(one) // units // amounts, words[0][int(one) // units % amounts], words[1][int(one) % units]
        )
        for one in different
    ]
    found: Numbers = np.array(kinds, np.int32)[back]
    return found
