"""What the simulated practices prescribe: `reference/formulary.toml`, checked against the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from imp2art.codes.identifiers import DmdCode
from imp2art.codes.library import Library
from imp2art.codes.medicine import Device
from imp2art.core.refusal import Refusal
from imp2art.simulate.arrays import Flags, Floats, Ints
from imp2art.simulate.dice import Dice, weighted
from imp2art.simulate.made_up import NOBODYS
from imp2art.simulate.parameters import read_reference

REGIMENS = ("saba", "ics", "laba", "mart", "high", "air")
_USES = {"mart": "mart", "air": "air"}
_OLDEST = 200
_NOT_INHALED = (Device.TABLET, Device.LIQUID)


@dataclass(frozen=True, slots=True)
class Choices:
    """The products of one purpose; `product` and `dosing` index the formulary's lists."""

    product: Ints
    dosing: Ints
    from_age: Ints
    to_age: Ints
    weight: Floats
    quantity: Ints

    def draw(self, dice: Dice, ages: Ints) -> Ints:
        """An index into the choices for each age in whole years, among those of that age; -1 for none."""
        drawn = np.full(len(ages), -1, dtype=np.int64)
        edges = np.unique(np.concatenate([self.from_age, self.to_age]))
        group = np.searchsorted(edges, ages, side="right")
        for one in np.unique(group):
            among = group == one
            age = ages[among][0]
            fits: Flags = (self.from_age <= age) & (age < self.to_age)
            if fits.any():
                drawn[among] = weighted(dice, self.weight * fits, int(among.sum()))
        return drawn


@dataclass(frozen=True, slots=True)
class Formulary:
    """`doses` is the pack that the model reckons with; `sourced_doses` the library's, 0 if it has none.

    `a_day` belongs to a dosing, and `words[dosing]` are its directions, one for each label style.
    """

    slugs: tuple[str, ...]
    codes: tuple[str, ...]
    doses: Floats
    sourced_doses: Ints
    inhaled: Flags
    dosings: tuple[str, ...]
    a_day: Floats
    words: tuple[tuple[str, ...], ...]
    choices: Mapping[str, Choices]


def read_formulary(library: Library) -> Formulary:
    """The formulary; a product that the library does not know, and that is not made up, is a `Refusal`."""
    told = read_reference("formulary")
    products, dosings = told.pop("medicine"), told.pop("dosing")
    known = [library.medicine(DmdCode(product["code"])) for product in products.values()]
    for (slug, product), medicine in zip(products.items(), known, strict=True):
        if medicine is None:
            _check_other(slug, product, library)
    formulary = Formulary(
        tuple(products),
        tuple(product["code"] for product in products.values()),
        np.array([float(product["doses"]) for product in products.values()]),
        np.array([(each.doses_per_device or 0) if each else 0 for each in known], dtype=np.int64),
        np.array([each is not None and each.device not in _NOT_INHALED for each in known]),
        tuple(dosings),
        np.array([float(dosing["a_day"]) for dosing in dosings.values()]),
        tuple(tuple(dosing["words"]) for dosing in dosings.values()),
        {purpose: _choices(entry["choices"], products, dosings) for purpose, entry in told.items()},
    )
    _check_licences(formulary, library)
    return formulary


def _check_other(slug: str, product: dict[str, Any], library: Library) -> None:
    """A product that the medicines table does not hold: of a list, or made up in nobody's namespace."""
    if product.get("made_up"):
        if product["code"][-10:-3] != NOBODYS:
            raise Refusal(f"formulary.toml: {slug} is made up, so its code must be of namespace {NOBODYS}.")
    elif "list" not in product:
        raise Refusal(f"formulary.toml: the library's medicines do not hold {slug}.")
    elif DmdCode(product["code"]) not in library.codelist(product["list"]):
        raise Refusal(f"formulary.toml: {slug} is not in the codelist {product['list']}.")


def _choices(entries: list[dict[str, Any]], products: dict[str, Any], dosings: dict[str, Any]) -> Choices:
    def column(name: str, default: int) -> Ints:
        return np.array([entry.get(name, default) for entry in entries], dtype=np.int64)

    return Choices(
        np.array([list(products).index(entry["medicine"]) for entry in entries], dtype=np.int64),
        np.array([list(dosings).index(entry["dosing"]) for entry in entries], dtype=np.int64),
        column("from_age", 0),
        column("to_age", _OLDEST),
        column("weight", 1).astype(np.float64),
        column("quantity", 0),
    )


def _check_licences(formulary: Formulary, library: Library) -> None:
    """MART and AIR may use only what the library's sources call licensed for it."""
    for purpose, use in _USES.items():
        for product in formulary.choices[purpose].product:
            medicine = library.medicine(DmdCode(formulary.codes[product]))
            if medicine is None or use not in medicine.uses:
                raise Refusal(f"formulary.toml: {formulary.slugs[product]} is not licensed for {purpose}.")
