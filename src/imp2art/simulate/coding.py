"""The codes that the simulated practices record: `reference/coding.toml`, checked against the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from imp2art.codes.identifiers import SnomedCode
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.simulate.arrays import Floats, Ints
from imp2art.simulate.dice import Dice, weighted
from imp2art.simulate.parameters import read_reference

UNITS = ("", "{score}", "{count}", "L/min", "d")


@dataclass(frozen=True, slots=True)
class CodesOf:
    """The codes of one kind of entry: indices into `Coding.codes`, their weights, the unit's index.

    A kind whose list has no codes has none here either, and nothing is recorded of it.
    """

    codes: Ints
    weights: Floats
    unit: int


@dataclass(frozen=True, slots=True)
class Coding:
    """All codes in one list, and which of them each kind of entry uses."""

    codes: tuple[str, ...]
    kinds: Mapping[str, CodesOf]

    def draw(self, dice: Dice, kind: str, count: int) -> Ints:
        """`count` codes of a kind, as indices into `codes`; of a kind without codes there are none."""
        of = self.kinds[kind]
        if len(of.codes) <= 1:
            return np.repeat(of.codes, count)
        return of.codes[weighted(dice, of.weights, count)]


def read_coding(library: Library) -> Coding:
    """The codes; one that is not in the library's list is a `Refusal`."""
    codes: list[str] = []
    kinds: dict[str, CodesOf] = {}
    for kind, entry in read_reference("coding").items():
        weights = entry["codes"] if "codes" in entry else _first_of(library, kind)
        _check_codes(library, entry.get("list", kind), weights)
        start = len(codes)
        codes.extend(weights)
        kinds[kind] = CodesOf(
            np.arange(start, len(codes), dtype=np.int64),
            np.array([float(weight) for weight in weights.values()]),
            UNITS.index(entry.get("unit", "")),
        )
    return Coding(tuple(codes), kinds)


def _first_of(library: Library, slug: str) -> dict[str, float]:
    """For a list without codes of our own: the first that a site brought in, or none. One code is drawn
    without dice, so that all else stays the same."""
    snomed = sorted(str(code) for code in library.codelist(slug) if isinstance(code, SnomedCode))
    return dict.fromkeys(snomed[:1], 1.0)


def _check_codes(library: Library, slug: str, codes: Mapping[str, float]) -> None:
    codelist = library.codelist(slug)
    for code in codes:
        if SnomedCode(code) not in codelist:
            raise Refusal(f"coding.toml: {code} is not in the codelist {slug}.")
