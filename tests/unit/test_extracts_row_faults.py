"""A row that is wrong is rejected with its line, its column and a reason; the others come in (C09–C19)."""

from __future__ import annotations

import pytest

from imp2art.codes.identifiers import ReadV2Code, SnomedCode
from imp2art.codes.library import read_library
from imp2art.extracts.reader import open_extract
from imp2art.record.extract_schema import EVENTS, ISSUES, PATIENTS, REGISTRATIONS
from tests.extract_files import ASTHMA, RIGHT, SALBUTAMOL, faults_in, rejects_of, rows_of, write_files

TABLES = {table.name: [c.name for c in table.columns] for table in (PATIENTS, REGISTRATIONS, EVENTS, ISSUES)}
RIGHT_ROWS = {
    "patients": {
        "patient_id": "p3",
        "nhs_number": "9000000025",
        "date_of_birth": "1990-01-01",
        "sex": "F",
        "given_name": "Cai",
        "family_name": "Rhys",
    },
    "registrations": {"patient_id": "p1", "start_date": "2010-01-01", "kind": "gms"},
    "events": {"patient_id": "p1", "event_date": "2020-01-01", "system": "snomed", "code": ASTHMA},
    "issues": {
        "patient_id": "p1",
        "issue_date": "2020-01-01",
        "code": SALBUTAMOL,
        "quantity": "1",
        "unit": "device",
    },
}


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"') else text


def with_row(table: str, **changed: str) -> dict[str, str]:
    """The right extract with one row more at the end of a table: a right one with these cells changed."""
    row = {**RIGHT_ROWS[table], **changed}
    line = ",".join(cell(row.get(column, "")) for column in TABLES[table])
    return {table: RIGHT[table] + line + "\n"}


NOT_WRITTEN_SO = "A date is written 2019-05-01"
FUTURE = "after the day that the extract was taken"
BEFORE_BIRTH = "before the person's date of birth"
CHECK_DIGIT = "check digit is wrong"

