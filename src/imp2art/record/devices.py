"""How many inhalers an issue is: some systems count inhalers, some the doses in them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from imp2art.codes.medicine import Device, Medicine
from imp2art.record.events import IssueUnit

NOT_INHALERS = frozenset({Device.TABLET, Device.LIQUID, Device.OTHER})


def devices_of(medicine: Medicine | None, quantity: Decimal | None, unit: IssueUnit) -> Fraction | None:
    """Inhalers in one issue, or None where the record does not tell.

    Doses are divided by the doses of a full device, as OpenPrescribing's
    `vw__inhaler_quantity_adjustment` does (clinical fact file §1.9). Tablets, liquids
    and the like are no inhalers: 0. A quantity of nought or less, or finer than a hundredth, is not
    to be trusted.
    """
    if medicine is not None and medicine.device in NOT_INHALERS:
        return Fraction(0)
    if quantity is None or quantity <= 0 or quantity != round(quantity, 2):
        return None
    if unit is IssueUnit.DEVICE:
        return Fraction(quantity)
    if unit is IssueUnit.DOSE and medicine is not None and medicine.doses_per_device:
        return Fraction(quantity) / medicine.doses_per_device
    return None
