"""For how many days the preventers that were issued would last: counted from issues, never judged.

An issue that comes before the last one is used up lasts from that one's end: what is left over is carried on.
That is a choice of ours (C), as is the dose: the one on each issue's own label.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from imp2art.asthma.year import InhalerMark, YearOfCare


@dataclass(frozen=True, slots=True)
class DaysCovered:
    """`days` of the `whole` period; `not_known` issues tell no days, so that there may be more."""

    days: int
    whole: int
    not_known: int


def preventer_days_covered(year: YearOfCare) -> DaysCovered:
    """The days of the period that its preventer issues cover. Issues from before it are not counted."""
    start, end = year.period.start, year.period.end
    known = sorted((mark for mark in year.preventers if mark.covers), key=lambda mark: mark.on)
    return DaysCovered(
        days=_covered(known, start, end),
        whole=(end - start).days,
        not_known=len(year.preventers) - len(known),
    )


def _covered(marks: Iterable[InhalerMark], start: date, end: date) -> int:
    days, until = 0, start
    for mark in marks:
        if mark.covers is None:
            continue
        begins = max(mark.on, until)
        until = begins + (mark.covers.end - mark.covers.start)
        days += max((min(until, end) - begins).days, 0)
    return days
