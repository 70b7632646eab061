"""One clause of a rule asked of one person: its answer, and the entries that it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from imp2art.audit.indicator import Clause
from imp2art.audit.twin.meaning import answer
from imp2art.audit.twin.seen import Seen, entries_of, newest_of, seen_on
from imp2art.audit.twin.truth import Truth
from imp2art.codes.library import Library
from imp2art.record.patient_record import PatientRecord


class Part(StrEnum):
    """Which part of the rule a clause stands in."""

    DENOMINATOR = "denominator"
    NUMERATOR = "numerator"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """One clause: its answer, the day and the number that decided it.

    `entry` is the entry of that day; `newest` the newest entry of what the clause asks for, inside its
    window or not: None where the record has none at all.
    """

    part: Part
    name: str
    truth: Truth
    on: date | None
    value: Decimal | None
    entry: Seen | None = None
    newest: Seen | None = None


def ask(part: Part, clause: Clause, record: PatientRecord, on: date, library: Library) -> ClauseAnswer:
    """The clause, asked of this record on this day."""
    given = answer(clause.condition, record, on, library)
    entries = entries_of(clause.condition, record, library)
    entry, newest = seen_on(clause.condition, entries, given.on), newest_of(clause.condition, entries)
    return ClauseAnswer(part, clause.name, given.truth, given.on, given.value, entry, newest)
