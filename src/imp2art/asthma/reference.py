"""Clinical constants as data: each with its unit, source, version, tag and the days it is in force.

The files are `reference/*.toml`. Tags are those of the clinical fact file: F found in a primary
source, F2 in a secondary one, C computed or chosen here, M from memory. A constant tagged M is
loaded as `NotConfigured`: the feature that needs it says so instead of guessing.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from imp2art.core.refusal import Refusal

FROM_MEMORY = "M"
TAGS = ("F", "F2", "C", FROM_MEMORY)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that a rule uses. In force from `effective_from` up to, not including, `effective_to`."""

    slug: str
    value: Decimal
    unit: str
    source: str
    source_version: str
    tag: str
    effective_from: date
    effective_to: date | None

    def holds(self, on: date) -> bool:
        """Whether the constant is in force on that day."""
        return self.effective_from <= on and (self.effective_to is None or on < self.effective_to)


@dataclass(frozen=True, slots=True)
class NotConfigured:
    """A constant that may not be used: `why` is `from-memory` or `not-in-force`."""

    slug: str
    why: str


@lru_cache(maxsize=4096)
def constant(slug: str, on: date) -> Constant | NotConfigured:
    """The constant in force on a day. A slug that no file holds is a mistake of ours: `Refusal`."""
    versions = all_constants().get(slug)
    if versions is None:
        raise Refusal(f"There is no clinical constant called {slug!r}.")
    in_force = [version for version in versions if version.holds(on)]
    if not in_force:
        return NotConfigured(slug, "not-in-force")
    if in_force[-1].tag == FROM_MEMORY:
        return NotConfigured(slug, "from-memory")
    return in_force[-1]


def number(slug: str, on: date) -> Decimal | None:
    """The constant's value on a day, or None where it is not configured."""
    found = constant(slug, on)
    return found.value if isinstance(found, Constant) else None


def whole(slug: str, on: date) -> int:
    """The value as a whole number, for a rule that cannot work without it; `Refusal` if not configured."""
    value = number(slug, on)
    if value is None:
        raise Refusal(f"The clinical constant {slug!r} is not configured for this day.")
    return int(value)


@cache
def all_constants() -> Mapping[str, tuple[Constant, ...]]:
    """Every constant that ships with the project, by slug, oldest version first."""
    found: dict[str, list[Constant]] = defaultdict(list)
    for table in _tables():
        for row in table.get("constant", ()):
            found[row["slug"]].append(_constant(row))
    return {slug: tuple(sorted(rows, key=lambda row: row.effective_from)) for slug, rows in found.items()}


@cache
def reference_table(file: str, name: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of one array of tables, such as the child heights of `peak_flow.toml`."""
    folder = resources.files("imp2art.asthma") / "reference"
    return tuple(_parse((folder / file).read_text("utf-8"))[name])


def _tables() -> list[dict[str, Any]]:
    folder = resources.files("imp2art.asthma") / "reference"
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return [_parse((folder / name).read_text("utf-8")) for name in files]


def _parse(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def _constant(row: Mapping[str, Any]) -> Constant:
    return Constant(
        slug=row["slug"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        source=row["source"],
        source_version=row["source_version"],
        tag=row["tag"],
        effective_from=row["effective_from"],
        effective_to=row.get("effective_to"),
    )
