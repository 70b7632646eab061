"""What may be wrong with a practice's rows. A cluster cannot set a row aside and go on: it counts nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from imp2art.cluster.rows import MEANING, TABLES, rows_of_table
from imp2art.core.refusal import Refusal
from imp2art.record.delivery_form import DELIVERY_SCHEMAS
from imp2art.record.events import IssueUnit
from imp2art.record.patient import RegistrationKind, Sex

# As `core.quantities.parse_decimal` reads numbers.
_DECIMAL = r"^-?[0-9]{1,9}(\.[0-9]{1,6})?$"
_DECILE = r"^([1-9]|10)$"
_WORDS = {
    ("patients", "sex"): [*Sex],
    ("registrations", "kind"): [*RegistrationKind],
    ("issues", "unit"): [*IssueUnit],
}
_SHAPES = {
    ("patients", "imd_decile"): (_DECILE, "a decile from 1 to 10"),
    ("events", "value"): (_DECIMAL, "a plain decimal number"),
    ("issues", "quantity"): (_DECIMAL, "a plain decimal number"),
}
_ORDERED = {"patients": ("born", "died"), "registrations": ("start", "end"), "events": ("first", "last")}


def check_rows(practice: str | None, rows: pa.Table) -> None:
    """Raise `Refusal` with everything that is wrong with the rows of a practice (None: of nobody's)."""
    if practice is None:
        raise Refusal("; ".join(_ownerless(rows)) + ".")
    found = [fault for name in TABLES for fault in _faults(name, rows_of_table(rows, name))]
    if found:
        raise Refusal(f"practice {practice}: {'; '.join(found)}.")


def _ownerless(rows: pa.Table) -> Iterator[str]:
    for name in TABLES:
        if count := len(rows_of_table(rows, name)):
            what = "have no practice" if name == "patients" else "name a patient that patients lacks"
            yield f"{name}: {count:,} rows {what}"


def _faults(name: str, rows: pa.Table) -> Iterator[str]:
    columns = {place.delivered: rows[place.column] for place in MEANING[name]}
    for field in DELIVERY_SCHEMAS[name]:
        if not field.nullable and field.name in columns:
            yield from _told(name, pc.is_null(columns[field.name]), f"have no {field.name}")
    for (table, column), words in _WORDS.items():
        if table == name:
            wrong = pc.invert(pc.is_in(columns[column], pa.array(words, pa.string())))
            yield from _told(name, wrong, f"have a {column} that is none of {', '.join(words)}")
    for (table, column), (shape, meaning) in _SHAPES.items():
        if table == name:
            wrong = pc.invert(pc.match_substring_regex(columns[column], shape))
            yield from _told(name, wrong, f"have a {column} that is not {meaning}")
    if name in _ORDERED:
        first, last = _ORDERED[name]
        yield from _told(name, pc.less(columns[last], columns[first]), f"have a {last} before their {first}")


def _told(name: str, wrong: pa.ChunkedArray, what: str) -> Iterator[str]:
    if count := pc.sum(wrong).as_py():
        yield f"{name}: {count:,} {'row' if count == 1 else 'rows'} {what}"
