"""Why someone counts as they do: every clause with its answer, and what would change the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.audit.difference import Difference, kind_of
from imp2art.audit.indicator import Indicator
from imp2art.audit.reference import find
from imp2art.audit.twin.clause_answer import ClauseAnswer, Part, ask
from imp2art.audit.twin.lapse import holds_until
from imp2art.audit.twin.truth import Truth
from imp2art.codes.library import Library
from imp2art.core.finding import Finding, Outcome
from imp2art.record.patient_record import PatientRecord


@dataclass(frozen=True, slots=True)
class Explanation:
    """`finding` is the reference's; `needs` are the clauses that would have to hold for `MET`.

    `holds_until` is, for someone who met it by entries in look-back windows, the last day on which
    they still do if nothing more is recorded. `excluded_until` is the same for someone whom an
    exclusion takes out; None where it takes no one out, or takes them out for good.
    """

    finding: Finding
    clauses: tuple[ClauseAnswer, ...]
    needs: tuple[str, ...]
    holds_until: date | None
    excluded_until: date | None = None

    @property
    def decided(self) -> ClauseAnswer:
        """The clause that decided."""
        return next(clause for clause in self.clauses if clause.name == self.finding.clause)


def explain_finding(indicator: Indicator, record: PatientRecord, on: date, library: Library) -> Explanation:
    """The whole of one person's outcome; unlike the rule itself, every clause is asked."""
    asked = tuple(
        ask(part, clause, record, on, library)
        for part, clauses in (
            (Part.DENOMINATOR, indicator.denominator),
            (Part.NUMERATOR, indicator.numerator),
            (Part.EXCLUSION, indicator.exclusions),
        )
        for clause in clauses
    )
    finding = find(indicator, record, on, library)
    needs = tuple(
        clause.name for clause in asked if clause.part is not Part.EXCLUSION and clause.truth is not Truth.YES
    )
    met = finding.outcome is Outcome.MET
    until = holds_until(indicator.numerator, record, on, library) if met else None
    return Explanation(finding, asked, needs, until, _excluded_until(indicator, finding, record, on, library))


def _excluded_until(
    indicator: Indicator, finding: Finding, record: PatientRecord, on: date, library: Library
) -> date | None:
    if finding.outcome is not Outcome.NOT_APPLICABLE:
        return None
    deciding = tuple(clause for clause in indicator.exclusions if clause.name == finding.clause)
    return holds_until(deciding, record, on, library)


def explain_difference(
    indicator: Indicator,
    record: PatientRecord,
    on: date,
    library: Library,
    in_theirs: bool,
    ours: Outcome = Outcome.MET,
) -> Difference | None:
    """Why we list this person and another search does not, or the other way round; None where both agree.

    The two lists are of those whose outcome is `ours`. The other search is not known here, so `kind` is
    what such a difference usually is, read from the clause that decided here.
    """
    explanation = explain_finding(indicator, record, on, library)
    outcome = explanation.finding.outcome
    if in_theirs == (outcome is ours):
        return None
    excluding = _excluding(explanation)
    decided = excluding if outcome is Outcome.MET and excluding else explanation.decided
    condition = next(each.condition for each in indicator.clauses if each.name == decided.name)
    entry = decided.entry or decided.newest
    return Difference(kind_of(decided, outcome, condition, on), outcome, decided, entry)


def _excluding(explanation: Explanation) -> ClauseAnswer | None:
    """The exclusion that holds: another search may take out someone whom a success keeps in here."""
    holding = (clause for clause in explanation.clauses if clause.part is Part.EXCLUSION)
    return next((clause for clause in holding if clause.truth is Truth.YES), None)
