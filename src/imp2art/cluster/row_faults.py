"""What may be wrong with a practice's rows. A cluster cannot set a row aside and go on: it counts nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from imp2art.cluster.rows import MEANING, TABLES, rows_of_table
from imp2art.codes.identifiers import CodingSystem
from imp2art.core.refusal import Refusal
from imp2art.record.delivery_form import DELIVERY_SCHEMAS
from imp2art.record.events import IssueUnit
from imp2art.record.patient import RegistrationKind, Sex

# As `core.quantities.parse_decimal` reads numbers.
_DECIMAL = r"^-?[0-9]{1,9}(\.[0-9]{1,6})?$"
_WORDS: dict[str, dict[str, list[str]]] = {
    "patients": {"sex": [*Sex]},
    "registrations": {"kind": [*RegistrationKind]},
    "events": {"system": [*CodingSystem]},
    "issues": {"unit": [*IssueUnit]},
}
_SHAPES: dict[str, dict[str, tuple[str, str]]] = {
    "patients": {"imd_decile": (r"^([1-9]|10)$", "a decile from 1 to 10")},
    "registrations": {},
    "events": {"value": (_DECIMAL, "a plain decimal number")},
    "issues": {"quantity": (_DECIMAL, "a plain decimal number")},
}
_ORDERED: dict[str, list[tuple[str, str]]] = {
    "patients": [("born", "died")],
    "registrations": [("start", "end")],
    "events": [("first", "last")],
    "issues": [],
}


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
            what = "without practice" if name == "patients" else "of someone who is not in patients"
            yield from _counted(name, count, what)


def _faults(name: str, rows: pa.Table) -> Iterator[str]:
    columns = {place.delivered: rows[place.column] for place in MEANING[name]}
    for field in DELIVERY_SCHEMAS[name]:
        if not field.nullable and field.name in columns:
            yield from _told(name, pc.is_null(columns[field.name]), f"without {field.name}")
    for column, words in _WORDS[name].items():
        wrong = pc.invert(pc.is_in(columns[column], pa.array([*words, None], pa.string())))
        yield from _told(name, wrong, f"with a {column} that is none of {', '.join(words)}")
    for column, (shape, meaning) in _SHAPES[name].items():
        wrong = pc.invert(pc.match_substring_regex(columns[column], shape))
        yield from _told(name, wrong, f"with {column} that is not {meaning}")
    for first, last in _ORDERED[name]:
        yield from _told(name, pc.less(columns[last], columns[first]), f"with {last} before {first}")
    if name == "patients":
        people = columns["patient"]
        yield from _counted(name, len(people) - len(people.unique()), "with a patient who has one already")


def _told(name: str, wrong: pa.ChunkedArray, what: str) -> Iterator[str]:
    yield from _counted(name, pc.sum(wrong).as_py() or 0, what)


def _counted(name: str, rows: int, what: str) -> Iterator[str]:
    if rows:
        yield f"{name}: {rows:,} {'row' if rows == 1 else 'rows'} {what}"
