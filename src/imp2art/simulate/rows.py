"""Coded entries and issues while they are gathered: columns of numbers, turned into text at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from imp2art.simulate.arrays import Flags, Ints
from imp2art.simulate.coding import Coding
from imp2art.simulate.dice import Dice

NO_VALUE = -1
# Values are indices: whole numbers below 1,000 stand for themselves, the tenths come after them.
_WHOLE = 1000
VALUE_TEXTS = tuple(str(number) for number in range(_WHOLE)) + tuple(
    f"{tenths / 10:.1f}" for tenths in range(100)
)
QUANTITY_UNITS = ("device", "dose", "tablet")
DEVICES, DOSES, TABLETS = range(3)


def tenths(number: Ints) -> Ints:
    """The value index of a number given in tenths, such as 15 for 1.5."""
    return _WHOLE + number


@dataclass(frozen=True, slots=True)
class EventRows:
    """Coded entries. `person` indexes the list, `code` the coding's codes, `unit` its units."""

    person: Ints
    first: Ints
    last: Ints
    code: Ints
    value: Ints
    unit: Ints

    def where(self, kept: Flags) -> EventRows:
        """Only the rows for which `kept` is true."""
        return EventRows(
            self.person[kept],
            self.first[kept],
            self.last[kept],
            self.code[kept],
            self.value[kept],
            self.unit[kept],
        )


@dataclass(frozen=True, slots=True)
class IssueRows:
    """Issues. `product` and `dosing` index the formulary; `packs` counts inhalers, or tablets."""

    person: Ints
    day: Ints
    product: Ints
    dosing: Ints
    packs: Ints

    def where(self, kept: Flags) -> IssueRows:
        """Only the rows for which `kept` is true."""
        return IssueRows(
            self.person[kept], self.day[kept], self.product[kept], self.dosing[kept], self.packs[kept]
        )


def entries(
    coding: Coding, dice: Dice, kind: str, person: Ints, day: Ints, value: Ints | None = None
) -> EventRows:
    """Entries of one kind on whole days; none of a kind that has no codes."""
    if not len(coding.kinds[kind].codes):
        person, day, value = person[:0], day[:0], None
    count = len(person)
    return EventRows(
        person,
        day,
        day,
        coding.draw(dice, kind, count),
        np.full(count, NO_VALUE) if value is None else value,
        np.full(count, 0 if value is None else coding.kinds[kind].unit),
    )


def all_events(parts: Sequence[EventRows]) -> EventRows:
    """The parts in one, in the order of person, day and code."""
    joined = EventRows(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("person", "first", "last", "code", "value", "unit")
        )
    )
    order = np.lexsort((joined.value, joined.code, joined.first, joined.person))
    return EventRows(*(getattr(joined, name)[order] for name in EventRows.__slots__))


def all_issues(parts: Sequence[IssueRows]) -> IssueRows:
    """The parts in one, in the order of person, day and product."""
    joined = IssueRows(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("person", "day", "product", "dosing", "packs")
        )
    )
    order = np.lexsort((joined.packs, joined.product, joined.day, joined.person))
    return IssueRows(*(getattr(joined, name)[order] for name in IssueRows.__slots__))
