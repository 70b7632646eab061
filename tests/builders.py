"""Made-up people for any test: records in a line or two, and an extract of them to keep in the store.

Only numbers of the test range (9xx…), and names that nobody bears, so that one of them on the wrong
page, log or file is seen at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa

from imp2art.codes.identifiers import DmdCode, parse_code
from imp2art.core.actor import Actor, Role
from imp2art.core.digest import digest_of
from imp2art.core.identifiers import NhsNumber, PracticeCode, nhs_check_digit
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.events import CodedEvent, IssueUnit, MedicineIssue
from imp2art.record.extract_schema import EXTRACT_FORMAT, ExtractManifest
from imp2art.record.patient import Patient, Registration, RegistrationKind, Sex
from imp2art.record.patient_record import PatientRecord, record_of

ASTHMA = "195967001"
REVIEW = "394700004"
PEAK_FLOW = "18491006"
SALBUTAMOL = "39113611000001102"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SITE_KEY = b"a key of the tests, of 32 bytes!"
OPERATOR = Actor("operator", "Olive Operator", Role.OPERATOR, None)


def nhs_number(number: int) -> NhsNumber:
    """The n-th number of the test range that exists."""
    nine = 900_000_000 + 11 * number
    while (check := nhs_check_digit(str(nine))) is None:
        nine += 1
    return NhsNumber(f"{nine}{check}")


def build_event(code: str, on: str, value: str | None = None, unit: str = "L/min", system: str = "snomed"):
    """A coded entry on a day, or in a month or year: `build_event(PEAK_FLOW, "2026-03-01", "410")`."""
    quantity = None if value is None else Quantity(Decimal(value), unit)
    return CodedEvent(PartialDate.parse(on), parse_code(system, code), quantity)


def build_issue(on: str, code: str = SALBUTAMOL, quantity: str | None = "1", unit: str = "device"):
    """An issue of a medicine: one reliever inhaler, where nothing else is said."""
    amount = None if quantity is None else Decimal(quantity)
    return MedicineIssue(date.fromisoformat(on), DmdCode(code), amount, IssueUnit(unit), "2 puffs")


def build_record(
    number: int = 1,
    *,
    events: Sequence[CodedEvent] = (),
    issues: Sequence[MedicineIssue] = (),
    registrations: Sequence[Registration] | None = None,
    **facts: object,
) -> PatientRecord:
    """Someone with asthma on the list since 2010; `facts` are fields of `Patient` that differ."""
    patient = Patient(
        patient_id=f"p{number:05}",
        nhs_number=nhs_number(number),
        born=date(1980, 6, 15),
        sex=Sex.FEMALE,
        given_name="Zzyzx",
        family_name=f"Canary{number}",
    )
    spell = Registration(date(2010, 1, 1), None, RegistrationKind.GMS)
    return record_of(
        replace(patient, **facts),
        tuple(registrations) if registrations is not None else (spell,),
        tuple(events) or (build_event(ASTHMA, "2015-04-01"),),
        tuple(issues),
    )


def clean_batches(records: Sequence[PatientRecord]) -> dict[str, list[pa.RecordBatch]]:
    """The records as the batches that an extract's reader would give."""
    rows: dict[str, list[tuple]] = {name: [] for name in CLEAN_SCHEMAS}
    for record in records:
        person = record.patient
        rows["patients"].append(_patient_row(person))
        for spell in record.registrations:
            rows["registrations"].append((person.patient_id, spell.start, spell.end, spell.kind.value))
        for event in record.events:
            rows["events"].append((person.patient_id, *_event_row(event)))
        for issue in record.issues:
            rows["issues"].append((person.patient_id, *_issue_row(issue)))
    return {name: _batches(CLEAN_SCHEMAS[name], rows[name]) for name in CLEAN_SCHEMAS}


def build_manifest(practice: PracticeCode, name: str, taken_on: date) -> ExtractManifest:
    """The manifest of an extract without files: what the store is told of it."""
    return ExtractManifest(
        EXTRACT_FORMAT, practice, name, "England", "a test", date(2015, 1, 1), taken_on, ()
    )


def digest_of_records(records: Sequence[PatientRecord], taken_on: date) -> str:
    """A name for the content, as an extract's files would give one."""
    return digest_of(repr((taken_on, records)).encode())


def _patient_row(person: Patient) -> tuple:
    return (
        person.patient_id,
        str(person.nhs_number),
        person.born,
        person.sex.value,
        person.given_name,
        person.family_name,
        person.imd_decile,
        person.ethnicity,
        person.language,
        person.died,
    )


def _event_row(event: CodedEvent) -> tuple:
    value, unit = (str(event.value.value), event.value.unit) if event.value else (None, None)
    return event.on.first, event.on.last, event.code.system.value, str(event.code), value, unit


def _issue_row(issue: MedicineIssue) -> tuple:
    quantity = None if issue.quantity is None else str(issue.quantity)
    return issue.on, str(issue.code), quantity, issue.unit.value, issue.directions or None


def _batches(schema: pa.Schema, rows: list[tuple]) -> list[pa.RecordBatch]:
    if not rows:
        return []
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return [pa.RecordBatch.from_arrays(arrays, schema=schema)]