CELLS = [
    # C09 NHS number
    ("patients", "nhs_number", "9000000026", CHECK_DIGIT),
    ("patients", "nhs_number", "900000002", "has 10 digits"),
    ("patients", "nhs_number", "90000000255", "has 10 digits"),
    ("patients", "nhs_number", "900 000 0025", "has 10 digits"),
    ("patients", "nhs_number", " 9000000025", "has 10 digits"),
    ("patients", "nhs_number", "9.0E+09", "has 10 digits"),
    ("patients", "nhs_number", "٩٠٠٠٠٠٠٠٢٥", "has 10 digits"),
    ("patients", "nhs_number", "0000000000", "outside every range"),
    ("patients", "nhs_number", "5000000013", "outside every range"),
    ("patients", "nhs_number", "", "It is empty."),
    # C10 dates
    ("patients", "date_of_birth", "", "It is empty."),
    ("patients", "date_of_birth", "31/01/1990", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "01/31/1990", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "1990-13-01", "no such day"),
    ("patients", "date_of_birth", "1990-02-30", "no such day"),
    ("patients", "date_of_birth", "1900-02-29", "no such day"),
    ("patients", "date_of_birth", "1990-1-1", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "90-01-01", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "19900101", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "2026-W01-1", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "32874", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "1 Jan 1990", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "1990-01-01T00:00:00", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "1990-01-01 ", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "١٩٩٠-٠١-٠١", NOT_WRITTEN_SO),
    ("patients", "date_of_birth", "1990-01", "needs its day"),
    ("patients", "date_of_birth", "1850-01-01", "more than 125 years back"),
    ("patients", "date_of_birth", "0001-01-01", "more than 125 years back"),
    ("patients", "date_of_birth", "0000-01-01", "no such day"),
    ("patients", "date_of_birth", "2026-11-01", FUTURE),
    ("patients", "date_of_death", "1989-12-31", BEFORE_BIRTH),
    ("patients", "date_of_death", "2026-11-01", FUTURE),
    ("registrations", "start_date", "2026-11-01", FUTURE),
    ("registrations", "start_date", "1980-02-28", BEFORE_BIRTH),
    ("registrations", "end_date", "2009-12-31", "before start_date"),
    ("registrations", "end_date", "2026-11-01", FUTURE),
    ("events", "event_date", "2026-11-01", FUTURE),
    ("events", "event_date", "2026-11", FUTURE),
    ("events", "event_date", "2027", FUTURE),
    ("events", "event_date", "1980-02-28", BEFORE_BIRTH),
    ("events", "event_date", "1979", BEFORE_BIRTH),
    ("events", "event_date", "1900-01-01", BEFORE_BIRTH),
    ("events", "event_date", "2020-01-01 09:30", NOT_WRITTEN_SO),
    ("events", "event_date", "N/A", NOT_WRITTEN_SO),
    ("issues", "issue_date", "2020-01", "needs its day"),
    ("issues", "issue_date", "2026-11-01", FUTURE),
    ("issues", "issue_date", "1970-01-01", BEFORE_BIRTH),
    # words
    ("patients", "sex", "Female", "must be one of F, M, I, U"),
    ("patients", "sex", "f", "must be one of F, M, I, U"),
    ("patients", "sex", "1", "must be one of F, M, I, U"),
    ("patients", "sex", "", "It is empty."),
    ("registrations", "kind", "GMS", "must be one of gms, temporary, other"),
    ("registrations", "kind", "", "It is empty."),
    ("patients", "imd_decile", "0", "whole number from 1"),
    ("patients", "imd_decile", "11", "whole number from 1"),
    ("patients", "imd_decile", "3.0", "written with digits only"),
    ("patients", "imd_decile", "-3", "written with digits only"),
    ("patients", "imd_decile", "３", "written with digits only"),
    ("patients", "ethnicity", "White", "one capital letter"),
    ("patients", "language", "Urdu", "BCP 47"),
    # names (C17)
    ("patients", "family_name", "", "It is empty."),
    ("patients", "family_name", "   ", "nothing but spaces"),
    ("patients", "family_name", "x" * 201, "longer than 200 characters"),
    ("patients", "family_name", "Ev\u202eans", "unseen character"),
    ("patients", "family_name", "Ev\u200bans", "unseen character"),
    ("patients", "given_name", "Ca\ti", "unseen character"),
    ("patients", "given_name", "Ca\x1b[31mi", "unseen character"),
    ("issues", "directions", "x" * 301, "longer than 300 characters"),
    # people
    ("patients", "patient_id", "", "It is empty."),
    ("patients", "patient_id", "p 3", "letters A–Z, digits and hyphens"),
    ("patients", "patient_id", "x" * 37, "letters A–Z, digits and hyphens"),
    ("patients", "patient_id", "../p3", "letters A–Z, digits and hyphens"),
    ("patients", "patient_id", "=1+1", "letters A–Z, digits and hyphens"),
    ("events", "patient_id", "", "It is empty."),
    ("events", "patient_id", "p9", "not in the patients table"),
    ("events", "patient_id", "P1", "not in the patients table"),
    ("issues", "patient_id", "p1 ", "not in the patients table"),
    ("registrations", "patient_id", "p9", "not in the patients table"),
    # codes (C13)
    ("events", "system", "", "It is empty."),
    ("events", "system", "SNOMED", "must be one of snomed, readv2, ctv3"),
    ("events", "system", "dmd", "must be one of snomed, readv2, ctv3"),
    ("events", "code", "", "It is empty."),
    ("events", "code", "195967002", CHECK_DIGIT),
    ("events", "code", "0195967001", "6 to 18 digits"),
    ("events", "code", "1.95967E+08", "6 to 18 digits"),
    ("events", "code", "195967001.0", "6 to 18 digits"),
    ("events", "code", "999480451000000100", CHECK_DIGIT),
    ("events", "code", "301485011", "names a description"),
    ("events", "code", "H33..", "6 to 18 digits"),
    ("events", "code", "١٩٥٩٦٧٠٠١", "6 to 18 digits"),
    ("events", "code", "Asthma", "6 to 18 digits"),
    ("issues", "code", "Salbutamol", "6 to 18 digits"),
    ("issues", "code", "3214311000001109", "dm+d code's check digit is wrong"),
    ("issues", "code", "", "It is empty."),
    # numbers (C11, C12)
    ("issues", "quantity", "-1", "below nought"),
    ("issues", "quantity", "1 inhaler", "written with digits"),
    ("issues", "quantity", "2 puffs BD", "written with digits"),
    ("issues", "quantity", "1,000", "written with digits"),
    ("issues", "quantity", "1e3", "written with digits"),
    ("issues", "quantity", "NaN", "written with digits"),
    ("issues", "quantity", "Infinity", "written with digits"),
    ("issues", "quantity", "1_000", "written with digits"),
    ("issues", "quantity", "1234567890", "written with digits"),
    ("issues", "unit", "", "It is empty."),
    ("issues", "unit", "inhaler", "must be one of device, dose, tablet, ml, other"),
]


