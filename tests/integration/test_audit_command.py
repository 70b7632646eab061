"""`imp2art audit` as it is typed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from imp2art.audit.peers import PeerFigures, PeerPractice, PeerTable
from imp2art.cli.main import app
from imp2art.core.refusal import Refusal
from imp2art.store.json_form import to_json
from tests.integration.test_run_audit import put_extract


def typed(*words: object):
    return CliRunner().invoke(app, ["audit", *map(str, words)], env={"IMP2ART_HOME": "/nowhere"})


def test_the_command_says_what_it_found(tmp_path):
    put_extract(tmp_path / "in")
    ended = typed(tmp_path / "in", "--out", tmp_path / "out", "--months", 24)
    assert ended.exit_code == 0
    assert "auditing A12345 Harbour Lane" in ended.output
    assert "1 person on the register still has none." in ended.output
    assert "3 of 3 people worked out by both engines: 0 differences in" in ended.output
    assert str(tmp_path / "out" / "report.html") in ended.output


@pytest.mark.parametrize("months", [0, 61])
def test_months_that_do_not_fit_are_refused(tmp_path, months):
    ended = typed(put_extract(tmp_path / "in"), "--out", tmp_path / "out", "--months", months)
    assert isinstance(ended.exception, Refusal)
    assert "1 to 60 months" in str(ended.exception)
    assert not (tmp_path / "out").exists()


def test_sixty_months_are_counted(tmp_path):
    ended = typed(put_extract(tmp_path / "in"), "--out", tmp_path / "out", "--months", 60)
    assert ended.exit_code == 0
    assert f"to {date(2026, 10, 31)}" in ended.output


def test_of_several_extracts_the_faulty_one_is_named(tmp_path):
    for name in ("first", "second"):
        put_extract(tmp_path / "in" / name)
    (tmp_path / "in" / "second" / "events.csv").write_text("cut off")
    ended = typed(tmp_path / "in", "--out", tmp_path / "out")
    assert isinstance(ended.exception, Refusal)
    assert str(ended.exception).startswith(f"{tmp_path / 'in' / 'second'}: events.csv: its bytes")


@pytest.mark.parametrize("practices", [1, 400])
def test_a_delivery_without_an_engine_is_told_where_it_goes(tmp_path, practices):
    (tmp_path / "in").mkdir()
    told = {"format": "imp2art-delivery/1", "practices": [{"code": "A12345", "name": "Harbour Lane" * 20}]}
    told["practices"] *= practices
    (tmp_path / "in" / "manifest.json").write_text(json.dumps(told))
    ended = typed(tmp_path / "in", "--out", tmp_path / "out")
    assert isinstance(ended.exception, Refusal)
    assert f"{tmp_path / 'in'}: manifest.json: this is a delivery of many practices" in str(ended.exception)
    assert "--spark URL" in str(ended.exception)


def test_the_report_does_not_go_into_the_extract(tmp_path):
    put_extract(tmp_path / "in")
    ended = typed(tmp_path / "in", "--out", tmp_path / "in" / "out")
    assert isinstance(ended.exception, Refusal)
    assert "which is only read" in str(ended.exception)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    ended = typed(tmp_path / "nowhere", "--out", tmp_path / "out")
    assert isinstance(ended.exception, Refusal)
    assert "is not a folder" in str(ended.exception)


def peers_file(folder, count: int = 20):
    """Twelve practices like the extract's, with plans for `count` of 50 people each."""
    others = tuple(PeerPractice(f"C{at:05}", "England", 0, None) for at in range(12))
    table = PeerTable(((50,) * 12,), ((count,) * 12,))
    figures = PeerFigures((date(2026, 10, 31),), others, {"plan-12-months": table})
    file = folder / "peers.json"
    file.write_text(json.dumps(to_json(figures)))
    return file


def test_a_report_from_files_is_compared_with_a_national_audit(tmp_path):
    put_extract(tmp_path / "in")
    ended = typed(tmp_path / "in", "--out", tmp_path / "out", "--peers", peers_file(tmp_path))
    assert ended.exit_code == 0
    page = (tmp_path / "out" / "report.html").read_text()
    assert "Better than nearly all similar practices in October 2026." in page
    assert "C00001" not in page


@pytest.mark.parametrize(("content", "told"), [("{", "not JSON"), ("[]", "does not fit")])
def test_what_holds_no_figures_of_others_is_refused(tmp_path, content, told):
    (tmp_path / "odd.json").write_text(content)
    ended = typed(put_extract(tmp_path / "in"), "--out", tmp_path / "out", "--peers", tmp_path / "odd.json")
    assert isinstance(ended.exception, Refusal)
    assert told in str(ended.exception)
    assert not (tmp_path / "out").exists()


def test_exact_figures_of_others_are_refused(tmp_path):
    put_extract(tmp_path / "in")
    ended = typed(tmp_path / "in", "--out", tmp_path / "out", "--peers", peers_file(tmp_path, count=7))
    assert isinstance(ended.exception, Refusal)
    assert "not protected" in str(ended.exception)
    assert not (tmp_path / "out").exists()
