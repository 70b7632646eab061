"""The command as a person meets it: help for every verb, one sentence for a refusal, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

VERBS = (
    "demo",
    "serve",
    "simulate",
    "import",
    "audit",
    "plan",
    "codelists",
    "practice",
    "account",
    "close-account",
    "support",
    "peers",
    "store",
)
README = Path(__file__).parents[2] / "README.md"


def imp2art(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from imp2art.cli.main import run; run()", *words],
        env={**os.environ, "IMP2ART_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_verb(tmp_path: Path) -> None:
    text = imp2art(tmp_path, "--help").stdout
    assert [verb for verb in VERBS if f"  {verb} " not in text] == []


def test_the_readme_names_every_verb(tmp_path: Path) -> None:
    told = imp2art(tmp_path, "--help").stdout.partition("Commands:")[2]
    verbs = [line.split()[0] for line in told.splitlines() if line.startswith("  ") and line[2] != " "]
    rows = [line for line in README.read_text("utf-8").splitlines() if line.startswith("| `")]
    named = {word for row in rows for word in row.split("|")[1].replace("`", " ").replace(",", " ").split()}
    assert verbs
    assert [verb for verb in verbs if verb not in named] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, tmp_path: Path) -> None:
    done = imp2art(tmp_path, verb, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5


@pytest.mark.parametrize(
    "words",
    [
        ["import", "nowhere"],
        ["audit", "nowhere", "--out", "out"],
        ["plan", "nowhere.json", "--out", "plan.pdf"],
        ["codelists", "show", "no-such-list"],
        ["codelists", "import", "nowhere.csv", "--as", "saba"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_refusal_is_one_sentence_and_leaves_nothing(words: list[str], tmp_path: Path) -> None:
    done = imp2art(tmp_path / "home", *words)
    assert done.returncode not in (0, -9)
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["simulate", "--out", "/proc/q", "--people", "1000"],
        ["simulate", "--out", "{file}", "--people", "1000"],
        ["codelists", "show", "saba"],
    ],
    ids=["nowhere", "a file", "home is a file"],
)
def test_a_place_that_cannot_be_written_is_one_sentence(words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a file")
    home = file if words[0] == "codelists" else tmp_path / "home"
    done = imp2art(home, *(word.format(file=file) for word in words))
    assert "Traceback" not in done.stderr
    if words[0] != "codelists":  # a list can be shown without a home
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "imp2art.sqlite3").write_text("not a database at all, but long enough to be read as one")
    done = imp2art(tmp_path, "practice", "A12345")
    assert done.returncode == 1
    assert f"The site's database in {tmp_path}" in done.stderr
    assert "Traceback" not in done.stderr
