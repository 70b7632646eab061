"""`imp2art import`: what it prints, asks, writes and answers as its exit code."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

from imp2art.cli.main import app
from imp2art.core.refusal import Refusal
from imp2art.store.models import ExtractImport, NeedRow, PatientRow
from tests.extract_files import RIGHT, write_files

pytestmark = pytest.mark.django_db
BAD_EVENT = RIGHT["events"] + "p1,31/02/2026,snomed,195967001,,\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("IMP2ART_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("IMP2ART_SECRET_KEY", "a secret of the tests")

    def command(*words: object):
        return CliRunner().invoke(app, ["import", *map(str, words)])

    return command


@pytest.fixture
def extract(tmp_path):
    return write_files(tmp_path / "extract")


def test_without_anyone_to_ask_nothing_goes_live(run, extract):
    ended = run(extract)
    assert ended.exit_code == 3
    assert "Nothing went live. To put it in force: --accept." in ended.output
    assert not PatientRow.objects.exists()


def test_accept_puts_it_in_force_and_ranks_the_register(run, extract):
    assert run(extract, "--accept").exit_code == 0
    assert ExtractImport.objects.get().accepted_by == "Site operator"
    assert NeedRow.objects.exists()


def test_the_difference_is_told_in_words(run, extract):
    output = run(extract).output
    assert "Test Surgery (A12345): EMIS, taken 2026-10-31" in output
    assert "3 rows: 3 kept, 0 rejected" in output
    assert "Asthma register: 2 people. There was no extract of this practice before." in output


def test_a_change_of_the_register_is_told(run, tmp_path, extract):
    run(extract, "--accept")
    events = RIGHT["events"].splitlines()[0] + "\n"
    output = run(write_files(tmp_path / "next", {"events": events}, taken_on="2026-11-01"), "--check").output
    assert "Asthma register: 2 → 0 people (2 fewer)" in output
    assert "In force now: extract of 2026-10-31, accepted by Site operator" in output


def test_a_big_change_without_a_reason_is_refused(run, tmp_path, extract):
    run(extract, "--accept")
    folder = write_files(
        tmp_path / "next", {"events": RIGHT["events"].splitlines()[0] + "\n"}, taken_on="2026-11-01"
    )
    ended = run(folder, "--accept")
    assert ended.exit_code == 1
    assert "give the reason in 10 characters or more" in ended.output
    assert ExtractImport.objects.count() == 1


def test_a_big_change_with_a_reason_goes_live(run, tmp_path, extract):
    run(extract, "--accept")
    folder = write_files(
        tmp_path / "next", {"events": RIGHT["events"].splitlines()[0] + "\n"}, taken_on="2026-11-01"
    )
    assert run(folder, "--accept", "--reason", "The diagnoses moved elsewhere.").exit_code == 0
    assert ExtractImport.objects.order_by("-id")[0].reason == "The diagnoses moved elsewhere."


def test_the_same_extract_twice_says_so(run, extract):
    run(extract, "--accept")
    ended = run(extract, "--accept")
    assert ended.exit_code == 0
    assert "in force already: nothing was changed" in ended.output


def test_check_keeps_nothing_and_is_content(run, extract):
    ended = run(extract, "--check")
    assert (ended.exit_code, PatientRow.objects.exists()) == (0, False)
    assert "Nothing went live." in ended.output


def test_a_refusal_is_one_sentence_and_exit_code_1(run, tmp_path):
    ended = run(write_files(tmp_path / "x", {"events": "patient_id;code\n"}), "--accept")
    assert ended.exit_code == 1
    assert "events.csv, line 1: the columns are not separated by commas" in ended.output


def test_another_practice_than_asked_for_is_refused(run, extract):
    ended = run(extract, "--practice", "B54321", "--accept")
    assert (ended.exit_code, PatientRow.objects.exists()) == (1, False)


def test_a_folder_that_is_no_extract(run, tmp_path):
    with pytest.raises(Refusal, match=r"there is no manifest\.json in it"):
        raise run(tmp_path).exception


def test_rejects_are_listed_by_reason_and_written_row_by_row(run, tmp_path):
    folder = write_files(tmp_path / "x", {"events": BAD_EVENT})
    ended = run(folder, "--rejects", tmp_path / "rejects.csv")
    assert "1 × events.csv, event_date: A date is written" in ended.output
    header, row = csv.reader((tmp_path / "rejects.csv").open(encoding="utf-8"))
    assert header == ["practice", "file", "row", "column", "reason"]
    assert row[:4] == ["A12345", "events.csv", "5", "event_date"]


def test_a_reject_list_without_rows_is_written_too(run, tmp_path, extract):
    run(extract, "--rejects", tmp_path / "rejects.csv")
    assert (tmp_path / "rejects.csv").read_text().splitlines() == ["practice,file,row,column,reason"]


def test_a_folder_of_folders_brings_in_each_and_one_refusal_stops_no_other(run, tmp_path):
    write_files(tmp_path / "all" / "a", {"events": "broken"})
    write_files(tmp_path / "all" / "b", practice="B54321")
    ended = run(tmp_path / "all", "--accept")
    assert ended.exit_code == 1
    assert list(ExtractImport.objects.values_list("practice_id", flat=True)) == ["B54321"]


def test_nothing_of_the_extract_is_left_lying_about(run, tmp_path, extract):
    run(extract, "--accept")
    assert not (tmp_path / "home" / "importing").exists()


def test_what_a_killed_import_left_is_removed(run, tmp_path, extract):
    left = tmp_path / "home" / "importing" / "A12345"
    left.mkdir(parents=True)
    (left / "patients.parquet").write_bytes(b"half a file")
    assert run(extract, "--accept").exit_code == 0
    assert not left.exists()


def test_two_imports_at_once_take_turns(run, tmp_path, extract):
    from imp2art.extracts.staging import staging_folder

    (tmp_path / "home").mkdir()
    with staging_folder(tmp_path / "home"), pytest.raises(Refusal, match="Another import is running"):
        raise run(extract, "--accept").exception


def answering(monkeypatch, text: str):
    monkeypatch.setattr("imp2art.cli.import_extract.someone_is_there", lambda: True)
    return lambda *words: CliRunner().invoke(app, ["import", *map(str, words)], input=text)


def test_a_person_is_asked_and_says_yes(run, extract, monkeypatch):
    ended = answering(monkeypatch, "y\n")(extract)
    assert "Put this extract in force?" in ended.output
    assert (ended.exit_code, PatientRow.objects.exists()) == (0, True)


def test_a_person_is_asked_and_says_no(run, extract, monkeypatch):
    ended = answering(monkeypatch, "n\n")(extract)
    assert (ended.exit_code, PatientRow.objects.exists()) == (3, False)


def test_a_person_is_asked_for_the_reason(run, tmp_path, extract, monkeypatch):
    run(extract, "--accept")
    folder = write_files(
        tmp_path / "next", {"events": RIGHT["events"].splitlines()[0] + "\n"}, taken_on="2026-11-01"
    )
    ended = answering(monkeypatch, "The diagnoses moved elsewhere.\ny\n")(folder)
    assert "Why is that right?" in ended.output
    assert ExtractImport.objects.order_by("-id")[0].reason == "The diagnoses moved elsewhere."
