"""Why someone counts as they do: every clause with its answer, and what would change the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from imp2art.audit.conditions import AnyIn, Together
from imp2art.audit.indicator import Clause, Indicator
from imp2art.audit.meaning import Answer, answer
from imp2art.audit.reference import find
from imp2art.audit.truth import Truth
from imp2art.codes.library import Library
from imp2art.core.finding import Finding, Outcome
from imp2art.core.period import add_months, months_up_to
from imp2art.record.patient_record import PatientRecord


class Part(StrEnum):
    """Which part of the rule a clause stands in."""

    DENOMINATOR = "denominator"
    NUMERATOR = "numerator"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """One clause: its answer, the day and the number that decided it."""

    part: Part
    name: str
    truth: Truth
    on: date | None
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """`finding` is the reference's; `needs` are the clauses that would have to hold for `MET`.

    `holds_until` is, for someone who met it by an entry in a look-back window, the last day on which
    that entry still counts.
    """

    finding: Finding
    clauses: tuple[ClauseAnswer, ...]
    needs: tuple[str, ...]
    holds_until: date | None


def explain_finding(indicator: Indicator, record: PatientRecord, on: date, library: Library) -> Explanation:
    """The whole of one person's outcome; unlike the rule itself, every clause is asked."""
    asked = [
        (part, clause, answer(clause.condition, record, on, library))
        for part, clauses in (
            (Part.DENOMINATOR, indicator.denominator),
            (Part.NUMERATOR, indicator.numerator),
            (Part.EXCLUSION, indicator.exclusions),
        )
        for clause in clauses
    ]
    finding = find(indicator, record, on, library)
    needs = tuple(
        clause.name
        for part, clause, given in asked
        if part is not Part.EXCLUSION and given.truth is not Truth.YES
    )
    met = [(clause, given) for part, clause, given in asked if part is Part.NUMERATOR]
    return Explanation(
        finding,
        tuple(_clause_answer(*each) for each in asked),
        needs,
        _holds_until(met) if finding.outcome is Outcome.MET else None,
    )


def _clause_answer(part: Part, clause: Clause, given: Answer) -> ClauseAnswer:
    return ClauseAnswer(part, clause.name, given.truth, given.on, given.value)


def _holds_until(numerator: list[tuple[Clause, Answer]]) -> date | None:
    days = [
        last_day_of(given.on, clause.condition.months)
        for clause, given in numerator
        if isinstance(clause.condition, AnyIn | Together) and clause.condition.months and given.on
    ]
    return min(days, default=None)


def last_day_of(on: date, months: int) -> date:
    """The last day whose look-back window of so many months still holds `on`."""
    # Months differ in length, so the day is looked for around the same day so many months later.
    around = add_months(on, months) + timedelta(days=4)
    days = (around - timedelta(days=back) for back in range(8))
    return next(day for day in days if on in months_up_to(day, months))
