"""Writing an extract: whole with its manifest, or no extract at all."""

from __future__ import annotations

from datetime import date

import pytest

from imp2art.core.refusal import Refusal
from imp2art.extracts.reader import open_extract
from imp2art.extracts.writer import write_extract
from tests.extract_files import FACTS, RIGHT, batches, rows_of, write_files

BOTH = pytest.mark.parametrize("form", ["csv", "parquet"])
PERSON = {
    "patient_id": "p1",
    "nhs_number": "9000000009",
    "date_of_birth": date(1980, 2, 29),
    "sex": "F",
    "given_name": "Ada",
    "family_name": "O'Brien",
}


def tables(**changed):
    return {
        "patients": batches("patients", [PERSON]),
        "registrations": [],
        "events": [],
        "issues": [],
        **changed,
    }


def event(first: date, last: date):
    who = {"patient_id": "p1", "system": "snomed", "code": "195967001"}
    return {**who, "event_first": first, "event_last": last}


@BOTH
def test_the_manifest_names_what_was_written(tmp_path, form):
    manifest = write_extract(tmp_path / "x", FACTS, tables(), form)
    assert [(file.name, file.rows) for file in manifest.files] == [
        (f"patients.{form}", 1),
        (f"registrations.{form}", 0),
        (f"events.{form}", 0),
        (f"issues.{form}", 0),
    ]
    assert open_extract(tmp_path / "x").manifest == manifest


@BOTH
def test_the_same_rows_give_the_same_bytes(tmp_path, form):
    assert write_extract(tmp_path / "a", FACTS, tables(), form) == write_extract(
        tmp_path / "b", FACTS, tables(), form
    )


def test_parts_of_dates_are_written_as_people_write_them(tmp_path):
    spans = [
        event(date(2020, 1, 1), date(2020, 12, 31)),
        event(date(2024, 2, 1), date(2024, 2, 29)),
        event(date(2024, 2, 29), date(2024, 2, 29)),
    ]
    write_extract(tmp_path / "x", FACTS, tables(events=batches("events", spans)))
    lines = (tmp_path / "x" / "events.csv").read_text().splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == ["2020", "2024-02", "2024-02-29"]


def test_cells_are_quoted_only_where_they_must_be(tmp_path):
    write_extract(tmp_path / "x", FACTS, tables())
    assert '"' not in (tmp_path / "x" / "patients.csv").read_text()


@BOTH
def test_a_write_that_breaks_off_leaves_no_extract(tmp_path, form):
    def broken():
        yield from batches("events", [event(date(2020, 1, 1), date(2020, 1, 1))])
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        write_extract(tmp_path / "x", FACTS, tables(events=broken()), form)
    assert not (tmp_path / "x" / "manifest.json").exists()


def test_a_folder_with_something_in_it_is_not_written_to(tmp_path):
    folder = write_files(tmp_path / "x")
    with pytest.raises(Refusal, match="is not empty"):
        write_extract(folder, FACTS, tables())
    assert (folder / "patients.csv").read_text() == RIGHT["patients"]


def test_another_form_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(Refusal, match="form is one of csv, parquet"):
        write_extract(tmp_path / "x", FACTS, tables(), "xlsx")
    assert not (tmp_path / "x").exists()


@BOTH
def test_many_batches_are_one_table(tmp_path, form):
    some = [
        batch
        for day in range(1, 30)
        for batch in batches("events", [event(date(2020, 1, day), date(2020, 1, day))])
    ]
    write_extract(tmp_path / "x", FACTS, tables(events=some), form)
    assert len(rows_of(open_extract(tmp_path / "x"), "events")) == 29
