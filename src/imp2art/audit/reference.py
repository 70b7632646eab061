"""The slow twin: one indicator, one patient, one day, with the clause that decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from imp2art.audit.indicator import Clause, Indicator
from imp2art.audit.twin.meaning import answer
from imp2art.audit.twin.meaning_dates import Answer
from imp2art.audit.twin.truth import Truth
from imp2art.codes.library import Library
from imp2art.core.finding import Finding, Outcome
from imp2art.record.patient_record import PatientRecord


def find(indicator: Indicator, record: PatientRecord, on: date, library: Library) -> Finding:
    """What the indicator says of this patient on this day.

    Someone outside the denominator is not applicable, by the first clause that does not hold; someone
    excluded is not applicable too, by the exclusion (its name is in `indicator.exclusions`). A success
    counts whatever exclusions there are.
    """
    clause, asked = _decider(indicator.denominator, record, on, library)
    if asked.truth is not Truth.YES:
        outcome = Outcome.NOT_APPLICABLE if asked.truth is Truth.NO else Outcome.CANNOT_TELL
        return _finding(outcome, clause, asked)
    success_clause, success = _decider(indicator.numerator, record, on, library)
    if success.truth is Truth.YES:
        return _finding(Outcome.MET, success_clause, success)
    if success.truth is Truth.CANNOT_TELL:
        return _finding(Outcome.CANNOT_TELL, success_clause, success)
    return _exclusion(indicator, record, on, library) or _finding(Outcome.NOT_MET, success_clause, success)


def _exclusion(indicator: Indicator, record: PatientRecord, on: date, library: Library) -> Finding | None:
    """The first exclusion that holds; failing that, the first that cannot be told; else None."""
    asked = [(clause, answer(clause.condition, record, on, library)) for clause in indicator.exclusions]
    for truth, outcome in ((Truth.YES, Outcome.NOT_APPLICABLE), (Truth.CANNOT_TELL, Outcome.CANNOT_TELL)):
        for clause, given in asked:
            if given.truth is truth:
                return _finding(outcome, clause, given)
    return None


def _decider(
    clauses: Iterable[Clause], record: PatientRecord, on: date, library: Library
) -> tuple[Clause, Answer]:
    """The first clause that does not hold, else the first that cannot be told, else the last."""
    unsure = last = None
    for clause in clauses:
        last = (clause, answer(clause.condition, record, on, library))
        if last[1].truth is Truth.NO:
            return last
        if last[1].truth is Truth.CANNOT_TELL:
            unsure = unsure or last
    if last is None:
        raise ValueError("an indicator needs a clause in its denominator and one in its numerator")
    return unsure or last


def _finding(outcome: Outcome, clause: Clause, given: Answer) -> Finding:
    return Finding(outcome, clause.name, given.on, given.value)
