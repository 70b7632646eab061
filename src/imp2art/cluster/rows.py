"""The one long row form in which a delivery's four tables travel, and what comes back.

An engine that sorts rows by practice needs one kind of row. `MEANING` says which of its columns holds
which column of a delivery (`record/delivery_form.py`) and of a practice's clean tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from imp2art.record.arrow_form import CLEAN_SCHEMAS

ROWS = pa.schema(
    [
        ("practice", pa.string()),  # null: the row's patient is not in `patients`
        ("row", pa.int32()),  # counted from 1 within the practice
        ("kind", pa.int8()),  # the table's place in TABLES
        ("patient", pa.int64()),
        ("first", pa.date32()),
        ("last", pa.date32()),
        ("system", pa.string()),
        ("code", pa.string()),
        ("value", pa.string()),
        ("unit", pa.string()),
    ]
)
COUNTED = pa.schema(
    [
        ("practice", pa.string()),
        ("indicator", pa.string()),
        ("month_end", pa.date32()),
        ("denominator", pa.int32()),
        ("numerator", pa.int32()),
        ("excluded", pa.int32()),
        ("cannot_tell", pa.int32()),
        ("fault", pa.string()),  # why the practice was not counted; then all but the practice is null
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the long form, and the names of what it holds in a delivery and in clean tables."""

    column: str
    delivered: str
    clean: str


MEANING: dict[str, tuple[Place, ...]] = {
    "patients": (
        Place("patient", "patient", "patient_id"),
        Place("first", "born", "date_of_birth"),
        Place("last", "died", "date_of_death"),
        Place("code", "sex", "sex"),
        Place("system", "ethnicity", "ethnicity"),
        Place("value", "imd_decile", "imd_decile"),
    ),
    "registrations": (
        Place("patient", "patient", "patient_id"),
        Place("first", "start", "start_date"),
        Place("last", "end", "end_date"),
        Place("code", "kind", "kind"),
    ),
    "events": (
        Place("patient", "patient", "patient_id"),
        Place("first", "first", "event_first"),
        Place("last", "last", "event_last"),
        Place("system", "system", "system"),
        Place("code", "code", "code"),
        Place("value", "value", "value"),
        Place("unit", "unit", "unit"),
    ),
    "issues": (
        Place("patient", "patient", "patient_id"),
        Place("first", "on", "issue_date"),
        Place("code", "code", "code"),
        Place("value", "quantity", "quantity"),
        Place("unit", "unit", "unit"),
    ),
}
TABLES = tuple(MEANING)


def rows_of_table(rows: pa.Table, name: str) -> pa.Table:
    """The rows that came from this table of the delivery."""
    return rows.filter(pc.equal(rows["kind"], TABLES.index(name)))


def clean_tables(rows: pa.Table) -> dict[str, pa.Table]:
    """One practice's rows as its four clean tables (`CLEAN_SCHEMAS`); names and the like are empty."""
    return {name: _clean_table(rows_of_table(rows, name), name) for name in TABLES}


def _clean_table(rows: pa.Table, name: str) -> pa.Table:
    schema = CLEAN_SCHEMAS[name]
    columns = {place.clean: rows[place.column] for place in MEANING[name]}
    arrays = [
        columns[field.name].cast(field.type) if field.name in columns else _nothing(field, len(rows))
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _nothing(field: pa.Field, rows: int) -> pa.Array:
    """A column that no delivery has: null where that is allowed."""
    return pa.nulls(rows, field.type) if field.nullable else pa.array([""] * rows, field.type)
