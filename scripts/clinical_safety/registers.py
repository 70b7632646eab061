"""Read the registers of docs/clinical_safety as values. A register that is not whole is refused by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "clinical_safety"
STATUSES = ("controlled", "partly", "open")


class RegisterError(ValueError):
    """A register cannot be used; the sentence names the entry and what to mend."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """One row of the hazard log. `still` and `brought_by` are empty for a controlled hazard."""

    id: str
    title: str
    cause: str
    effect: str
    severity: str
    likelihood: str
    residual_likelihood: str
    control: str
    owner: str
    status: str
    tests: tuple[str, ...]
    still: str = ""
    brought_by: str = ""
    practice: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A number that is worked out for a person. `source` and `tag` are empty where constants carry them."""

    id: str
    title: str
    unit: str
    rule: str
    constants: tuple[str, ...]
    shown_to: tuple[str, ...]
    hazards: tuple[str, ...]
    tests: tuple[str, ...]
    source: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function that informs a clinical decision. An empty `answer` is a question for the regulator."""

    id: str
    title: str
    does: str
    for_whom: str
    inputs: str
    decides: str
    default: str
    switch: str
    source: str
    rules: str
    tests: str
    hazards: tuple[str, ...]
    device_question: str
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class MaySkip:
    """A test of the log that a machine may leave out, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """`risk[likelihood]` is one number from 1 to 5 for each of `severities`."""

    severities: tuple[str, ...]
    likelihoods: tuple[str, ...]
    risk: Mapping[str, tuple[int, ...]]

    def of(self, severity: str, likelihood: str) -> int:
        """The risk, 1 to 5. A word that the matrix has not is a `RegisterError`."""
        if severity not in self.severities or likelihood not in self.risk:
            raise RegisterError(f"{severity!r} with {likelihood!r} is not in matrix.toml.")
        return self.risk[likelihood][self.severities.index(severity)]


@dataclass(frozen=True, slots=True)
class SafetyFile:
    """Every register together."""

    hazards: tuple[Hazard, ...]
    calculations: tuple[Calculation, ...]
    functions: tuple[Function, ...]
    may_skip: tuple[MaySkip, ...]
    matrix: Matrix
    words: Mapping[str, str]

    @property
    def tests(self) -> tuple[str, ...]:
        """Every test that the hazard log or the register of calculations names, once, in order."""
        named = [test for entry in (*self.hazards, *self.calculations) for test in entry.tests]
        return tuple(dict.fromkeys(named))


def read_safety_file(folder: Path = FOLDER) -> SafetyFile:
    """All registers of the folder. Raises `RegisterError`."""
    matrix = _toml(folder / "matrix.toml")
    return SafetyFile(
        hazards=_entries(folder / "hazards.toml", "hazard", Hazard),
        calculations=_entries(folder / "calculations.toml", "calculation", Calculation),
        functions=_entries(folder / "intended_purpose.toml", "function", Function),
        may_skip=_entries(folder / "may_skip.toml", "test", MaySkip),
        matrix=Matrix(
            tuple(matrix["severities"]),
            tuple(matrix["likelihoods"]),
            {likelihood: tuple(row) for likelihood, row in matrix["risk"].items()},
        ),
        words=_toml(folder / "words.toml"),
    )


def _entries(file: Path, table: str, kind: type[Any]) -> tuple[Any, ...]:
    entries = tuple(_entry(file, kind, row) for row in _toml(file).get(table, ()))
    names = [entry.id for entry in entries]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise RegisterError(f"{file.name} has {', '.join(doubled)} more than once.")
    return entries


def _entry(file: Path, kind: type[Any], row: Mapping[str, Any]) -> Any:  # noqa: ANN401 (one of the four kinds)
    known = {field.name for field in fields(kind)}
    name = row.get("id", "an entry without an id")
    if unknown := sorted(set(row) - known):
        raise RegisterError(f"{file.name}, {name}: {', '.join(unknown)} is no field of the register.")
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})
    except TypeError as fault:
        raise RegisterError(f"{file.name}, {name}: {fault}.") from fault


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
