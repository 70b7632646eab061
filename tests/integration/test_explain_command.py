"""`imp2art explain` as it is typed: one person of an extract, one figure or all."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from imp2art.cli.main import app
from imp2art.core.refusal import Refusal
from tests.integration.test_run_audit import put_extract


def typed(*words: object):
    return CliRunner().invoke(app, ["explain", *map(str, words)], env={"IMP2ART_HOME": "/nowhere"})


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """Two people with asthma, `p00011` with a plan of August and `p00012` without; one without asthma."""
    return put_extract(tmp_path / "in")


def test_it_says_what_decided_by_which_entry_and_what_would_change_it(extract):
    ended = typed(extract, "p00011", "plan-12-months")
    assert ended.exit_code == 0
    assert "Counted as met on 31 October 2026." in ended.output
    assert ", 1 August 2026." in ended.output
    assert "They meet it until 31 July 2027" in ended.output
    assert "→ To be met: a written action plan recorded in the last 12 months: holds" in ended.output


def test_what_is_missing_is_said(extract):
    output = typed(extract, "p00012", "plan-12-months").output
    assert "Counted as not met" in output
    assert "They would count as met if this held: a written action plan" in output


def test_without_an_indicator_every_figure_is_told_in_short(extract):
    output = typed(extract, "p00013").output
    assert "plan-12-months: Current action plan" in output
    assert "saba-6: " in output
    assert "Every part of the rule" not in output


def test_another_day_may_be_asked_for(extract):
    assert (
        "Counted as not met on 31 July 2026."
        in typed(extract, "p00011", "plan-12-months", "--on", "2026-07-31").output
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("p99999", "plan-12-months"), "nobody of that patient_id"),
        (("p00011", "plan"), "There is no indicator plan. These are counted: "),
        (("p00011", "qof-ast012"), "cannot be counted here: these lists have no codes"),
        (("p00011", "plan-12-months", "--on", "2031-01-01"), "Choose an earlier day"),
    ],
)
def test_what_cannot_be_explained_is_refused(extract, words, said):
    ended = typed(extract, *words)
    assert isinstance(ended.exception, Refusal)
    assert said in str(ended.exception)
    assert "p99999" not in str(ended.exception)
