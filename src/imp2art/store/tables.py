"""A practice's rows as Arrow tables (`CLEAN_SCHEMAS`), streamed: memory grows with Arrow alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db.models import QuerySet

from imp2art.core.identifiers import PracticeCode
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.store.models import CodedEntryRow, EventRow, IssueRow, RegistrationRow
from imp2art.store.patient_rows import PATIENT_COLUMNS, people_of
from imp2art.store.pinned_import import PinnedImport

ROWS_A_BATCH = 20_000
_Row = tuple[Any, ...]
_EVENT_COLUMNS = ("patient__patient_id", "first", "last", "system", "code", "value", "unit")


def clean_tables(practice: PracticeCode) -> dict[str, pa.Table]:
    """The four tables of everyone in the extract, our own entries merged into `events`.

    Rows come in no particular order. Raises `Refusal` when a new extract is accepted meanwhile.
    """
    pinned = PinnedImport.of(practice)
    rows = {
        "patients": _patients(practice),
        "registrations": _registrations(practice),
        "events": _events(practice),
        "issues": _issues(practice),
    }
    tables = {name: pa.Table.from_batches(_batches(name, rows[name]), CLEAN_SCHEMAS[name]) for name in rows}
    pinned.check_is_still_the_latest()
    return tables


def _batches(name: str, rows: Iterable[_Row]) -> Iterator[pa.RecordBatch]:
    schema, rest = CLEAN_SCHEMAS[name], iter(rows)
    while taken := list(islice(rest, ROWS_A_BATCH)):
        columns = [
            pa.array(column, field.type)
            for column, field in zip(zip(*taken, strict=True), schema, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _streamed(rows: QuerySet[Any], *columns: str) -> Iterator[_Row]:
    return rows.values_list(*columns).iterator(chunk_size=ROWS_A_BATCH)


def _patients(practice: PracticeCode) -> Iterator[_Row]:
    return _streamed(people_of(practice).filter(in_extract=True), *PATIENT_COLUMNS)


def _registrations(practice: PracticeCode) -> Iterator[_Row]:
    rows = RegistrationRow.objects.filter(patient__practice_id=practice, patient__in_extract=True)
    return _streamed(rows, "patient__patient_id", "start", "end", "kind")


def _issues(practice: PracticeCode) -> Iterator[_Row]:
    rows = IssueRow.objects.filter(patient__practice_id=practice, patient__in_extract=True)
    columns = ("patient__patient_id", "on", "code", "quantity", "unit", "directions")
    for person, on, code, quantity, unit, directions in _streamed(rows, *columns):
        yield person, on, code, quantity or None, unit, directions or None


def _events(practice: PracticeCode) -> Iterator[_Row]:
    """The extract's events, then our own that it does not hold; only ours are kept in memory."""
    own = {_key(row): row for row in _own_entries(practice)}
    rows = EventRow.objects.filter(patient__practice_id=practice, patient__in_extract=True)
    for row in _streamed(rows, *_EVENT_COLUMNS):
        if own:
            own.pop(_key(row), None)
        yield _nulled(row)
    yield from map(_nulled, own.values())


def _own_entries(practice: PracticeCode) -> Iterator[_Row]:
    rows = CodedEntryRow.objects.filter(patient__practice_id=practice, patient__in_extract=True)
    columns = ("patient__patient_id", "on", "system", "code", "value", "unit")
    for person, on, system, code, value, unit in rows.values_list(*columns):
        yield person, on, on, system, code, value, unit


def _key(row: _Row) -> _Row:
    person, first, last, system, code, value, unit = row
    return person, first, last, system, code, Decimal(value) if value else None, unit


def _nulled(row: _Row) -> _Row:
    return (*row[:5], row[5] or None, row[6] or None)