@pytest.mark.parametrize(("table", "column", "text", "reason"), CELLS)
def test_a_wrong_cell_rejects_its_row(tmp_path, table, column, text, reason):
    found = faults_in(write_files(tmp_path / "x", with_row(table, **{column: text})), table)
    last = RIGHT[table].count("\n") + 1
    assert [(row, where) for row, where, _ in found] == [(last, column)]
    assert reason in found[0][2]


def test_a_wrong_read_code_is_rejected(tmp_path):
    changed = with_row("events", system="readv2", code="H33...")
    assert (
        "A Read v2 code has five letters" in faults_in(write_files(tmp_path / "x", changed), "events")[0][2]
    )


MEASURED = [
    ("a value without a unit", {"value": "480"}, ("unit", "A value needs its unit.")),
    ("a unit without a value", {"unit": "L/min"}, ("value", "A unit stands without its value.")),
    ("an unknown unit", {"value": "480", "unit": "l/min"}, ("unit", "The unit must be one of")),
    ("an unknown unit and no value", {"unit": "furlongs"}, ("unit", "The unit must be one of")),
    ("a value in words", {"value": "N/A", "unit": "L/min"}, ("value", "written with digits")),
    ("a value below nought", {"value": "-1", "unit": "{score}"}, ("value", "below nought")),
    ("a peak flow of nought", {"value": "0", "unit": "L/min"}, ("value", "cannot be nought")),
    ("a peak flow of nought, long", {"value": "00.00", "unit": "L/min"}, ("value", "cannot be nought")),
]


@pytest.mark.parametrize(
    ("cells", "fault"), [case[1:] for case in MEASURED], ids=[case[0] for case in MEASURED]
)
def test_a_value_and_its_unit_belong_together(tmp_path, cells, fault):
    found = faults_in(write_files(tmp_path / "x", with_row("events", **cells)), "events")
    assert [column for _, column, _ in found] == [fault[0]]
    assert fault[1] in found[0][2]


RIGHT_CELLS = [
    ("events", {"value": "0", "unit": "{score}"}),
    ("events", {"value": "0.010", "unit": "L"}),
    ("events", {"event_date": "2026"}),
    ("events", {"event_date": "1980"}),
    ("events", {"event_date": "2026-10-31"}),
    ("events", {"system": "ctv3", "code": "XaIIZ"}),
    ("events", {"system": "readv2", "code": "H33"}),
    ("patients", {"date_of_birth": "2026-10-31"}),
    ("patients", {"given_name": "X", "family_name": "=cmd|'/c calc'!A1"}),
    ("patients", {"family_name": "<script>alert(1)</script>"}),
    ("patients", {"family_name": "Robert'); DROP TABLE patients;--"}),
    ("patients", {"family_name": "😀"}),
    ("patients", {"family_name": "علی\u200cرضا"}),
    ("patients", {"family_name": "x" * 200}),
    ("patients", {"language": "zh-Hant"}),
    ("registrations", {"end_date": "2010-01-01"}),
    ("issues", {"quantity": "", "directions": ""}),
]


@pytest.mark.parametrize(("table", "cells"), RIGHT_CELLS)
def test_unusual_but_right_cells_come_in_unchanged(tmp_path, table, cells):
    extract = open_extract(write_files(tmp_path / "x", with_row(table, **cells)))
    row = rows_of(extract, table)[-1]
    assert not list(extract.rejects)
    assert all(row[column] == (text or None) for column, text in cells.items() if column not in CHANGED)


CHANGED = ("event_date", "date_of_birth", "end_date", "code")  # these are dates, or filled up with dots


def test_all_faults_of_a_row_are_told_and_the_row_counts_once(tmp_path):
    extract = open_extract(write_files(tmp_path / "x", with_row("patients", sex="x", nhs_number="1")))
    rows_of(extract, "patients")
    assert [fault.column for fault in extract.rejects] == ["nhs_number", "sex"]
    assert len(extract.rejects) == 1


