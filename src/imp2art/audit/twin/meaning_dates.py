"""What both files of meanings share: the answer, the dates of a list's entries, and windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from imp2art.audit.twin.truth import Truth
from imp2art.codes.library import Library
from imp2art.core.partial_date import PartialDate
from imp2art.core.period import Period, months_up_to
from imp2art.record.patient_record import PatientRecord

_LONG_AGO = date.min


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a condition holds, and the date and number that decided it."""

    truth: Truth
    on: date | None = None
    value: Decimal | None = None


def yes_if(holds: bool) -> Truth:
    """Yes or no."""
    return Truth.YES if holds else Truth.NO


def window_of(on: date, months: int | None) -> Period:
    """The last so many months up to the day; None is ever."""
    if months is None:
        return Period(_LONG_AGO, on + timedelta(days=1))
    return months_up_to(on, months)


def dates_of(record: PatientRecord, codelist: str, library: Library) -> list[PartialDate]:
    """The dates of all entries and issues of the list."""
    codes = library.codelist(codelist).terms
    events = [event.on for event in record.events if event.code in codes]
    return events + [PartialDate.on(issue.on) for issue in record.issues if issue.code in codes]


def surely_in(when: PartialDate, window: Period) -> bool:
    """Whatever day it was, it lies in the window."""
    return when.first in window and when.last in window


def maybe_in(when: PartialDate, window: Period) -> bool:
    """Some day that it may have been lies in the window."""
    return when.first < window.end and when.last >= window.start
