"""A date as a record holds it: sometimes only a year, or a year and a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from imp2art.core.period import month_end
from imp2art.core.refusal import Refusal

# Only these three shapes; `date.fromisoformat` also takes 20260101 and 2026-W01-1.
_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """Some day from `first` to `last`, both included. A full date has `first == last`."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2019`, `2019-05` or `2019-05-01`; anything else is refused."""
        match = _SHAPE.fullmatch(text)
        if match is None:
            raise Refusal("A date is written 2019-05-01, or 2019-05 or 2019 where the day is not known.")
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return cls._from_parts(year or 0, month, day)
        except ValueError:
            raise Refusal("There is no such day in the calendar.") from None

    @classmethod
    def _from_parts(cls, year: int, month: int | None, day: int | None) -> Self:
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return cls(date(year, month, 1), month_end(date(year, month, 1)))
        return cls.on(date(year, month, day))

    @classmethod
    def on(cls, day: date) -> Self:
        """The whole date of one day."""
        return cls(day, day)

    @property
    def is_whole(self) -> bool:
        """True where the very day is known."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.is_whole:
            return self.first.isoformat()
        return f"{self.first:%Y}" if self.last.month != self.first.month else f"{self.first:%Y-%m}"


def parse_day(text: str) -> date:
    """Read a whole date, `2019-05-01` and nothing else."""
    partial = PartialDate.parse(text)
    if not partial.is_whole:
        raise Refusal("This date needs its day: write it as 2019-05-01.")
    return partial.first
