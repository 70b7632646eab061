"""Build: from the texts of each table to its clean rows, with the rules that look across a row.

One class a table. Each takes a batch of texts, marks the faults and gives the clean columns; rows that
are faulty or left out are still in them and are taken out by the reader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from imp2art.codes.identifiers import Code, CodingSystem, parse_code
from imp2art.core.period import add_months
from imp2art.core.refusal import Refusal
from imp2art.extracts.cells import EVENT_SYSTEMS, judges
from imp2art.extracts.columns import BatchFaults, CheckedColumn, ColumnReader
from imp2art.extracts.people import KnownPeople, People
from imp2art.record.extract_schema import EVENTS, ISSUES, PATIENTS, REGISTRATIONS, Column, ExtractTable

OLDEST_AGE = 125
_LISTED_CODE = pa.struct([("code", pa.string()), ("listed", pa.bool_())])
# A meter or a scale that shows nought was not used; a score or a count may be nought.
_NEVER_NOUGHT = pa.array(["L/min", "L", "cm", "kg"])
_NOUGHT = r"^0+(\.0+)?$"


@dataclass(frozen=True, slots=True)
class BuiltBatch:
    """Clean columns by name, the faults, and which rows no list needs."""

    columns: dict[str, pa.Array]
    faults: BatchFaults
    left_out: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Doubles:
    """What stands on more than one row of patients, where it may stand on one only."""

    patient_ids: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    nhs_numbers: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))


class PatientsTable:
    """`doubles` is empty in the first pass, which finds them."""

    def __init__(self, taken_on: date, known: KnownPeople, doubles: Doubles) -> None:
        self._columns = _readers(PATIENTS, taken_on)
        self._known = known
        self._doubles = doubles
        self._earliest = pa.scalar(add_months(taken_on, -12 * OLDEST_AGE), pa.date32())

    def build(self, texts: pa.RecordBatch) -> BuiltBatch:
        """Clean people."""
        faults = BatchFaults(texts.num_rows)
        columns = _values(_read(self._columns, texts), faults)
        born, died = columns["date_of_birth"], columns["date_of_death"]
        faults.mark("date_of_birth", _TOO_OLD, _true(pc.less(born, self._earliest)))
        faults.mark("date_of_death", _BEFORE_BIRTH, _true(pc.less(died, born)))
        others = self._known.are_others(columns["patient_id"], columns["nhs_number"], born)
        faults.mark("patient_id", _SOMEONE_ELSE, _true(others))
        doubled_id = pc.is_in(columns["patient_id"], value_set=self._doubles.patient_ids)
        faults.mark("patient_id", _ID_TWICE, _true(doubled_id))
        doubled_number = pc.is_in(columns["nhs_number"], value_set=self._doubles.nhs_numbers)
        faults.mark("nhs_number", _NUMBER_TWICE, _true(doubled_number))
        return BuiltBatch(columns, faults, _none(texts))


class RegistrationsTable:
    """Spells on the list."""

    def __init__(self, taken_on: date, people: People) -> None:
        self._columns = _readers(REGISTRATIONS, taken_on)
        self._people = people

    def build(self, texts: pa.RecordBatch) -> BuiltBatch:
        """Clean spells."""
        faults = BatchFaults(texts.num_rows)
        columns = _values(_read(self._columns, texts), faults)
        born = _join(columns, texts, self._people, faults)
        start, end = columns["start_date"], columns["end_date"]
        faults.mark("start_date", _BEFORE_BIRTH, _true(pc.less(start, born)))
        faults.mark("end_date", "It lies before start_date.", _true(pc.less(end, start)))
        return BuiltBatch(columns, faults, _none(texts))


class EventsTable:
    """Coded entries."""

    def __init__(self, taken_on: date, people: People, keep: frozenset[Code] | None) -> None:
        self._columns = _readers(EVENTS, taken_on)
        self._people = people
        self._code = _code_reader(EVENTS.columns[3], keep)

    def build(self, texts: pa.RecordBatch) -> BuiltBatch:
        """Clean entries; a code is judged together with its system."""
        faults = BatchFaults(texts.num_rows)
        code = self._code.read(_system_and_code(texts))
        checked = _read(self._columns, texts)
        columns = _values(checked, faults)
        faults.mark_column("code", code)
        columns["code"], left_out = _listed(code)
        born = _join(columns, texts, self._people, faults)
        on = columns.pop("event_date")
        columns["event_first"], columns["event_last"] = on.flatten()
        faults.mark("event_date", _BEFORE_BIRTH, _true(pc.less(columns["event_last"], born)))
        _check_unit(checked, faults)
        return BuiltBatch(columns, faults, left_out)


class IssuesTable:
    """Medicines issued."""

    def __init__(self, taken_on: date, people: People, keep: frozenset[Code] | None) -> None:
        self._columns = _readers(ISSUES, taken_on)
        self._people = people
        self._code = _code_reader(ISSUES.columns[2], keep)

    def build(self, texts: pa.RecordBatch) -> BuiltBatch:
        """Clean issues."""
        faults = BatchFaults(texts.num_rows)
        code = self._code.read(_prefixed(texts["code"], CodingSystem.DMD))
        columns = _values(_read(self._columns, texts), faults)
        faults.mark_column("code", code)
        columns["code"], left_out = _listed(code)
        born = _join(columns, texts, self._people, faults)
        faults.mark("issue_date", _BEFORE_BIRTH, _true(pc.less(columns["issue_date"], born)))
        return BuiltBatch(columns, faults, left_out)


_BEFORE_BIRTH = "The date lies before the person's date of birth."
_TOO_OLD = f"The date lies more than {OLDEST_AGE} years back."
_ID_TWICE = "This patient_id stands on more than one row; all of them are rejected, as none is surely right."
_NUMBER_TWICE = "This NHS number stands on more than one row; all of them are rejected: whose is it?"
_SOMEONE_ELSE = (
    "This patient_id was another person's in an earlier extract: NHS number and date of birth both differ."
)
_NOT_IN_PATIENTS = "The person is not in the patients table."
_PERSON_REJECTED = "The person's own row in the patients table was rejected: mend that first."


def _readers(table: ExtractTable, taken_on: date) -> dict[str, ColumnReader]:
    """A reader for each column but the joins: a code is read with its system, a person by the match."""
    kinds = judges(taken_on)
    joined = "patient_id" if table is not PATIENTS else ""
    return {
        column.name: ColumnReader(column, kinds[column.kind])
        for column in table.columns
        if column.kind in kinds and column.name != joined
    }


def _read(readers: dict[str, ColumnReader], texts: pa.RecordBatch) -> dict[str, CheckedColumn]:
    return {name: reader.read(texts[name]) for name, reader in readers.items()}


def _values(checked: dict[str, CheckedColumn], faults: BatchFaults) -> dict[str, pa.Array]:
    for name, column in checked.items():
        faults.mark_column(name, column)
    return {name: column.values for name, column in checked.items()}


def _join(
    columns: dict[str, pa.Array], texts: pa.RecordBatch, people: People, faults: BatchFaults
) -> pa.Array:
    """Put the patient_id in, mark those who are not to be found, give the dates of birth."""
    ids = texts["patient_id"]
    columns["patient_id"] = ids.dictionary.take(ids.indices)
    known, born = people.find(ids)
    empty = _true(pc.equal(pc.fill_null(columns["patient_id"], ""), ""))
    faults.mark("patient_id", "It is empty.", empty)
    faults.mark("patient_id", _NOT_IN_PATIENTS, ~known & ~empty)
    faults.mark("patient_id", _PERSON_REJECTED, known & ~empty & _true(born.is_null()))
    return born


def _code_reader(column: Column, keep: frozenset[Code] | None) -> ColumnReader:
    """Reads `system code`; an entry whose system is wrong already is not judged twice."""

    def judge(text: str) -> dict[str, object] | None:
        system, _, code_text = text.partition(" ")
        if system not in (*EVENT_SYSTEMS, CodingSystem.DMD):
            return None
        if not code_text:
            raise Refusal("It is empty.")
        code = parse_code(system, code_text)
        return {"code": str(code), "listed": keep is None or code in keep}

    return ColumnReader(column, judge, _LISTED_CODE)


def _system_and_code(texts: pa.RecordBatch) -> pa.DictionaryArray:
    parts = [
        pc.fill_null(texts[name].dictionary.take(texts[name].indices), "") for name in ("system", "code")
    ]
    return pc.binary_join_element_wise(*parts, " ").dictionary_encode()


def _prefixed(codes: pa.DictionaryArray, system: CodingSystem) -> pa.DictionaryArray:
    plain = pc.fill_null(codes.dictionary.take(codes.indices), "")
    return pc.binary_join_element_wise(pa.scalar(str(system)), plain, " ").dictionary_encode()


def _listed(code: CheckedColumn) -> tuple[pa.Array, NDArray[np.bool_]]:
    codes, listed = code.values.flatten()
    return codes, _true(pc.invert(listed))


def _check_unit(checked: dict[str, CheckedColumn], faults: BatchFaults) -> None:
    """A value and its unit come together, or neither."""
    value, unit = checked["value"], checked["unit"]
    has_value, has_unit = (~_true(column.values.is_null()) for column in (value, unit))
    fine = (value.faults == 0) & (unit.faults == 0)
    faults.mark("unit", "A value needs its unit.", fine & has_value & ~has_unit)
    faults.mark("value", "A unit stands without its value.", fine & has_unit & ~has_value)
    nought = pc.and_(
        pc.match_substring_regex(value.values, _NOUGHT), pc.is_in(unit.values, value_set=_NEVER_NOUGHT)
    )
    faults.mark("value", "It cannot be nought in this unit.", _true(nought))


def _true(answers: pa.Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = pc.fill_null(answers, False).to_numpy(zero_copy_only=False)
    return found


def _none(texts: pa.RecordBatch) -> NDArray[np.bool_]:
    return np.zeros(texts.num_rows, dtype=np.bool_)
