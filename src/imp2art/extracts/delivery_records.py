"""Patients' records of one practice, read back from the deliveries themselves: for the slow twin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from imp2art.codes.identifiers import Code, DmdCode, parse_code
from imp2art.core.identifiers import NhsNumber
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity
from imp2art.extracts.delivery_tables import DeliveredFile, Group, open_file
from imp2art.record.delivery_form import DELIVERY_SCHEMAS, DeliveryManifest
from imp2art.record.events import CodedEvent, IssueUnit, MedicineIssue
from imp2art.record.patient import Patient, Registration, RegistrationKind, Sex
from imp2art.record.patient_record import PatientRecord, record_of

_NOBODY = NhsNumber("9999999999")  # of the range that is never issued: a delivery has no numbers
Rejected = Mapping[str, Collection[int]]
_Row = dict[str, Any]


def records_of_practice(
    deliveries: Sequence[tuple[Path, DeliveryManifest, Rejected]], practice: str, codes: Collection[Code]
) -> Iterator[PatientRecord]:
    """The records of everyone in the practice, with the entries whose code is among `codes`.

    `deliveries` is a whole one and those that add to it, in order, each with its rejected rows by file.
    """
    patients: dict[int, _Row] = {}
    spells: defaultdict[int, dict[date, _Row]] = defaultdict(dict)
    entries: defaultdict[int, list[CodedEvent | MedicineIssue]] = defaultdict(list)
    wanted = frozenset((code.system, str(code)) for code in codes)
    for folder, manifest, rejected in deliveries:
        files = _files_of(folder, manifest, practice)
        patients |= {row["patient"]: row for row in _rows_of(files["patients"], practice, rejected)}
        ids = np.sort(np.fromiter(patients, np.int64, len(patients)))
        for row in _rows(files["registrations"], ids, rejected):
            spells[row["patient"]][row["start"]] = row
        for row in _rows(files["events"], ids, rejected):
            if (row["system"], row["code"]) in wanted:
                entries[row["patient"]].append(_event(row))
        for row in _rows(files["issues"], ids, rejected):
            if ("dmd", row["code"]) in wanted:
                entries[row["patient"]].append(_issue(row))
    for patient, row in patients.items():
        mine = entries[patient]
        yield record_of(
            _patient(row),
            tuple(_registration(spell) for spell in spells[patient].values()),
            tuple(entry for entry in mine if isinstance(entry, CodedEvent)),
            tuple(entry for entry in mine if isinstance(entry, MedicineIssue)),
        )


def _files_of(folder: Path, manifest: DeliveryManifest, practice: str) -> dict[str, DeliveredFile]:
    part = next(each.part for each in manifest.practices if each.code == practice)
    held = {file.name: file for file in manifest.files}
    return {name: open_file(folder, held[f"{part}/{name}.parquet"]) for name in DELIVERY_SCHEMAS}


def _rows_of(file: DeliveredFile, practice: str, rejected: Rejected) -> Iterator[_Row]:
    for group in file.groups():
        places = group.texts("practice")
        mine = np.array([*(word == practice for word in places.words), False], bool)[places.places]
        yield from _right(file, group, mine, rejected)


def _rows(
    file: DeliveredFile, ids: np.ndarray[Any, np.dtype[np.int64]], rejected: Rejected
) -> Iterator[_Row]:
    for group in file.groups():
        yield from _right(file, group, np.isin(group.patients(), ids), rejected)


def _right(file: DeliveredFile, group: Group, mine: np.ndarray[Any, Any], rejected: Rejected) -> list[_Row]:
    """The rows of the group that are the practice's and were not rejected."""
    out = rejected.get(file.file.name, ())
    at = [row for row in np.flatnonzero(mine).tolist() if row + group.first_row not in out]
    rows: list[_Row] = group.table.take(pa.array(at, pa.int64())).to_pylist()
    return rows


def _patient(row: _Row) -> Patient:
    return Patient(
        str(row["patient"]),
        _NOBODY,
        row["born"],
        Sex(row["sex"]),
        "",
        "",
        row["imd_decile"],
        row["ethnicity"],
        None,
        row["died"],
    )


def _registration(row: _Row) -> Registration:
    return Registration(row["start"], row["end"], RegistrationKind(row["kind"]))


def _event(row: _Row) -> CodedEvent:
    value = Quantity(Decimal(row["value"]), row["unit"]) if row["value"] else None
    return CodedEvent(PartialDate(row["first"], row["last"]), parse_code(row["system"], row["code"]), value)


def _issue(row: _Row) -> MedicineIssue:
    quantity = Decimal(row["quantity"]) if row["quantity"] else None
    return MedicineIssue(row["on"], DmdCode(row["code"]), quantity, IssueUnit(row["unit"]))
