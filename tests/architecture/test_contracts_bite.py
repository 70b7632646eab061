"""The contracts of the house, each broken on purpose, to know that they bite."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

# A file to add to a copy of the house, what stands in it, and the contract that must catch it.
VIOLATIONS = {
    "a room imports a flow": (
        "asthma/seed.py",
        "import imp2art.flows.import_codelist\n",
        "the stairs",
    ),
    "a room imports its neighbour": ("asthma/seed.py", "import imp2art.audit.conditions\n", "the stairs"),
    "an edge imports another edge": ("extracts/seed.py", "import imp2art.store.apps\n", "the stairs"),
    "the cluster imports another edge": ("cluster/seed.py", "import imp2art.extracts.cells\n", "the stairs"),
    "the core imports the codes": ("core/seed.py", "import imp2art.codes.verhoeff\n", "the stairs"),
    "a new folder without a floor": ("shed/__init__.py", "", "the stairs"),
    "the web is imported from below": ("flows/seed.py", "import imp2art.web.site.urls\n", "the stairs"),
    "a room knows Django": ("access/seed.py", "import django\n", "the rooms know no framework"),
    "a room opens a socket": ("record/seed.py", "import socket\n", "the rooms know no framework"),
    "a clinical rule uses numpy": ("asthma/seed.py", "import numpy\n", "the rooms use the standard library"),
    "an edge knows Django": (
        "documents/seed.py",
        "import django\n",
        "only the store and the web know Django",
    ),
    "the cluster knows Django": (
        "cluster/seed.py",
        "import django\n",
        "only the store and the web know Django",
    ),
    "a flow knows Spark": ("flows/seed.py", "import pyspark\n", "only the cluster knows Spark"),
    "a flow knows a FHIR library": (
        "flows/seed.py",
        "import fhirkit\n",
        "only one room knows a FHIR library",
    ),
    "the design imports an audience": (
        "web/design/seed.py",
        "import imp2art.web.practice.urls\n",
        "audiences are strangers",
    ),
    "an audience imports another": (
        "web/researcher/seed.py",
        "import imp2art.web.programme.urls\n",
        "audiences are strangers",
    ),
    "a new audience without a floor": ("web/cellar/__init__.py", "", "audiences are strangers"),
    "a flow calls a flow": (
        "flows/seed.py",
        "import imp2art.flows.import_codelist\n",
        "a flow does not call a flow",
    ),
    "a page reaches the tables": (
        "web/practice/seed.py",
        "import imp2art.store.models\n",
        "patient rows are reachable only",
    ),
    "siblings in a circle": (
        "core/seed.py",
        "import imp2art.core.other_seed\n",
        "no cycles between siblings",
    ),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("static", "fonts", "__pycache__", "*.ttf")
    shutil.copytree(ROOT / "src", copy / "src", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(house: Path) -> str:
    done = subprocess.run(
        [BIN / "lint-imports", "--no-cache"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def broken_contracts(report: str) -> list[str]:
    return [line for line in report.splitlines() if line.rstrip().endswith("BROKEN")]


def test_the_house_as_it_stands_keeps_every_contract(house: Path) -> None:
    report = lint(house)
    assert "0 broken" in report, report


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_seeded_violation_is_caught(house: Path, name: str) -> None:
    place, text, contract = VIOLATIONS[name]
    seed = house / "src/imp2art" / place
    seed.parent.mkdir(exist_ok=True)
    seed.write_text(text)
    other = house / "src/imp2art/core/other_seed.py"
    if "circle" in name:
        other.write_text("import imp2art.core.seed\n")
    try:
        report = lint(house)
    finally:
        other.unlink(missing_ok=True)
        seed.unlink()
        if seed.name == "__init__.py":
            shutil.rmtree(seed.parent)
    assert any(line.startswith(contract) for line in broken_contracts(report)) or (
        contract in report and "not listed as layers" in report
    ), report


# What ruff must refuse below `web` and `cli`.
BANNED = {
    "the clock": "from datetime import datetime, UTC\n\nNOW = datetime.now(UTC)\n",
    "the day": "from datetime import date\n\nTODAY = date.today()\n",
    "the dice": "import random\n\nX = random.random()\n",
    "an identifier": "import uuid\n\nX = uuid.uuid4()\n",
    "the environment": "import os\n\nX = os.environ\n",
    "a secret": "import secrets\n\nX = secrets.token_hex()\n",
    "the processor's clock": "import time\n\nX = time.time()\n",
}


@pytest.mark.parametrize("name", BANNED)
@pytest.mark.parametrize(("place", "is_banned"), [("flows/seed.py", True), ("cli/seed.py", False)])
def test_clock_dice_and_environment_are_arguments_below_the_web(
    name: str, place: str, is_banned: bool
) -> None:
    done = subprocess.run(
        [BIN / "ruff", "check", "--select", "TID251", "--stdin-filename", f"src/imp2art/{place}", "-"],
        cwd=ROOT,
        input=BANNED[name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("TID251" in done.stdout) is is_banned, done.stdout
