"""The safety case report, in the shape that DCB0129 asks for: scope, use, hazards, what is open, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from imp2art.asthma.reference import FROM_MEMORY
from scripts.clinical_safety.hazard_pages import initial, residual
from scripts.clinical_safety.markdown import bullets, page, table
from scripts.clinical_safety.register_pages import tags_of
from scripts.clinical_safety.registers import STATUSES, Function, Hazard, SafetyFile


def safety_case(safety: SafetyFile) -> str:
    """The report with its figures, counted from the registers."""
    return page(
        "Clinical safety case report",
        safety.words["not_yet"],
        f"## Scope\n\n{safety.words['scope']}",
        f"## Intended use\n\n{safety.words['use']}",
        f"## How risk was managed\n\n{safety.words['method']}",
        "## Hazards in figures",
        _figures(safety),
        _by_severity(safety),
        _by_risk(safety),
        "## Hazards by risk that stays",
        _summary(safety),
        "## Open risks",
        _open(safety),
        "## Open questions for the regulator",
        bullets(f"{entry.title} (`{entry.id}`): {entry.device_question}" for entry in _unanswered(safety)),
        "## Evidence",
        _evidence(safety),
    )


def _figures(safety: SafetyFile) -> str:
    count = Counter(hazard.status for hazard in safety.hazards)
    said = ", ".join(f"{count[status]} {status}" for status in STATUSES)
    verified = sum(bool(hazard.tests) for hazard in safety.hazards)
    return (
        f"{len(safety.hazards)} hazards: {said}. {verified} have a control that at least one test verifies. "
        f"{len({test for hazard in safety.hazards for test in hazard.tests})} tests verify them."
    )


def _by_severity(safety: SafetyFile) -> str:
    count = Counter((hazard.severity, hazard.status) for hazard in safety.hazards)
    rows = [
        (severity, *(count[severity, status] for status in STATUSES))
        for severity in reversed(safety.matrix.severities)
    ]
    return table(("severity", *STATUSES), rows)


def _by_risk(safety: SafetyFile) -> str:
    before = Counter(initial(hazard, safety.matrix) for hazard in safety.hazards)
    after = Counter(residual(hazard, safety.matrix) for hazard in safety.hazards)
    return table(
        ("risk", "hazards before any control", "hazards with the controls that are built"),
        ((risk, before[risk], after[risk]) for risk in (5, 4, 3, 2, 1)),
    )


def _summary(safety: SafetyFile) -> str:
    return table(
        ("hazard", "", "severity", "risk before", "risk that stays", "status", "tests"),
        (
            (
                hazard.id,
                hazard.title,
                hazard.severity,
                initial(hazard, safety.matrix),
                residual(hazard, safety.matrix),
                hazard.status,
                len(hazard.tests),
            )
            for hazard in _worst_first(safety.hazards, safety)
        ),
    )


def _open(safety: SafetyFile) -> str:
    left = _worst_first((hazard for hazard in safety.hazards if hazard.still), safety)
    return table(
        ("hazard", "", "risk that stays", "what is missing", "brought by"),
        (
            (hazard.id, hazard.title, residual(hazard, safety.matrix), hazard.still, hazard.brought_by)
            for hazard in left
        ),
    )


def _evidence(safety: SafetyFile) -> str:
    shown = [entry for entry in safety.calculations if entry.shown_to]
    memory = [entry for entry in safety.calculations if FROM_MEMORY in tags_of(entry)]
    return bullets(
        (
            "Each hazard with its tests: `hazard_log.md`. The tests run with every `make test`; one that "
            "fails, is missing or is left out without a reason fails it.",
            f"{len(safety.calculations)} calculations are registered, {len(shown)} of them on a page; "
            f"{len(memory)} name a constant from memory, and that part is not worked out.",
            f"{len(safety.functions)} functions inform a decision; "
            f"{sum(entry.default == 'off' for entry in safety.functions)} are off by default.",
            f"{len(safety.may_skip)} test(s) may be left out on a machine, with a reason: `may_skip.toml`.",
            "No evidence from use: the software has not been used in care.",
        )
    )


def _unanswered(safety: SafetyFile) -> list[Function]:
    return [entry for entry in safety.functions if not entry.answer]


def _worst_first(hazards: Iterable[Hazard], safety: SafetyFile) -> list[Hazard]:
    matrix = safety.matrix
    return sorted(
        hazards, key=lambda hazard: (-residual(hazard, matrix), -initial(hazard, matrix), hazard.id)
    )
