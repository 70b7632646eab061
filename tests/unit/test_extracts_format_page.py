"""What `docs/extract-format.md` says is what the reader does: its tables, its example, its command."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from imp2art.core.refusal import Refusal
from imp2art.extracts.format_page import WRITTEN, renewed
from imp2art.extracts.reader import open_extract
from imp2art.record.extract_schema import ColumnKind
from tests.extract_files import rejects_of, rows_of

PAGE = (Path(__file__).parents[2] / "docs" / "extract-format.md").read_text("utf-8")
EXAMPLE = dict(re.findall(r"`([a-z]+\.(?:csv|json))`\n\n```[a-z]+\n(.*?)```", PAGE, re.DOTALL))


@pytest.fixture
def example(tmp_path: Path) -> Path:
    folder = tmp_path / "A12345"
    folder.mkdir()
    for name, text in EXAMPLE.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_column_tables_are_fresh():
    assert renewed(PAGE) == PAGE, "run: python -m imp2art.extracts.format_page docs/extract-format.md"


def test_every_kind_of_column_is_explained():
    assert set(WRITTEN) == set(ColumnKind)


def test_a_page_without_its_marks_is_not_written_over():
    with pytest.raises(Refusal, match="no place for the tables"):
        renewed("# Another page")


def test_the_worked_example_is_a_right_extract(example):
    assert rejects_of(example) == []


def test_the_worked_example_keeps_what_it_shows(example):
    extract = open_extract(example)
    counts = [len(rows_of(extract, table)) for table in ("patients", "registrations", "events", "issues")]
    assert counts == [2, 3, 4, 2]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_the_command_makes_the_digests_of_the_example(example):
    command = re.search(r"```bash\n(for .*?)\n```", PAGE).group(1)
    made = subprocess.run(["bash", "-c", command], cwd=example, capture_output=True, text=True, check=True)
    lines = [json.loads(line.rstrip(",")) for line in made.stdout.splitlines()]
    assert lines == json.loads(EXAMPLE["manifest.json"])["files"]


MISTAKES = re.findall(r'^\| "(.*?)"', PAGE, re.MULTILINE)
SAID = " ".join(path.read_text("utf-8") for path in Path(__file__).parents[2].glob("src/imp2art/*/*.py"))


@pytest.mark.parametrize("sentence", MISTAKES)
def test_each_common_mistake_quotes_what_the_software_says(sentence):
    # Numbers and names differ from case to case; the words between them are the software's own.
    words = [part for part in re.split(r"[0-9]+|patient_id|SNOMED CT", sentence) if part.strip()]
    told = re.sub(r'"\s+f?"', "", SAID)
    assert all(part.strip() in re.sub(r"\{[^}]*\}", "", told) or part.strip() in told for part in words)
