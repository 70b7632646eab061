"""Until when an answer lasts if nothing more is recorded: entries leave their look-back windows."""

from __future__ import annotations

from datetime import date, timedelta

from imp2art.audit.conditions import Condition
from imp2art.audit.indicator import Clause
from imp2art.audit.twin.meaning import answer
from imp2art.audit.twin.seen import entries_of, windows_of
from imp2art.audit.twin.truth import Truth
from imp2art.codes.library import Library
from imp2art.core.period import add_months, months_up_to
from imp2art.record.patient_record import PatientRecord


def holds_until(
    numerator: tuple[Clause, ...], record: PatientRecord, on: date, library: Library
) -> date | None:
    """The last day on which all clauses hold; None where they hold for good.

    An answer changes only where an entry leaves a window, so only those days are asked.
    """
    days = [
        day
        for clause in numerator
        for day in _leaving(clause.condition, record, on, library)
        if answer(clause.condition, record, day, library).truth is not Truth.YES
    ]
    return min(days) - timedelta(days=1) if days else None


def _leaving(condition: Condition, record: PatientRecord, on: date, library: Library) -> list[date]:
    """The later days on which an entry is in the window no more, each window taken by itself."""
    days = {
        last_day_of(seen.on.first, months) + timedelta(days=1)
        for seen in entries_of(condition, record, library)
        for months in windows_of(condition)
        if seen.on.last in months_up_to(on, months)
    }
    return sorted(day for day in days if day > on)


def last_day_of(on: date, months: int) -> date:
    """The last day whose look-back window of so many months still holds `on`."""
    # Months differ in length, so the day is looked for around the same day so many months later.
    around = add_months(on, months) + timedelta(days=4)
    days = (around - timedelta(days=back) for back in range(8))
    return next(day for day in days if on in months_up_to(day, months))
