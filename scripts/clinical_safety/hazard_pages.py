"""The hazard log in full, and what of it a practice must see to (DCB0160)."""

from __future__ import annotations

from scripts.clinical_safety.markdown import bullets, page, table
from scripts.clinical_safety.registers import Hazard, Matrix, SafetyFile


def hazard_log(safety: SafetyFile) -> str:
    """Every hazard with all that is known of it, in the order of the register."""
    return page(
        "Hazard log",
        safety.words["hazard_log"],
        *(_hazard(hazard, safety.matrix) for hazard in safety.hazards),
    )


def of_the_practice(safety: SafetyFile) -> str:
    """What controls are left to whoever brings the software into use, with the risk that stays."""
    rows = [
        (hazard.id, hazard.title, residual(hazard, safety.matrix), hazard.practice)
        for hazard in safety.hazards
        if hazard.practice
    ]
    return page(
        "What a practice must see to",
        safety.words["practice"],
        table(("hazard", "", "risk that stays", "what the practice does"), rows),
    )


def initial(hazard: Hazard, matrix: Matrix) -> int:
    """Risk before any control, 1 to 5."""
    return matrix.of(hazard.severity, hazard.likelihood)


def residual(hazard: Hazard, matrix: Matrix) -> int:
    """Risk with the controls that are built, 1 to 5."""
    return matrix.of(hazard.severity, hazard.residual_likelihood)


def _hazard(hazard: Hazard, matrix: Matrix) -> str:
    facts = [
        ("Cause", hazard.cause),
        ("Effect", hazard.effect),
        ("Before any control", f"{hazard.severity}, {hazard.likelihood}: risk {initial(hazard, matrix)}"),
        ("Control", hazard.control),
        ("With it", f"{hazard.severity}, {hazard.residual_likelihood}: risk {residual(hazard, matrix)}"),
        ("Owner", f"`{hazard.owner}`"),
        ("Status", hazard.status),
        ("Still missing", f"{hazard.still} (brought by: {hazard.brought_by})" if hazard.still else ""),
        ("The practice", hazard.practice),
    ]
    said = bullets(f"{name}: {fact}" for name, fact in facts if fact)
    verified = bullets(f"`{test}`" for test in hazard.tests)
    block = f"## {hazard.id} · {hazard.title}\n\n{said}"
    return (
        f"{block}\n\nVerified by:\n\n{verified}"
        if verified
        else f"{block}\n\n**No test verifies a control.**"
    )
