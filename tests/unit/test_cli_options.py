"""Options that contradict one another, or would do nothing, are refused by name before any work begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from imp2art.cli.main import app
from imp2art.core.refusal import Refusal


def refused(folder: Path, *words: object) -> str:
    """The sentence; nothing may have been made in the folder."""
    before = sorted(folder.rglob("*"))
    ended = CliRunner().invoke(app, [*map(str, words)], env={"IMP2ART_HOME": str(folder / "home")})
    assert isinstance(ended.exception, Refusal), ended.output
    assert sorted(folder.rglob("*")) == before
    return str(ended.exception)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--people", 0), "--people 0 cannot be: give 1 to 90,000,000 people."),
        (("--people", -5), "--people -5"),
        (("--months", 0), "--months 0 cannot be: give 1 to 600 months."),
        (("--months", 601), "--months 601"),
        (("--noise", -1), "--noise -1"),
        (("--noise", "nan"), "--noise nan"),
        (("--seed", -1), "--seed -1"),
        (("--adds", "next"), "--adds goes with --delivery, and does nothing without it."),
        (
            ("--delivery", "--people", 100, "--form", "csv"),
            "--form csv and --delivery do not go together: a delivery is always Parquet.",
        ),
    ],
)
def test_simulate_refuses_what_it_would_pass_over(tmp_path, words, said):
    assert said in refused(tmp_path, "simulate", "--out", tmp_path / "out", *words)


@pytest.mark.parametrize("adds", ["out", "out/next", ".", "x/../out"])
def test_a_delivery_and_the_month_after_it_need_two_folders(tmp_path, adds):
    words = ("--delivery", "--people", 100, "--adds", tmp_path / adds)
    said = refused(tmp_path, "simulate", "--out", tmp_path / "out", *words)
    assert "must be two folders, neither in the other" in said


def test_an_audit_on_a_cluster_compares_with_nobody(tmp_path):
    words = ("--spark", "sc://nowhere:15002", "--peers", tmp_path / "peers.json")
    said = refused(tmp_path, "audit", tmp_path / "in", "--out", tmp_path / "out", *words)
    assert said.startswith("--spark and --peers do not go together: figures are compared in a report")


@pytest.mark.parametrize("months", [0, 61])
def test_every_audit_names_the_months_that_it_can_count(tmp_path, months):
    for verb in (("audit",), ("store", "audit")):
        said = refused(tmp_path, *verb, tmp_path / "in", "--out", tmp_path / "out", "--months", months)
        assert said == f"--months {months} cannot be: give 1 to 60 months."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--delivery", "whole"), "--delivery goes with --check NUMBER, and does nothing without it."),
        (("--peer-months", 3), "--peer-months goes with --peers FILE, and does nothing without it."),
        (("--peers", "peers.json", "--peer-months", 61), "--peer-months 61 cannot be: give 1 to 60 months."),
    ],
)
def test_the_audit_of_a_store_refuses_what_it_would_pass_over(tmp_path, words, said):
    assert said in refused(tmp_path, "store", "audit", tmp_path / "store", "--out", tmp_path / "out", *words)


def test_an_import_cannot_only_check_and_accept(tmp_path):
    said = refused(tmp_path, "import", tmp_path / "in", "--check", "--accept")
    assert said.startswith("--check and --accept do not go together")
