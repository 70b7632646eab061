"""Reading people's records: one by its public id, or all of a practice in chunks of flat size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import cast

from django.db import transaction

from imp2art.codes.identifiers import CodingSystem, DmdCode
from imp2art.core.identifiers import NhsNumber, PracticeCode
from imp2art.core.partial_date import PartialDate
from imp2art.record.events import CodedEvent, IssueUnit, MedicineIssue
from imp2art.record.patient import Patient, Registration, RegistrationKind, Sex
from imp2art.record.patient_record import record_of
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import KeptRecord
from imp2art.store.models import EventRow, IssueRow, PatientRow, RegistrationRow
from imp2art.store.own_entries import code_of, own_entries, quantity_of, without_doubles
from imp2art.store.patient_rows import check_is_here, find_person, people_of
from imp2art.store.pinned_import import PinnedImport

PEOPLE_A_CHUNK = 500


@dataclass(frozen=True, slots=True)
class PersonKey:
    """What another system may call a person, and who that is here."""

    public_id: str
    nhs_number: str
    patient_id: str


def person_keys(practice: PracticeCode) -> tuple[PersonKey, ...]:
    """Everyone in the practice's extract."""
    rows = people_of(practice).filter(in_extract=True).order_by("id")
    return tuple(PersonKey(*row) for row in rows.values_list("public_id", "nhs_number", "patient_id"))


def read_some(practice: PracticeCode, public_ids: Sequence[str]) -> Iterator[KeptRecord]:
    """These people's records, a few queries a chunk; who is not of the practice is left out."""
    for at in range(0, len(public_ids), PEOPLE_A_CHUNK):
        rows = people_of(practice).filter(public_id__in=public_ids[at : at + PEOPLE_A_CHUNK])
        yield from _records_of(list(rows.order_by("id")))


def public_ids(practice: PracticeCode) -> tuple[str, ...]:
    """The public ids of everyone in the practice's extract."""
    rows = people_of(practice).filter(in_extract=True).order_by("id")
    return tuple(rows.values_list("public_id", flat=True))


def read_record(practice: PracticeCode, public_id: str) -> KeptRecord | None:
    """One person's record with our own entries merged in, also of a person no longer in the extract."""
    row = find_person(practice, public_id)
    return None if row is None else next(_records_of([row]))


def open_record(practice: PracticeCode, public_id: str, event: AuditEntry) -> KeptRecord:
    """A record for a person to read, and the line that they did, in one transaction."""
    with transaction.atomic():
        check_is_here(practice, public_id)
        append(event, practice)
        return next(_records_of([people_of(practice).get(public_id=public_id)]))


def read_records(practice: PracticeCode) -> Iterator[KeptRecord]:
    """Everyone in the extract, in memory for one chunk at a time.

    Raises `Refusal` when a new extract is accepted meanwhile: no answer mixes two.
    """
    pinned = PinnedImport.of(practice)
    last_id = 0
    while rows := _next_rows(practice, last_id):
        records = list(_records_of(rows))
        pinned.check_is_still_the_latest()
        yield from records
        last_id = rows[-1].pk


def _next_rows(practice: PracticeCode, after: int) -> list[PatientRow]:
    rows = people_of(practice).filter(in_extract=True, id__gt=after)
    return list(rows.order_by("id")[:PEOPLE_A_CHUNK])


def _records_of(rows: Sequence[PatientRow]) -> Iterator[KeptRecord]:
    """Four queries, whatever the number of people."""
    ids = [row.pk for row in rows]
    registrations, events, issues = _registrations(ids), _events(ids), _issues(ids)
    own = own_entries(ids)
    for row in rows:
        extract_events = events.get(row.pk, [])
        merged = chain(extract_events, without_doubles(own.get(row.pk, []), extract_events))
        record = record_of(
            _patient(row),
            tuple(registrations.get(row.pk, ())),
            tuple(merged),
            tuple(issues.get(row.pk, ())),
        )
        yield KeptRecord(row.public_id, record)


def _patient(row: PatientRow) -> Patient:
    return Patient(
        patient_id=row.patient_id,
        nhs_number=NhsNumber(row.nhs_number),
        born=row.born,
        sex=Sex(row.sex),
        given_name=row.given_name,
        family_name=row.family_name,
        imd_decile=row.imd_decile,
        ethnicity=row.ethnicity,
        language=row.language,
        died=row.died,
    )


def _registrations(ids: list[int]) -> dict[int, list[Registration]]:
    spells = defaultdict(list)
    rows = RegistrationRow.objects.filter(patient_id__in=ids)
    for person, start, end, kind in rows.values_list("patient_id", "start", "end", "kind"):
        spells[person].append(Registration(start, end, RegistrationKind(kind)))
    return spells


def _events(ids: list[int]) -> dict[int, list[CodedEvent]]:
    events = defaultdict(list)
    rows = EventRow.objects.filter(patient_id__in=ids)
    columns = ("patient_id", "first", "last", "system", "code", "value", "unit")
    for person, first, last, system, code, value, unit in rows.values_list(*columns):
        on, quantity = PartialDate(first, last), quantity_of(value, unit)
        events[person].append(CodedEvent(on, code_of(system, code), quantity))
    return events


def _issues(ids: list[int]) -> dict[int, list[MedicineIssue]]:
    issues = defaultdict(list)
    rows = IssueRow.objects.filter(patient_id__in=ids)
    columns = ("patient_id", "on", "code", "quantity", "unit", "directions")
    for person, on, code, quantity, unit, directions in rows.values_list(*columns):
        medicine = cast(DmdCode, code_of(CodingSystem.DMD, code))
        amount = Decimal(quantity) if quantity else None
        issues[person].append(MedicineIssue(on, medicine, amount, IssueUnit(unit), directions))
    return issues
