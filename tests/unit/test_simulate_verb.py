"""`imp2art simulate` on the command line."""

import json

import pytest
import typer
from typer.testing import CliRunner

from imp2art.cli import simulate
from imp2art.core.refusal import Refusal
from imp2art.flows.simulate_practices import MARK_NAME


@pytest.fixture
def run():
    app = typer.Typer()
    simulate.register(app)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def mark(out) -> dict:
    return json.loads((out / MARK_NAME).read_text())


def test_it_says_what_was_made(run, tmp_path):
    result = run("--out", tmp_path, "--people", 500, "--as-at", "2026-10-31", "--months", 12)
    assert result.exit_code == 0
    assert "1 practice, 500 people" in result.output
    assert mark(tmp_path)["as_at"] == "2026-10-31"


def test_without_a_size_it_makes_three_practices_up_to_the_last_month_end(run, tmp_path, monkeypatch):
    monkeypatch.setattr(simulate, "_PRACTICES", 2)
    assert run("--out", tmp_path).exit_code == 0
    assert len(mark(tmp_path)["practices"]) == 2
    assert mark(tmp_path)["as_at"][-2:] in ("28", "29", "30", "31")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ((None, None, None), (3, None)),
        ((2, None, None), (2, None)),
        ((2, None, 6000), (2, 6000)),
        ((None, None, 50_000), (None, 50_000)),
        ((None, simulate.Size.PRACTICE, None), (1, None)),
        ((None, simulate.Size.REGION, None), (None, 1_000_000)),
        ((None, simulate.Size.UK, None), (None, 60_000_000)),
    ],
)
def test_what_a_wish_means(asked, meant):
    assert simulate._wishes(*asked) == meant


@pytest.mark.parametrize("more", [(3, simulate.Size.UK, None), (None, simulate.Size.PRACTICE, 10)])
def test_a_size_and_a_number_together_are_refused(more):
    with pytest.raises(Refusal, match="not both"):
        simulate._wishes(*more)


def test_a_folder_in_use_is_refused_in_a_sentence(run, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    result = run("--out", tmp_path, "--people", 10)
    assert isinstance(result.exception, Refusal)
