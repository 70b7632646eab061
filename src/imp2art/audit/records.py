"""Clean tables read back as patients' records, for the slow twin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from imp2art.codes.identifiers import DmdCode, parse_code
from imp2art.core.identifiers import NhsNumber
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity
from imp2art.record.events import CodedEvent, IssueUnit, MedicineIssue
from imp2art.record.patient import Patient, Registration, RegistrationKind, Sex
from imp2art.record.patient_record import PatientRecord, record_of

Row = dict[str, Any]


def records_of(tables: Mapping[str, pa.Table], patient_ids: Iterable[str]) -> Iterator[PatientRecord]:
    """The records of these patients from one practice's clean tables, in the tables' order."""
    wanted = pa.array(sorted(set(patient_ids)), pa.string())
    rows = {name: _rows(table, wanted) for name, table in tables.items()}
    registrations = _by_patient(rows["registrations"])
    events, issues = _by_patient(rows["events"]), _by_patient(rows["issues"])
    for row in rows["patients"]:
        patient_id = row["patient_id"]
        yield record_of(
            _patient(row),
            tuple(_registration(spell) for spell in registrations[patient_id]),
            tuple(_event(event) for event in events[patient_id]),
            tuple(_issue(issue) for issue in issues[patient_id]),
        )


def _rows(table: pa.Table, wanted: pa.Array) -> list[Row]:
    rows: list[Row] = table.filter(pc.is_in(table["patient_id"], wanted)).to_pylist()
    return rows


def _by_patient(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["patient_id"]].append(row)
    return found


def _patient(row: Row) -> Patient:
    born: date = row["date_of_birth"]
    return Patient(
        row["patient_id"],
        NhsNumber(row["nhs_number"]),
        born,
        Sex(row["sex"]),
        row["given_name"],
        row["family_name"],
        row["imd_decile"],
        row["ethnicity"],
        row["language"],
        row["date_of_death"],
    )


def _registration(row: Row) -> Registration:
    return Registration(row["start_date"], row["end_date"], RegistrationKind(row["kind"]))


def _event(row: Row) -> CodedEvent:
    value = Quantity(Decimal(row["value"]), row["unit"]) if row["value"] else None
    when = PartialDate(row["event_first"], row["event_last"])
    return CodedEvent(when, parse_code(row["system"], row["code"]), value)


def _issue(row: Row) -> MedicineIssue:
    quantity = Decimal(row["quantity"]) if row["quantity"] else None
    code, unit = DmdCode(row["code"]), IssueUnit(row["unit"])
    return MedicineIssue(row["issue_date"], code, quantity, unit, row["directions"] or "")
