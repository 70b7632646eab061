"""The register of calculations and the register of intended purpose, to be read."""

from __future__ import annotations

from imp2art.asthma.reference import FROM_MEMORY, all_constants
from scripts.clinical_safety.markdown import bullets, page, table
from scripts.clinical_safety.registers import Calculation, Function, SafetyFile


def calculations(safety: SafetyFile) -> str:
    """One row a calculation; its constants with tags stand below, the same for all that use them."""
    used = sorted({slug for entry in safety.calculations for slug in entry.constants})
    constants = [
        (f"`{slug}`", newest.tag, newest.source, newest.source_version)
        for slug in used
        for newest in all_constants()[slug][-1:]
    ]
    return page(
        "Register of calculations",
        safety.words["calculations"],
        table(
            ("what", "answer", "rule", "tags", "shown to", "hazards", "verified by"),
            (_row(entry) for entry in safety.calculations),
        ),
        "## Constants",
        table(("constant", "tag", "source", "version"), constants),
    )


def tags_of(entry: Calculation) -> tuple[str, ...]:
    """The tags of its constants, or its own where it has none; in the order of trust."""
    found = {all_constants()[slug][-1].tag for slug in entry.constants} | (
        {entry.tag} if entry.tag else set()
    )
    return tuple(tag for tag in ("F", "F2", "C", FROM_MEMORY) if tag in found)


def _row(entry: Calculation) -> tuple[str, ...]:
    return (
        entry.title + (f" ({entry.source})" if entry.source else ""),
        entry.unit,
        f"`{entry.rule}`",
        ", ".join(tags_of(entry)),
        ", ".join(entry.shown_to) or "no page",
        ", ".join(entry.hazards),
        ", ".join(f"`{test.split('::', 1)[1]}`" for test in entry.tests),
    )


def purposes(safety: SafetyFile) -> str:
    """Every function that informs a clinical decision, with its open question for the regulator."""
    return page(
        "Register of intended purpose",
        safety.words["purposes"],
        *(_function(entry) for entry in safety.functions),
    )


def _function(entry: Function) -> str:
    switch = f" (`{entry.switch}`)" if entry.switch else " (no switch)"
    facts = (
        ("What it does", entry.does),
        ("For whom", entry.for_whom),
        ("From what", entry.inputs),
        ("Who decides", entry.decides),
        ("By default", entry.default + switch),
        ("Source", entry.source),
        ("Rules and tests", f"`{entry.rules}`, `{entry.tests}`"),
        ("Hazards", ", ".join(entry.hazards)),
        ("Question for the regulator", entry.device_question),
        ("Answer", f"{entry.answer} ({entry.answered_by})" if entry.answer else "**open**"),
    )
    return f"## {entry.title}\n\n" + bullets(f"{name}: {fact}" for name, fact in facts)