def test_a_reject_never_holds_a_value(tmp_path):
    changed = with_row(
        "patients", nhs_number="Secret", date_of_birth="Secret", sex="Secret", imd_decile="Secret"
    )
    assert all("Secret" not in fault.reason for fault in rejects_of(write_files(tmp_path / "x", changed)))


def test_the_rest_of_a_rejected_person_is_rejected_too(tmp_path):
    changed = {"patients": RIGHT["patients"].replace("2015-06-01", "31/06/2015")}
    found = [f for f in rejects_of(write_files(tmp_path / "x", changed)) if f.file != "patients.csv"]
    assert [(f.file, f.row, f.column) for f in found] == [
        ("events.csv", 4, "patient_id"),
        ("issues.csv", 3, "patient_id"),
        ("registrations.csv", 3, "patient_id"),
    ]
    assert {f.reason for f in found} == {
        "The person's own row in the patients table was rejected: mend that first."
    }


def test_the_same_patient_id_twice_rejects_both(tmp_path):
    """Neither is surely right, and whoever's record was filed under the number would be mixed (H-21)."""
    found = faults_in(write_files(tmp_path / "x", with_row("patients", patient_id="p1")), "patients")
    assert [(row, column) for row, column, _ in found] == [(2, "patient_id"), (4, "patient_id")]


def test_the_same_row_twice_rejects_both(tmp_path):
    line = RIGHT["patients"].splitlines()[1]
    found = faults_in(write_files(tmp_path / "x", {"patients": RIGHT["patients"] + line + "\n"}), "patients")
    assert {row for row, _, _ in found} == {2, 4}


def test_one_nhs_number_for_two_people_rejects_both(tmp_path):
    found = faults_in(write_files(tmp_path / "x", with_row("patients", nhs_number="9000000009")), "patients")
    assert [(row, column) for row, column, _ in found] == [(2, "nhs_number"), (4, "nhs_number")]


def test_a_faulty_double_still_makes_the_other_one_doubtful(tmp_path):
    changed = with_row("patients", patient_id="p1", sex="x")
    found = faults_in(write_files(tmp_path / "x", changed), "patients")
    assert (2, "patient_id") in [(row, column) for row, column, _ in found]


def test_twins_are_two_people(tmp_path):
    twin = with_row("patients", date_of_birth="1980-02-29", given_name="Ida", family_name="O'Brien")
    assert faults_in(write_files(tmp_path / "x", twin), "patients") == []


ORANGE = "715191006"  # telehealth monitoring: a right code, in no list


def left_out_of(folder) -> tuple[int, int, int]:
    extract = open_extract(folder)
    batches = list(extract.clean_batches("events", read_library().all_codes()))
    return sum(b.num_rows for b in batches), len(extract.rejects), extract.left_out["events"]


def test_codes_in_no_list_are_counted_and_not_kept(tmp_path):
    """C19: what no list needs does not come in, however sensitive it is."""
    assert left_out_of(write_files(tmp_path / "x", with_row("events", code=ORANGE))) == (3, 0, 1)


def test_of_a_row_that_is_left_out_nothing_else_is_looked_at(tmp_path):
    changed = with_row("events", code=ORANGE, event_date="soon", patient_id="nobody")
    assert left_out_of(write_files(tmp_path / "x", changed)) == (3, 0, 1)


def test_a_code_that_is_no_code_is_rejected_even_so(tmp_path):
    assert left_out_of(write_files(tmp_path / "x", with_row("events", code="715191007"))) == (3, 1, 0)


def test_the_same_text_in_two_systems_is_two_codes(tmp_path):
    extract = open_extract(write_files(tmp_path / "x"))
    kept = [
        row
        for b in extract.clean_batches("events", frozenset({ReadV2Code("H33..")}))
        for row in b.to_pylist()
    ]
    assert [row["system"] for row in kept] == ["readv2"]
    kept = list(extract.clean_batches("events", frozenset({SnomedCode(ASTHMA)})))
    assert sum(b.num_rows for b in kept) == 2


def test_reading_a_table_again_counts_it_once(tmp_path):
    extract = open_extract(write_files(tmp_path / "x", with_row("events", code="1")))
    rows_of(extract, "events")
    rows_of(extract, "events")
    assert len(extract.rejects) == 1
