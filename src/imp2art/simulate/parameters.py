"""The numbers behind the model, read from `reference/uk_asthma.toml` with their sources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from imp2art.core.refusal import Refusal
from imp2art.simulate.arrays import Floats

_TRUSTED = ("F", "F2", "C")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every parameter by its full name, such as `people.age`."""

    values: Mapping[str, Any]

    def number(self, name: str) -> float:
        """A single number."""
        return float(self.values[name])

    def shares(self, name: str) -> dict[str, float]:
        """A table of shares as written: they need not add up to one."""
        return {key: float(share) for key, share in self.values[name].items()}

    def by_age(self, name: str, ages: Floats) -> Floats:
        """The number that applies at each age: steps, each from an age upwards."""
        steps = self.values[name]
        at = np.searchsorted([float(age) for age, _ in steps], ages, side="right") - 1
        return np.array([float(value) for _, value in steps])[np.maximum(at, 0)]


def read_reference(name: str) -> dict[str, Any]:
    """One TOML file of the `reference` folder."""
    text = (resources.files("imp2art.simulate") / "reference" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def read_parameters() -> Parameters:
    """All parameters. One without a source, or from memory, is a `Refusal`."""
    values: dict[str, Any] = {}
    for group, entries in read_reference("uk_asthma").items():
        for name, entry in entries.items():
            if entry.get("tag") not in _TRUSTED or not entry.get("source"):
                raise Refusal(
                    f"uk_asthma.toml: {group}.{name} needs a source and a tag, one of {', '.join(_TRUSTED)}."
                )
            values[f"{group}.{name}"] = entry["value"]
    return Parameters(values)
