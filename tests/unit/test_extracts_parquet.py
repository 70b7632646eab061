"""Parquet: the same rows as CSV, and wrong column types refuse the whole extract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from imp2art.core.refusal import Refusal
from imp2art.extracts.reader import open_extract
from tests.extract_files import (
    ASTHMA,
    SALBUTAMOL,
    entry,
    rows_of,
    write_files,
    write_manifest,
    write_parquet_files,
)

EVENTS = {
    "patient_id": ["p1", "p2"],
    "event_date": ["2020-05-01", "2026-01-05"],
    "system": ["snomed", "snomed"],
    "code": [ASTHMA, ASTHMA],
    "value": [None, "480"],
    "unit": ["", "L/min"],
}
ISSUES = {
    "patient_id": ["p1"],
    "issue_date": ["2026-09-01"],
    "code": [SALBUTAMOL],
    "quantity": ["2"],
    "unit": ["device"],
    "directions": [None],
}
PATIENTS = {
    "patient_id": ["p1", "p2"],
    "nhs_number": ["9000000009", "9000000017"],
    "date_of_birth": [date(1980, 2, 29), date(2015, 6, 1)],
    "sex": ["F", "M"],
    "given_name": ["Ada", "Ólafur"],
    "family_name": ["O'Brien", "Śmith"],
    "imd_decile": [3, None],
    "ethnicity": ["A", None],
    "language": ["ur", None],
    "date_of_death": pa.nulls(2, pa.date32()),
}


def events(folder, **columns):
    extract = open_extract(write_parquet_files(folder, {"events": pa.table({**EVENTS, **columns})}))
    return rows_of(extract, "events"), sorted(extract.rejects)


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.int32(), pa.large_string()),
    ],
    ids=str,
)
def test_every_kind_of_text_column_gives_the_same_rows(tmp_path, kind):
    plain, _ = events(tmp_path / "plain")
    found, rejects = events(
        tmp_path / "x",
        code=pa.array(EVENTS["code"]).cast(kind),
        patient_id=pa.array(EVENTS["patient_id"]).cast(kind),
    )
    assert (found, rejects) == (plain, [])


@pytest.mark.parametrize(
    "column",
    [
        [None, 480],
        [None, 480.0],
        pa.array([None, 480.0], pa.float32()),
        [None, Decimal("480.0")],
        pa.array([None, 480], pa.uint16()),
        ["", "480"],
    ],
    ids=["int", "float", "float32", "decimal", "uint16", "text"],
)
def test_a_number_may_be_a_number(tmp_path, column):
    found, _ = events(tmp_path / "x", value=column)
    assert [row["value"] and Decimal(row["value"]) for row in found] == [None, Decimal(480)]


def test_a_decimal_keeps_its_digits(tmp_path):
    found, _ = events(tmp_path / "x", value=[None, Decimal("0.010")])
    assert found[1]["value"] == "0.010"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e-9, -1.0])
def test_a_number_that_is_no_plain_number_rejects_its_row(tmp_path, value):
    _, rejects = events(tmp_path / "x", value=[None, value])
    assert [(fault.file, fault.row, fault.column) for fault in rejects] == [("events.parquet", 2, "value")]


@pytest.mark.parametrize("kind", [pa.date32(), pa.dictionary(pa.int32(), pa.string())], ids=str)
def test_a_day_may_be_a_date_or_text(tmp_path, kind):
    plain, _ = events(tmp_path / "plain")
    found, _ = events(tmp_path / "x", event_date=pa.array(EVENTS["event_date"]).cast(kind))
    assert found == plain


@pytest.mark.parametrize("text", ["two\nlines", "two\r\nlines", "a\x00b"])
def test_what_a_csv_could_not_hold_rejects_its_row(tmp_path, text):
    table = pa.table({**ISSUES, "directions": [text]})
    extract = open_extract(write_parquet_files(tmp_path / "x", {"issues": table}))
    rows_of(extract, "issues")
    assert [fault.column for fault in extract.rejects] == ["directions"]


def test_people_with_numbers_and_dates_as_such(tmp_path):
    folder = write_parquet_files(tmp_path / "x", {"patients": pa.table(PATIENTS)})
    assert rows_of(open_extract(folder), "patients") == rows_of(
        open_extract(write_files(tmp_path / "csv")), "patients"
    )


WRONG_TYPES = [
    ("code", pa.array([195967001, 195967001]), "the column code is int64; write it as text"),
    ("code", pa.array([195967001.0, 195967001.0]), "the column code is double; write it as text"),
    ("patient_id", pa.array([1, 2]), "the column patient_id is int64; write it as text"),
    ("system", pa.array([b"snomed", b"snomed"]), "the column system is binary; write it as text"),
    ("unit", pa.nulls(2), "the column unit is null; write it as text"),
    ("event_date", pa.array([0, 1], pa.timestamp("us")), "timestamp[us]; write it as date32 or text"),
    ("event_date", pa.array([0, 1], pa.time32("s")), "write it as date32 or text"),
    ("event_date", pa.array([20200501, 20260105]), "write it as date32 or text"),
    ("value", pa.array([True, False]), "the column value is bool; write it as a number or text"),
    ("value", pa.array([["1"], ["2"]]), "write it as a number or text"),
]


@pytest.mark.parametrize(
    ("column", "values", "sentence"), WRONG_TYPES, ids=[f"{c} {v.type}" for c, v, _ in WRONG_TYPES]
)
def test_a_wrong_column_type_refuses_the_extract(tmp_path, column, values, sentence):
    with pytest.raises(Refusal) as refused:
        events(tmp_path / "x", **{column: values})
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "table",
    [
        pa.table(EVENTS).drop_columns("unit"),
        pa.table({**EVENTS, "note": ["a", "b"]}),
        pa.table(EVENTS).rename_columns([*list(EVENTS)[:-1], "Unit"]),
        pa.Table.from_arrays([*pa.table(EVENTS).columns, pa.array(["a", "b"])], [*EVENTS, "unit"]),
    ],
    ids=["missing", "extra", "renamed", "double"],
)
def test_wrong_columns_refuse_the_extract(tmp_path, table):
    with pytest.raises(Refusal, match=r"events\.parquet: its columns must be these"):
        open_extract(write_parquet_files(tmp_path / "x", {"events": table}))


def test_columns_in_another_order_are_fine(tmp_path):
    plain, _ = events(tmp_path / "plain")
    table = pa.table(EVENTS).select(list(reversed(EVENTS)))
    extract = open_extract(write_parquet_files(tmp_path / "x", {"events": table}))
    assert rows_of(extract, "events") == plain


def test_row_numbers_go_on_over_batches(tmp_path):
    rows = 40_000
    table = pa.table(
        {
            "patient_id": ["p1"] * rows,
            "event_date": ["2020"] * (rows - 1) + ["soon"],
            "system": ["snomed"] * rows,
            "code": [ASTHMA] * rows,
            "value": [""] * rows,
            "unit": [""] * rows,
        }
    )
    extract = open_extract(write_parquet_files(tmp_path / "x", {"events": table}))
    rows_of(extract, "events")
    assert [fault.row for fault in extract.rejects] == [rows]


def test_the_row_count_is_held_against_the_manifest(tmp_path):
    folder = write_parquet_files(tmp_path / "x", {"events": pa.table(EVENTS)})
    files = [
        entry(f"{name}", (folder / name).read_bytes())
        for name in ("patients.csv", "registrations.csv", "issues.csv")
    ]
    files.append(entry("events.parquet", (folder / "events.parquet").read_bytes(), 3))
    with pytest.raises(Refusal, match=r"events\.parquet has 2 rows and the manifest says 3"):
        open_extract(write_manifest(folder, files=files))


def damaged(folder, damage):
    write_parquet_files(folder, {"events": pa.table(EVENTS)})
    path = folder / "events.parquet"
    path.write_bytes(damage(path.read_bytes()))
    names = ("patients.csv", "registrations.csv", "issues.csv")
    files = [entry(name, (folder / name).read_bytes()) for name in names]
    return write_manifest(folder, files=[*files, entry(path.name, path.read_bytes(), 2)])


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-10],
        lambda content: b"PAR1" + content[20:],
        lambda content: b"patient_id,event_date\n",
        lambda content: content.replace(b"snomed", b"sno\xff\xfed"),
        lambda content: content[:100] + b"\0" * 200 + content[300:],
    ],
    ids=["empty", "cut off", "head lost", "a CSV", "not UTF-8", "zeroes"],
)
def test_a_damaged_file_is_refused_and_not_a_crash(tmp_path, damage):
    folder = damaged(tmp_path / "x", damage)
    with pytest.raises(Refusal, match=r"events\.parquet"):
        rows_of(open_extract(folder), "events")


def test_a_cell_of_a_megabyte_is_refused_without_being_spread_over_its_rows(tmp_path):
    rows = 20_000
    long = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * 1_000_000]))
    table = pa.table(
        {**{name: pa.array([values[0]] * rows, pa.string()) for name, values in EVENTS.items()}, "code": long}
    )
    folder = write_parquet_files(tmp_path / "x", {"events": table})
    with pytest.raises(Refusal, match="a cell of code is longer than 10000 bytes"):
        open_extract(folder)


def test_an_oversized_row_group_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("imp2art.extracts.parquet_rows._LARGEST_ROW_GROUP", 100)
    with pytest.raises(Refusal, match="a row group is over"):
        open_extract(write_parquet_files(tmp_path / "x", {"events": pa.table(EVENTS)}))


def test_the_files_really_are_parquet(tmp_path):
    folder = write_parquet_files(tmp_path / "x", {"events": pa.table(EVENTS)})
    assert pq.read_table(folder / "events.parquet").num_rows == 2
