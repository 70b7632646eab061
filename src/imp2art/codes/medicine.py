"""What the project knows of a medicine: enough to class it, count its devices and print its name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from imp2art.codes.identifiers import DmdCode


class MedicineClass(StrEnum):
    """What a medicine does. Also the slug of the codelist that holds its members.

    One medicine may be in several: an ICS/LABA inhaler is in `ICS` and in `ICS_LABA`.
    """

    SABA = "saba"
    ICS = "ics"  # every medicine that holds an inhaled steroid, alone or combined
    ICS_LABA = "ics-laba"
    ICS_FORMOTEROL = "ics-formoterol"
    TRIPLE = "ics-laba-lama"
    LABA = "laba"  # long-acting beta-agonist without a steroid in the same device
    LAMA = "lama"
    SAMA = "sama"
    LTRA = "ltra"
    THEOPHYLLINE = "theophylline"
    ORAL_STEROID = "oral-steroid"


class Device(StrEnum):
    """How the medicine gets into a person."""

    PMDI = "pMDI"
    BREATH_ACTUATED = "breath-actuated pMDI"
    DPI = "dry powder inhaler"
    SOFT_MIST = "soft mist inhaler"
    TABLET = "tablet"
    LIQUID = "liquid"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ingredient:
    """`micrograms` is the amount in one metered dose as the label states it; None if not known."""

    name: str
    micrograms: Decimal | None


@dataclass(frozen=True, slots=True)
class Medicine:
    """One dm+d product.

    `doses_per_device` is None where no trusted source was found: a quantity in doses then cannot be
    turned into devices, and the rule that needs it answers "cannot tell".
    `uses` holds the regimens that a named source says the product is licensed for: `mart`, `air`.
    `carbon_kg` is the footprint of one device, in kgCO2e; None where no trusted source was found.
    """

    code: DmdCode
    name: str
    classes: frozenset[MedicineClass]
    ingredients: tuple[Ingredient, ...]
    device: Device
    doses_per_device: int | None
    uses: frozenset[str]
    source: str
    carbon_kg: Decimal | None = None
