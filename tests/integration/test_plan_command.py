"""`imp2art plan`: a JSON file in, one page out, or a sentence and nothing written."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from imp2art.asthma.regimen import Regimen
from imp2art.cli import plan
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.file import example_plan

runner = CliRunner()


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    plan.register(made)
    return made


def refusal_of(app: typer.Typer, *words: str) -> str:
    outcome = runner.invoke(app, list(words))
    assert isinstance(outcome.exception, Refusal)
    return str(outcome.exception)


def test_a_plan_file_becomes_a_page(app: typer.Typer, tmp_path: Path) -> None:
    file, page = tmp_path / "plan.json", tmp_path / "plan.pdf"
    file.write_bytes(example_plan(Regimen.MART))
    assert runner.invoke(app, [str(file), "--out", str(page)]).exit_code == 0
    assert page.read_bytes().startswith(b"%PDF")


def test_an_example_is_shown_where_no_file_is_named(app: typer.Typer) -> None:
    assert json.loads(runner.invoke(app, ["--example", "air"]).stdout)["regimen"] == "air"


@pytest.mark.parametrize("regimen", Regimen)
def test_every_example_becomes_a_file_and_a_page(app: typer.Typer, tmp_path: Path, regimen: Regimen) -> None:
    file, page = tmp_path / "plan.json", tmp_path / "plan.pdf"
    outcome = runner.invoke(app, [str(file), "--example", regimen.value, "--out", str(page)])
    assert outcome.exit_code == 0, outcome.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.json", "plan.pdf"]


def test_an_example_never_writes_over_a_file(app: typer.Typer, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("mine")
    assert "is there already" in refusal_of(app, str(file), "--example", "mart")
    assert file.read_text() == "mine"


def test_a_page_for_nobody_else_to_read(app: typer.Typer, tmp_path: Path) -> None:
    page = tmp_path / "plan.pdf"
    runner.invoke(app, [str(tmp_path / "plan.json"), "--example", "mart", "--out", str(page)])
    assert page.stat().st_mode & 0o077 == 0


def test_nothing_to_read_is_refused(app: typer.Typer) -> None:
    assert "Name the plan's JSON file" in refusal_of(app, "--out", "plan.pdf")


def test_nowhere_to_write_is_refused(app: typer.Typer, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(example_plan(Regimen.MART))
    assert "--out plan.pdf" in refusal_of(app, str(file))


def test_a_file_that_is_not_there_is_refused(app: typer.Typer, tmp_path: Path) -> None:
    assert "cannot be read" in refusal_of(app, str(tmp_path / "no.json"), "--out", "plan.pdf")


@pytest.mark.parametrize("place", ["no-such-folder/plan.pdf", "."])
def test_a_place_that_cannot_be_written_is_refused(app: typer.Typer, tmp_path: Path, place: str) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(example_plan(Regimen.MART))
    assert "cannot be written" in refusal_of(app, str(file), "--out", str(tmp_path / place))
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_a_page_that_was_there_stays_when_the_plan_is_wrong(app: typer.Typer, tmp_path: Path) -> None:
    file, page = tmp_path / "plan.json", tmp_path / "plan.pdf"
    file.write_text("{")
    page.write_text("old")
    assert "not JSON" in refusal_of(app, str(file), "--out", str(page))
    assert page.read_text() == "old"


def test_a_plan_with_gaps_is_refused_with_each_gap_by_name(app: typer.Typer, tmp_path: Path) -> None:
    file, page = tmp_path / "plan.json", tmp_path / "plan.pdf"
    plan_of_two = json.loads(example_plan(Regimen.MART)) | {"triggers": [], "out_of_hours_phone": ""}
    plan_of_two["action_points"][0]["days"] = None
    file.write_text(json.dumps(plan_of_two))
    assert refusal_of(app, str(file), "--out", str(page)) == (
        "The plan cannot be issued yet, and nothing was written. Step 1: write for how many days. "
        "Choose their triggers, or that none are known. Write whom to call when the practice is closed."
    )
    assert not page.exists()
