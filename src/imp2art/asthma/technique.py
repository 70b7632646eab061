"""How each kind of inhaler is used, as steps to be watched: slugs here, words in content/technique.toml.

The checklist is chosen from the inhalers in use. A step that was not watched stays unanswered (H-15, H-37).
The leaflet of the device decides; the steps are those that its kind has in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from imp2art.asthma.inhalers import CurrentMedicine
from imp2art.codes.medicine import Device, Medicine, MedicineClass


class TechniqueKind(StrEnum):
    """Inhalers that are used in the same way. Stored names: never rename one."""

    PMDI = "pmdi"
    PMDI_SPACER = "pmdi-spacer"
    BREATH_ACTUATED = "breath-actuated"
    DRY_POWDER = "dry-powder"
    DRY_POWDER_CAPSULE = "dry-powder-capsule"
    SOFT_MIST = "soft-mist"


STEPS: Mapping[TechniqueKind, tuple[str, ...]] = MappingProxyType(
    {
        TechniqueKind.PMDI: (
            "shake",
            "breathe-out",
            "seal",
            "press-as-you-breathe",
            "slow-deep",
            "hold",
            "wait",
        ),
        TechniqueKind.PMDI_SPACER: ("shake", "fit", "seal", "press-once", "slow-breaths", "shake-again"),
        TechniqueKind.BREATH_ACTUATED: (
            "shake",
            "open-upright",
            "breathe-out",
            "seal",
            "slow-past-click",
            "hold",
            "close",
        ),
        TechniqueKind.DRY_POWDER: (
            "load",
            "keep-level",
            "breathe-out-away",
            "seal",
            "fast-deep",
            "hold",
            "close",
        ),
        TechniqueKind.DRY_POWDER_CAPSULE: (
            "capsule-in",
            "pierce",
            "breathe-out-away",
            "seal",
            "fast-deep",
            "hold",
            "check-empty",
        ),
        TechniqueKind.SOFT_MIST: (
            "turn",
            "open",
            "breathe-out",
            "seal-vents",
            "press-and-slow",
            "hold",
            "close",
        ),
    }
)

_KINDS: Mapping[Device, tuple[TechniqueKind, ...]] = MappingProxyType(
    {
        Device.PMDI: (TechniqueKind.PMDI_SPACER, TechniqueKind.PMDI),
        Device.BREATH_ACTUATED: (TechniqueKind.BREATH_ACTUATED,),
        Device.DPI: (TechniqueKind.DRY_POWDER,),
        Device.SOFT_MIST: (TechniqueKind.SOFT_MIST,),
    }
)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The steps of one kind of inhaler, and the person's inhalers that are of it.

    `rinse` is whether one of them holds a steroid, after which the mouth is rinsed.
    """

    kind: TechniqueKind
    inhalers: tuple[str, ...]
    steps: tuple[str, ...]
    rinse: bool


def kinds_of(medicine: Medicine | None) -> tuple[TechniqueKind, ...]:
    """How a product can be used; nothing for tablets and for what is not known.

    A pressurised inhaler is used through a spacer or without: both are offered, the spacer first.
    """
    if medicine is None:
        return ()
    if medicine.device is Device.DPI and "capsule" in medicine.name.lower():
        return (TechniqueKind.DRY_POWDER_CAPSULE,)
    return _KINDS.get(medicine.device, ())


def checklists(medicines: Iterable[CurrentMedicine]) -> tuple[Checklist, ...]:
    """One checklist for each kind among the inhalers in use, newest inhaler first."""
    by_kind: dict[TechniqueKind, list[CurrentMedicine]] = {}
    for medicine in medicines:
        for kind in kinds_of(medicine.medicine):
            by_kind.setdefault(kind, []).append(medicine)
    return tuple(
        Checklist(
            kind,
            tuple(dict.fromkeys(each.name for each in found)),
            STEPS[kind],
            any(MedicineClass.ICS in each.classes for each in found),
        )
        for kind, found in by_kind.items()
    )
