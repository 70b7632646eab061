"""An import that is killed leaves the old record or the new one, whole (F-01 to F-05).

Every extract of a trial differs from the last in the value of every event, so that one row of the
wrong extract would show.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from imp2art.core.identifiers import nhs_check_digit
from imp2art.extracts.writer import write_extract
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from tests.extract_files import ASTHMA, FACTS, SALBUTAMOL

DRIVER = Path(__file__).with_name("import_once.py")
PEOPLE, EVENTS_EACH, ISSUES_EACH = 300, 100, 30
KILLS_WHILE_CHECKING, KILLS_WHILE_KEEPING = 3, 7
DAY = date(2026, 10, 1)


def numbers() -> list[str]:
    nines = (str(nine) for nine in range(900_000_000, 900_001_000))
    return [nine + str(check) for nine in nines if (check := nhs_check_digit(nine)) is not None][:PEOPLE]


def write(folder: Path, value: str) -> Path:
    """An extract of 40,000 rows in which every event has this value and everyone this first name."""
    ids = [f"p{number}" for number in range(PEOPLE)]
    events, issues = PEOPLE * EVENTS_EACH, PEOPLE * ISSUES_EACH

    def batch(table: str, *columns: list[object]) -> list[pa.RecordBatch]:
        schema = CLEAN_SCHEMAS[table]
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        return [pa.RecordBatch.from_arrays(arrays, schema=schema)]

    none = [None] * PEOPLE
    tables = {
        "patients": batch(
            "patients",
            *(ids, numbers(), [date(1980, 1, 1)] * PEOPLE, ["F"] * PEOPLE),
            *(["N" + value] * PEOPLE, ["Test"] * PEOPLE, none, none, none, none),
        ),
        "registrations": batch("registrations", ids, [date(2000, 1, 1)] * PEOPLE, none, ["gms"] * PEOPLE),
        "events": batch(
            "events",
            *(ids * EVENTS_EACH, [DAY] * events, [DAY] * events, ["snomed"] * events),
            *([ASTHMA] * events, [value] * events, ["{score}"] * events),
        ),
        "issues": batch(
            "issues",
            *(ids * ISSUES_EACH, [DAY] * issues, [SALBUTAMOL] * issues),
            *([value] * issues, ["dose"] * issues, [None] * issues),
        ),
    }
    write_extract(folder, FACTS, tables, "parquet")
    return folder


@dataclass(frozen=True)
class State:
    """What a reader sees in one look: which extract each table is of, and how often it was accepted."""

    names: tuple[str, ...]
    events: tuple[tuple[str, int], ...]
    issues: tuple[tuple[str, int], ...]
    imports: int
    audited: int


def look(home: Path) -> State:
    """All of it in one read transaction, as a page of the site would see it."""
    with sqlite3.connect(f"file:{home / 'imp2art.sqlite3'}?mode=ro", uri=True, isolation_level=None) as base:
        base.execute("BEGIN")

        def ask(sql: str) -> tuple:
            return tuple(base.execute(sql).fetchall())

        return State(
            names=tuple(
                name for (name,) in ask("SELECT DISTINCT given_name FROM store_patientrow WHERE in_extract")
            ),
            events=ask("SELECT value, count(*) FROM store_eventrow GROUP BY value"),
            issues=ask("SELECT quantity, count(*) FROM store_issuerow GROUP BY quantity"),
            imports=ask("SELECT count(*) FROM store_extractimport")[0][0],
            audited=ask("SELECT count(*) FROM store_auditevent WHERE verb = 'import'")[0][0],
        )


def whole(value: str, imports: int) -> State:
    """The state in which everything is of one extract."""
    events, issues = ((value, PEOPLE * EVENTS_EACH),), ((value, PEOPLE * ISSUES_EACH),)
    return State(("N" + value,), events, issues, imports, imports)


def begin(home: Path, extract: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(DRIVER), str(home), str(extract)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(process: subprocess.Popen[str], word: str) -> float:
    """Read on until the process says the word; the time is when it did."""
    for line in process.stdout:
        if line.strip() == word:
            return time.monotonic()
    raise AssertionError(f"it ended before {word!r}: {process.stderr.read()}")


def bring_in(home: Path, extract: Path) -> dict[str, float]:
    """A whole import; the answer is how long each part took."""
    process = begin(home, extract)
    checking, keeping, kept = (wait_for(process, word) for word in ("checking", "keeping", "kept"))
    assert process.wait(60) == 0
    return {"checking": keeping - checking, "keeping": kept - keeping}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return tmp_path_factory.mktemp("kill")


@pytest.fixture(scope="module")
def home(room):
    """A site with one accepted extract, in which every value is 0."""
    home = room / "home"
    home.mkdir()
    bring_in(home, write(room / "first", "0"))
    return home


def kill_in(part: str, home: Path, extract: Path, dice: random.Random, length: float) -> None:
    """Kill the import somewhere in this part, with no chance to tidy up."""
    process = begin(home, extract)
    wait_for(process, part)
    time.sleep(dice.uniform(0, length))
    process.kill()
    process.wait(60)


def test_a_killed_import_leaves_the_old_or_the_new_and_is_accepted_once(room, home):
    dice = random.Random(20_261_101)
    lengths = bring_in(home, write(room / "extract1", "1"))
    in_force, coming, imports = "1", "2", 2
    for part in ["checking"] * KILLS_WHILE_CHECKING + ["keeping"] * KILLS_WHILE_KEEPING:
        extract = room / f"extract{coming}"
        kill_in(part, home, extract if extract.exists() else write(extract, coming), dice, lengths[part])
        seen = look(home)
        assert seen in (whole(in_force, imports), whole(coming, imports + 1))
        if seen == whole(coming, imports + 1):
            in_force, coming, imports = coming, str(int(coming) + 1), imports + 1
    extract = room / f"extract{coming}"
    bring_in(home, extract if extract.exists() else write(extract, coming))
    bring_in(home, extract)
    assert look(home) == whole(coming, imports + 1)


def test_a_reader_never_sees_a_record_between_two(room, home):
    """F-04: someone looks all the while; each look is of one extract."""
    bring_in(home, write(room / "before", "100"))
    imports = look(home).imports
    process = begin(home, write(room / "after", "101"))
    seen = set()
    while process.poll() is None:
        seen.add(look(home))
    seen.add(look(home))
    assert seen == {whole("100", imports), whole("101", imports + 1)}


def test_the_clean_rows_of_a_killed_import_are_removed_by_the_next(room, home):
    """F-01: rows of people do not lie about outside the database."""
    extract = write(room / "left", "200")
    process = begin(home, extract)
    wait_for(process, "keeping")
    process.kill()
    process.wait(60)
    bring_in(home, extract)
    assert not (home / "importing").exists()


def test_two_processes_that_import_the_same_extract_accept_it_once(room, home):
    """F-06: one of them waits for nobody and says that the other is at work, or finds it in force."""
    extract = write(room / "both", "300")
    imports = look(home).imports
    first, second = begin(home, extract), begin(home, extract)
    for process in (first, second):
        process.communicate(timeout=120)
    bring_in(home, extract)
    assert look(home) == whole("300", imports + 1)
