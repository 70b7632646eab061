"""Inhalers in a record: how many were issued, which are in use, and how many days they cover.

Devices are counted, not issues: a quantity in doses is divided by the doses in a device, as
OpenPrescribing does (clinical fact file §1.9). Where the doses of a device are not known the issue
is not countable, and the count says how many such issues there were.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imp2art.asthma.directions import Directions, read_directions
from imp2art.asthma.reference import whole
from imp2art.codes.identifiers import DmdCode
from imp2art.codes.library import Library
from imp2art.codes.medicine import Device, Medicine, MedicineClass
from imp2art.core.period import Period, months_up_to
from imp2art.record.devices import devices_of
from imp2art.record.events import MedicineIssue
from imp2art.record.patient_record import PatientRecord

_INHALED = frozenset({Device.PMDI, Device.BREATH_ACTUATED, Device.DPI, Device.SOFT_MIST})


@dataclass(frozen=True, slots=True)
class InhalerCount:
    """`devices` is at least so many: `not_countable` issues could not be turned into devices."""

    devices: Decimal
    issues: int
    not_countable: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class CurrentMedicine:
    """A medicine in use. `medicine` is None where the library lists the code but knows no product.

    `first_on` and `last_on` are the first and last issue in the whole record; `directions` those
    of the last issue, None where they could not be read.
    """

    code: DmdCode
    name: str
    classes: frozenset[MedicineClass]
    medicine: Medicine | None
    first_on: date
    last_on: date
    directions: Directions | None


def is_inhaler(code: DmdCode, library: Library) -> bool:
    """False for tablets, liquids and nebules of the same class; True where the product is unknown."""
    medicine = library.medicine(code)
    return medicine is None or medicine.device in _INHALED


def devices_in(issue: MedicineIssue, library: Library) -> Decimal | None:
    """How many inhalers an issue was; None where its quantity cannot be turned into inhalers."""
    devices = devices_of(library.medicine(issue.code), issue.quantity, issue.unit)
    return None if devices is None else Decimal(devices.numerator) / devices.denominator


def count_inhalers(
    record: PatientRecord, kind: MedicineClass, library: Library, period: Period
) -> InhalerCount:
    """The inhalers of a class that were issued in a period."""
    issues = [
        issue
        for issue in record.issues_in(library.codelist(kind))
        if issue.on in period and is_inhaler(issue.code, library)
    ]
    counts = [devices_in(issue, library) for issue in issues]
    return InhalerCount(
        devices=sum((count for count in counts if count is not None), Decimal(0)),
        issues=len(issues),
        not_countable=counts.count(None),
        last_on=max((issue.on for issue in issues), default=None),
    )


def relievers_in_year(record: PatientRecord, library: Library, on: date) -> InhalerCount:
    """Short-acting relievers of the 12 months up to and including a day."""
    year = months_up_to(on, whole("year-months", on))
    return count_inhalers(record, MedicineClass.SABA, library, year)


def last_issue(record: PatientRecord, kind: MedicineClass, library: Library, on: date) -> date | None:
    """When a medicine of the class was last issued, up to and including a day; None for never."""
    listed = library.codelist(kind)
    return max((issue.on for issue in record.issues_in(listed) if issue.on <= on), default=None)


def classes_of(code: DmdCode, library: Library) -> frozenset[MedicineClass]:
    """Every class whose list holds the product."""
    return frozenset(kind for kind in MedicineClass if code in library.codelist(kind))


def current_medicines(record: PatientRecord, library: Library, on: date) -> tuple[CurrentMedicine, ...]:
    """The medicines in use on a day, newest issue first.

    In use: issued in the last `current-preventer-months`, relievers in the last
    `current-reliever-months` (both are choices of ours, in reference/windows.toml).
    """
    by_code: dict[DmdCode, list[MedicineIssue]] = {}
    for issue in record.issues:
        if issue.on <= on:
            by_code.setdefault(issue.code, []).append(issue)
    known = (_medicine_in_use(issues, library) for issues in by_code.values())
    current = [medicine for medicine in known if medicine and medicine.last_on in _window(medicine, on)]
    return tuple(sorted(current, key=lambda medicine: (medicine.last_on, medicine.code), reverse=True))


def days_covered(issue: MedicineIssue, library: Library) -> int | None:
    """How many days an issue lasts at the dose on its label; None where either is not known."""
    directions, medicine = read_directions(issue.directions), library.medicine(issue.code)
    devices = devices_in(issue, library)
    if directions is None or not directions.regular or devices is None:
        return None
    if medicine is None or medicine.doses_per_device is None:
        return None
    return int(devices * medicine.doses_per_device / directions.puffs_a_day)


def _medicine_in_use(issues: list[MedicineIssue], library: Library) -> CurrentMedicine | None:
    code = issues[-1].code
    classes = classes_of(code, library)
    if not classes:
        return None
    medicine = library.medicine(code)
    name = medicine.name if medicine else library.codelist(min(classes)).terms[code]
    directions = read_directions(issues[-1].directions)
    return CurrentMedicine(code, name, classes, medicine, issues[0].on, issues[-1].on, directions)


def _window(medicine: CurrentMedicine, on: date) -> Period:
    reliever = MedicineClass.SABA in medicine.classes
    slug = "current-reliever-months" if reliever else "current-preventer-months"
    return months_up_to(on, whole(slug, on))
