"""How many inhalers an issue is."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from imp2art.codes.identifiers import DmdCode
from imp2art.codes.medicine import Device, Medicine
from imp2art.record.devices import devices_of
from imp2art.record.events import IssueUnit


def medicine(device: Device = Device.PMDI, doses: int | None = 200) -> Medicine:
    return Medicine(
        DmdCode("39113611000001102"), "an inhaler", frozenset(), (), device, doses, frozenset(), "test"
    )


@pytest.mark.parametrize(
    ("quantity", "unit", "devices"),
    [
        ("2", IssueUnit.DEVICE, Fraction(2)),
        ("0.5", IssueUnit.DEVICE, Fraction(1, 2)),
        ("0", IssueUnit.DEVICE, None),
        ("200", IssueUnit.DOSE, Fraction(1)),
        ("120", IssueUnit.DOSE, Fraction(3, 5)),
        ("1", IssueUnit.TABLET, None),
        ("1", IssueUnit.MILLILITRE, None),
        ("1", IssueUnit.OTHER, None),
        ("-1", IssueUnit.DEVICE, None),
        ("1.005", IssueUnit.DEVICE, None),
        (None, IssueUnit.DEVICE, None),
    ],
)
def test_an_inhaler_of_200_doses(quantity, unit, devices):
    assert devices_of(medicine(), None if quantity is None else Decimal(quantity), unit) == devices


def test_doses_of_a_device_of_unknown_size_cannot_be_told():
    assert devices_of(medicine(doses=None), Decimal(200), IssueUnit.DOSE) is None


def test_a_product_that_is_not_known_counts_where_the_system_counts_devices():
    assert devices_of(None, Decimal(2), IssueUnit.DEVICE) == 2
    assert devices_of(None, Decimal(200), IssueUnit.DOSE) is None


@pytest.mark.parametrize("device", [Device.TABLET, Device.LIQUID, Device.OTHER])
def test_tablets_and_liquids_are_no_inhalers(device):
    assert devices_of(medicine(device), None, IssueUnit.TABLET) == 0
