"""What is wrong with the clinical safety file, in sentences that say what to do. No test is run here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from imp2art.asthma.reference import TAGS, all_constants
from scripts.clinical_safety.evidence import find_definition, find_test, marked_to_be_left_out
from scripts.clinical_safety.registers import (
    ROOT,
    STATUSES,
    Calculation,
    Function,
    Hazard,
    Matrix,
    SafetyFile,
)

SHOWN_TO = ("staff", "patient")


def faults(safety: SafetyFile, root: Path = ROOT) -> tuple[str, ...]:
    """Every fault, in the order of the registers; nothing for a file that may be built on."""
    return tuple(
        sentence
        for found in (
            *(_hazard(hazard, safety, root) for hazard in safety.hazards),
            *(_calculation(calculation, safety, root) for calculation in safety.calculations),
            *(_function(function, safety, root) for function in safety.functions),
            _may_skip(safety),
        )
        for sentence in found
    )


def _hazard(hazard: Hazard, safety: SafetyFile, root: Path) -> Iterator[str]:
    if hazard.status not in STATUSES:
        yield f"{hazard.id}: status {hazard.status!r} is none of {', '.join(STATUSES)}."
    if (hazard.status == "open") == bool(hazard.tests):
        yield f"{hazard.id}: an open hazard names no test, and any other names at least one."
    if (hazard.status == "controlled") == bool(hazard.still):
        yield f"{hazard.id}: `still` says what is missing, unless the hazard is controlled."
    if bool(hazard.still) != bool(hazard.brought_by):
        yield f"{hazard.id}: `still` and `brought_by` go together."
    if not (root / hazard.owner).exists():
        yield f"{hazard.id}: its owner {hazard.owner} is not there."
    yield from _risk(hazard, safety.matrix)
    yield from _tests(hazard.id, hazard.tests, root)
    allowed = {test.id for test in safety.may_skip}
    if hazard.tests and allowed.issuperset(hazard.tests):
        yield f"{hazard.id}: every test of it may be left out: name one that runs everywhere."


def _risk(hazard: Hazard, matrix: Matrix) -> Iterator[str]:
    likelihoods = (hazard.likelihood, hazard.residual_likelihood)
    if hazard.severity not in matrix.severities or not set(likelihoods) <= set(matrix.likelihoods):
        yield f"{hazard.id}: severity and likelihoods are in the words of matrix.toml."
        return
    before, after = (matrix.likelihoods.index(likelihood) for likelihood in likelihoods)
    if after > before or (hazard.status == "open" and after != before):
        yield f"{hazard.id}: a control that is not built lowers no risk, and none makes it likelier."


def _calculation(calculation: Calculation, safety: SafetyFile, root: Path) -> Iterator[str]:
    name = f"calculation {calculation.id}"
    if find_definition(root, calculation.rule) is None:
        yield f"{name}: its rule {calculation.rule} is not there."
    if unknown := [slug for slug in calculation.constants if slug not in all_constants()]:
        yield f"{name}: there is no clinical constant {', '.join(unknown)}."
    if not calculation.constants and not (calculation.source and calculation.tag):
        yield f"{name}: without a constant it needs a source and a tag."
    if calculation.tag and calculation.tag not in TAGS:
        yield f"{name}: tag {calculation.tag!r} is none of {', '.join(TAGS)}."
    if not set(calculation.shown_to) <= set(SHOWN_TO):
        yield f"{name}: shown_to is a list of {', '.join(SHOWN_TO)}."
    if not calculation.tests:
        yield f"{name}: it needs a test."
    yield from _hazards_known(name, calculation.hazards, safety)
    yield from _tests(name, calculation.tests, root)


def _function(function: Function, safety: SafetyFile, root: Path) -> Iterator[str]:
    name = f"function {function.id}"
    for path in (function.rules, function.tests):
        if not (root / path).exists():
            yield f"{name}: {path} is not there."
    if function.default not in ("on", "off"):
        yield f"{name}: its default is on or off."
    if bool(function.answer) != bool(function.answered_by):
        yield f"{name}: an answer needs the name of who gave it."
    yield from _hazards_known(name, function.hazards, safety)


def _hazards_known(name: str, hazards: tuple[str, ...], safety: SafetyFile) -> Iterator[str]:
    known = {hazard.id for hazard in safety.hazards}
    if not hazards or not known.issuperset(hazards):
        yield f"{name}: it names at least one hazard, each of the log."


def _tests(name: str, tests: tuple[str, ...], root: Path) -> Iterator[str]:
    for test in tests:
        found = find_test(root, test)
        if found is None:
            yield f"{name}: its test {test} is not there. Name the test that verifies the control now."
        elif marked_to_be_left_out(found):
            yield f"{name}: its test {test} is marked to be left out or to fail, so it verifies nothing."


def _may_skip(safety: SafetyFile) -> Iterator[str]:
    for test in safety.may_skip:
        if test.id not in safety.tests:
            yield f"may_skip.toml: no register names {test.id}; take it out."
        if not test.reason:
            yield f"may_skip.toml: {test.id} needs a reason."
