"""`imp2art codelists`: what a practice manager sees."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from imp2art.cli.codelists import app
from imp2art.core.refusal import Refusal

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMP2ART_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def published(folder: Path, text: str) -> str:
    path = folder / "published.csv"
    path.write_text(text)
    return str(path)


def test_list_shows_every_list() -> None:
    result = RUNNER.invoke(app, ["list"])
    assert "asthma-review" in result.output
    assert result.exit_code == 0


def test_a_list_that_waits_for_its_codes_says_so() -> None:
    lines = RUNNER.invoke(app, ["list"]).output.splitlines()
    (waiting,) = (line for line in lines if line.startswith("suspected-asthma"))
    assert waiting.endswith("Suspected asthma (no codes yet: import one)")
    assert "no code was found" in RUNNER.invoke(app, ["show", "suspected-asthma"]).output


def test_show_shows_source_and_codes() -> None:
    result = RUNNER.invoke(app, ["show", "act-score"])
    assert "QOF cluster ASTCONTASS_COD" in result.output
    assert "443117005" in result.output


def test_import_says_what_changed(tmp_path: Path) -> None:
    path = published(tmp_path, "code,term\n394700004,Asthma annual review\n715191006,Telehealth\n")
    result = RUNNER.invoke(app, ["import", "--accept", path, "--as", "asthma-review", "--version", "v1"])
    assert "1 codes added, 9 removed, 1 kept" in result.output
    assert "Version v1 is now in force" in result.output


def test_import_names_the_file_of_rejects(tmp_path: Path, own_home: Path) -> None:
    path = published(tmp_path, "code,term\n394700004,a\n394700005,b\n")
    result = RUNNER.invoke(app, ["import", "--accept", path, "--as", "asthma-review"])
    rejects = own_home / "codelists/asthma-review/published.rejects.csv"
    assert f"1 rows were not taken; the reasons are in {rejects}" in result.output


def test_import_twice_says_that_nothing_changed(tmp_path: Path) -> None:
    path = published(tmp_path, "code,term\n394700004,a\n394700004,a\n")
    RUNNER.invoke(app, ["import", "--accept", path, "--as", "asthma-review"])
    result = RUNNER.invoke(app, ["import", "--accept", path, "--as", "asthma-review"])
    assert "nothing was changed" in result.output
    assert "1 rows repeat" in result.output


def test_import_keeps_the_day_that_is_given(tmp_path: Path) -> None:
    path = published(tmp_path, "code,term\n394700004,a\n")
    RUNNER.invoke(app, ["import", "--accept", path, "--as", "asthma-review", "--dated", "2026-03-31"])
    assert "dated 2026-03-31" in RUNNER.invoke(app, ["show", "asthma-review"]).output


def test_a_wrong_day_is_explained(tmp_path: Path) -> None:
    path = published(tmp_path, "code,term\n394700004,a\n")
    words = ["import", "--accept", path, "--as", "asthma-review", "--dated", "31/03/2026"]
    result = RUNNER.invoke(app, words)
    assert result.exit_code == 2


def test_a_day_to_come_is_refused(tmp_path: Path, own_home: Path) -> None:
    path = published(tmp_path, "code,term\n394700004,a\n")
    words = ["import", "--accept", path, "--as", "asthma-review", "--dated", "2999-01-01"]
    result = RUNNER.invoke(app, words)
    assert isinstance(result.exception, Refusal)
    assert "--dated 2999-01-01 is a day to come" in str(result.exception)
    assert not own_home.exists()


def test_a_refusal_reaches_the_command() -> None:
    result = RUNNER.invoke(app, ["show", "nosuch"])
    assert isinstance(result.exception, Refusal)
