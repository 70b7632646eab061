"""`imp2art audit` as it is typed."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from imp2art.cli.main import app
from imp2art.core.refusal import Refusal
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


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    ended = typed(tmp_path / "nowhere", "--out", tmp_path / "out")
    assert isinstance(ended.exception, Refusal)
    assert "is not a folder" in str(ended.exception)
