"""The carbon footprint of the inhalers in use, as a named source states it: never a reason to switch.

A change of device without its training costs control (hazard H-39): nothing here compares or suggests, and no
patient's page shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from imp2art.asthma.inhalers import CurrentMedicine
from imp2art.codes.medicine import Device


@dataclass(frozen=True, slots=True)
class InhalerCarbon:
    """`kg` is kgCO2e for one device; None where no source gives it. `inhaled` is False for a tablet."""

    name: str
    kg: Decimal | None
    inhaled: bool


def carbon_of(medicine: CurrentMedicine) -> InhalerCarbon:
    """What is known of one medicine in use."""
    product = medicine.medicine
    inhaled = product is None or product.device not in (Device.TABLET, Device.LIQUID, Device.OTHER)
    return InhalerCarbon(medicine.name, product.carbon_kg if product else None, inhaled)
