"""The manifest and the folder: what is not as stated refuses the whole extract (catalogue C15)."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from imp2art.core.refusal import Refusal
from imp2art.extracts.manifest import extract_digest, manifest_text, read_manifest
from imp2art.extracts.reader import open_extract
from tests.extract_files import FACTS, RIGHT, entry, rows_of, write_files, write_manifest

FILES = [entry(f"{table}.csv", text.encode()) for table, text in RIGHT.items()]


def refusal_of(folder) -> str:
    with pytest.raises(Refusal) as refused:
        open_extract(folder)
    return str(refused.value)


FACTS_THAT_ARE_WRONG = [
    ("another format", {"format": "imp2art-extract/2"}, '"format" must be "imp2art-extract/1"'),
    ("no format", {"format": None}, '"format" must be'),
    ("no practice", {"practice": None}, 'lacks "practice"'),
    ("practice in small letters", {"practice": "a12345"}, '"practice": A practice (ODS) code'),
    ("practice as a number", {"practice": 12345}, '"practice" must be text'),
    ("practice as a path", {"practice": "../etc"}, '"practice": A practice (ODS) code'),
    ("empty name", {"practice_name": " "}, '"practice_name" must be one line'),
    ("long name", {"practice_name": "x" * 201}, '"practice_name" must be one line'),
    ("name of two lines", {"practice_name": "a\nb"}, '"practice_name" must be one line'),
    ("unknown nation", {"nation": "UK"}, '"nation" must be one of England'),
    ("date the British way", {"taken_on": "31/10/2026"}, '"taken_on": A date is written'),
    ("date without dashes", {"taken_on": "20261031"}, '"taken_on": A date is written'),
    ("date by week", {"taken_on": "2026-W01-1"}, '"taken_on": A date is written'),
    ("date without its day", {"taken_on": "2026-10"}, '"taken_on": This date needs its day'),
    ("no such day", {"taken_on": "2026-02-29"}, '"taken_on": There is no such day'),
    ("period after the day", {"period_start": "2026-11-01"}, '"period_start" lies after "taken_on"'),
    ("a word of its own", {"comment": "x"}, "may hold only"),
    ("files as text", {"files": "patients.csv"}, '"files" must be a list'),
    ("files of text", {"files": ["patients.csv"]}, '"files" must be a list'),
    ("a table missing", {"files": FILES[:3]}, "must name issues.csv or issues.parquet, once"),
    ("a table twice", {"files": [*FILES, FILES[0]]}, "must name patients.csv or patients.parquet, once"),
    ("a table in two forms", {"files": [*FILES, {**FILES[0], "name": "patients.parquet"}]}, "once"),
    ("a file outside", {"files": [{**FILES[0], "name": "../patients.csv"}, *FILES[1:]]}, "may name only"),
    ("an absolute path", {"files": [{**FILES[0], "name": "/etc/passwd"}, *FILES[1:]]}, "may name only"),
    ("a file of no table", {"files": [*FILES, {**FILES[0], "name": "letters.csv"}]}, "may name only"),
    ("rows as text", {"files": [{**FILES[0], "rows": "2"}, *FILES[1:]]}, "must be a whole number"),
    ("rows as a fraction", {"files": [{**FILES[0], "rows": 2.0}, *FILES[1:]]}, "must be a whole number"),
    ("rows as true", {"files": [{**FILES[0], "rows": True}, *FILES[1:]]}, "must be a whole number"),
    ("rows below nought", {"files": [{**FILES[0], "rows": -1}, *FILES[1:]]}, "must be a whole number"),
    (
        "digest in capitals",
        {"files": [{**FILES[0], "digest": FILES[0]["digest"].upper()}, *FILES[1:]]},
        "64 digits",
    ),
    ("digest without its kind", {"files": [{**FILES[0], "digest": "0" * 64}, *FILES[1:]]}, "64 digits"),
    ("a file's word too many", {"files": [{**FILES[0], "size": 1}, *FILES[1:]]}, "may hold only"),
    ("a file's word missing", {"files": [{"name": "patients.csv", "rows": 2}, *FILES[1:]]}, 'lacks "digest"'),
    (
        "one row fewer",
        {"files": [*FILES[:2], {**FILES[2], "rows": 4}, FILES[3]]},
        "events.csv has 3 rows and the manifest says 4",
    ),
    ("one row more", {"files": [*FILES[:2], {**FILES[2], "rows": 2}, FILES[3]]}, "events.csv has 3 rows"),
    (
        "another digest",
        {"files": [{**FILES[0], "digest": "sha256:" + "0" * 64}, *FILES[1:]]},
        "patients.csv: its bytes",
    ),
]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [case[1:] for case in FACTS_THAT_ARE_WRONG],
    ids=[c[0] for c in FACTS_THAT_ARE_WRONG],
)
def test_a_wrong_manifest_refuses_the_extract(tmp_path, facts, sentence):
    folder = write_files(tmp_path / "x")
    write_manifest(folder, **{"files": FILES, **facts})
    assert sentence in refusal_of(folder)


TEXTS = [
    ("empty", b"", "not right JSON"),
    ("not JSON", b"practice: A12345", "not right JSON"),
    ("a list", b"[]", "must hold one JSON object"),
    ("a number", b"1", "must hold one JSON object"),
    ("cut off", b'{"format": "imp2art', "not right JSON"),
    ("a key twice", b'{"format": "imp2art-extract/1", "format": "imp2art-extract/1"}', "twice"),
    ("not a number", b'{"format": NaN}', "not right JSON"),
    ("a number of 5,000 digits", b'{"format": ' + b"1" * 5_000 + b"}", "not right JSON"),
    ("nested 5,000 deep", b'{"format": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", "not right JSON"),
    ("UTF-16", '{"format": "x"}'.encode("utf-16"), "not UTF-8"),
    ("a lone surrogate", b'{"format": "\\ud800"}', '"format" must be'),
    ("two million bytes", b" " * 2_000_000, "larger than 65536 bytes"),
]


@pytest.mark.parametrize(
    ("content", "sentence"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS]
)
def test_a_manifest_that_is_no_manifest(tmp_path, content, sentence):
    folder = write_files(tmp_path / "x")
    (folder / "manifest.json").write_bytes(content)
    assert sentence in refusal_of(folder)


def test_a_manifest_with_a_byte_order_mark_is_read(tmp_path):
    folder = write_files(tmp_path / "x")
    (folder / "manifest.json").write_bytes(b"\xef\xbb\xbf" + (folder / "manifest.json").read_bytes())
    assert open_extract(folder).manifest.practice == "A12345"


def test_no_folder(tmp_path):
    assert "is not a folder" in refusal_of(tmp_path / "nowhere")


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "x").write_text("")
    assert "is not a folder" in refusal_of(tmp_path / "x")


@pytest.mark.parametrize("name", ["manifest.json", "issues.csv"])
def test_a_missing_file(tmp_path, name):
    folder = write_files(tmp_path / "x")
    (folder / name).unlink()
    assert f"{name} is missing" in refusal_of(folder)


@pytest.mark.parametrize("name", ["manifest.json", "issues.csv"])
def test_a_link_is_not_followed(tmp_path, name):
    folder = write_files(tmp_path / "x")
    (folder / name).rename(tmp_path / name)
    (folder / name).symlink_to(tmp_path / name)
    assert f"{name} is a link" in refusal_of(folder)


def test_a_pipe_is_not_waited_for(tmp_path):
    folder = write_files(tmp_path / "x")
    (folder / "issues.csv").unlink()
    os.mkfifo(folder / "issues.csv")
    assert "issues.csv is a link or not a plain file" in refusal_of(folder)


@pytest.mark.parametrize("name", ["letters.csv", "patients.parquet", ".hidden", "events.csv.bak"])
def test_a_file_that_the_manifest_does_not_name(tmp_path, name):
    folder = write_files(tmp_path / "x")
    (folder / name).write_text("")
    assert "what the manifest does not name" in refusal_of(folder)


def test_a_truncated_file(tmp_path):
    folder = write_files(tmp_path / "x")
    content = (folder / "events.csv").read_bytes()
    (folder / "events.csv").write_bytes(content[:-20])
    assert "events.csv: its bytes are not those" in refusal_of(folder)


def test_nobody_in_patients(tmp_path):
    header = RIGHT["patients"].splitlines()[0] + "\n"
    assert "holds nobody" in refusal_of(write_files(tmp_path / "x", {"patients": header}))


def test_a_table_may_be_empty_where_the_manifest_says_so(tmp_path):
    header = RIGHT["issues"].splitlines()[0] + "\n"
    assert rows_of(open_extract(write_files(tmp_path / "x", {"issues": header})), "issues") == []


def test_a_file_that_changes_after_its_digest_was_made(tmp_path):
    folder = write_files(tmp_path / "x")
    extract = open_extract(folder)
    (folder / "events.csv").write_text(RIGHT["events"].replace("480", "999"))
    with pytest.raises(Refusal, match=r"events\.csv: it was changed while"):
        rows_of(extract, "events")


def test_what_is_written_is_what_is_read(tmp_path):
    manifest = open_extract(write_files(tmp_path / "x")).manifest
    (tmp_path / "manifest.json").write_text(manifest_text(manifest))
    assert read_manifest(tmp_path / "manifest.json") == manifest


def test_the_digest_names_the_content_not_the_spacing(tmp_path):
    folder = write_files(tmp_path / "x")
    before = open_extract(folder).digest
    told = json.loads((folder / "manifest.json").read_text())
    told["files"].reverse()
    (folder / "manifest.json").write_text(json.dumps(told, indent=8))
    assert open_extract(folder).digest == before


@pytest.mark.parametrize("change", [{"system": "SystmOne"}, {"taken_on": FACTS.period_start}])
def test_another_fact_is_another_digest(change):
    assert extract_digest(FACTS) != extract_digest(replace(FACTS, **change))
