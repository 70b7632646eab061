"""`imp2art simulate --delivery` and `imp2art store` as they are typed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from imp2art.cli.main import app
from imp2art.core.refusal import Refusal
from tests.national import edit_table, simulated


def typed(*words: object):
    return CliRunner().invoke(app, [*map(str, words)], env={"IMP2ART_HOME": "/nowhere"})


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("typed")
    size = ("--people", 1_500, "--months", 14, "--noise", 0.2, "--as-at", "2026-09-30")
    made = typed("simulate", "--delivery", "--out", folder / "in", "--adds", folder / "next", *size)
    assert made.exit_code == 0, made.output
    assert "1 practice" in made.output
    built = typed("store", "build", folder / "in", "--out", folder / "store")
    assert built.exit_code == 0, built.output
    return folder


def test_a_delivery_becomes_figures_and_the_twin_agrees(room):
    grown = typed("store", "append", room / "store", room / "next")
    assert grown.exit_code == 0, grown.output
    ended = typed(
        *("store", "audit", room / "store", "--out", room / "out", "--months", 1, "--check", 1),
        *("--delivery", room / "in", "--delivery", room / "next"),
    )

    assert ended.exit_code == 0, ended.output
    assert "worked out by the slow twin: 0 differences in" in ended.output
    assert "suspected-unconfirmed is not configured: no codes yet for suspected-asthma" in ended.output
    assert (room / "out" / "figures.csv").exists()


def test_damage_that_only_a_new_month_would_read_is_found_before_it_is_added(room, tmp_path):
    store = tmp_path / "store"
    typed("store", "build", room / "in", "--out", store)
    file = next(store.glob("part-*/base/quiet.bin"))
    file.write_bytes(bytes(file.stat().st_size))
    ended = typed("store", "append", store, room / "next")

    assert isinstance(ended.exception, Refusal)
    assert "quiet.bin" in str(ended.exception)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"taken_on": "2099-12-31"}, "a day to come"),
        ({"practices": {"list_size": -5}}, "the list size of practice SIM00001"),
        ({"practices": {"code": "no"}}, "the practice code 'no'"),
    ],
)
def test_a_manifest_that_cannot_be_right_is_refused_by_name(room, tmp_path, change, said):
    copy = shutil.copytree(room / "in", tmp_path / "in")
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["practices"][0] |= change.pop("practices", {}) if "practices" in change else {}
    (copy / "manifest.json").write_text(json.dumps(manifest | change))
    ended = typed("store", "build", copy, "--out", tmp_path / "store")

    assert isinstance(ended.exception, Refusal)
    assert said in str(ended.exception)
    assert not (tmp_path / "store").exists()


def test_months_before_the_data_begin_are_told(room, tmp_path):
    ended = typed("store", "audit", room / "store", "--out", tmp_path / "out", "--months", 20)

    assert ended.exit_code == 0, ended.output
    assert "month ends lie before 2025-08-01, when the data begin" in ended.output
    assert "what looks back over 12 months is too low before 2026-08-01" in ended.output


def test_figures_of_peers_take_no_other_files_place(room, tmp_path):
    other = tmp_path / "manifest.json"
    other.write_text("{}")
    ended = typed("store", "audit", room / "store", "--out", tmp_path / "out", "--peers", other)

    assert isinstance(ended.exception, Refusal)
    assert "holds no figures of peers" in str(ended.exception)
    assert other.read_text() == "{}"


def test_a_check_needs_the_deliveries(room):
    ended = typed("store", "audit", room / "store", "--out", room / "none", "--months", 1, "--check", 1)

    assert isinstance(ended.exception, Refusal)
    assert "--delivery DELIVERY" in str(ended.exception)
    assert not (room / "none").exists()


def test_a_delivery_is_made_for_a_number_of_people(tmp_path):
    ended = typed("simulate", "--delivery", "--out", tmp_path / "in", "--practices", 2)

    assert isinstance(ended.exception, Refusal)
    assert "give --people" in str(ended.exception)


def test_what_adds_goes_with_a_delivery(tmp_path):
    ended = typed("simulate", "--out", tmp_path / "in", "--adds", tmp_path / "next", "--people", 100)

    assert isinstance(ended.exception, Refusal)
    assert "--adds goes with --delivery" in str(ended.exception)


def test_a_folder_that_is_no_delivery_is_refused(tmp_path):
    ended = typed("store", "build", tmp_path, "--out", tmp_path / "store")

    assert isinstance(ended.exception, Refusal)
    assert "is no delivery" in str(ended.exception)


def test_a_check_of_more_practices_than_there_are_is_refused_before_anything_is_counted(room, tmp_path):
    words = ("--out", tmp_path / "out", "--check", 2, "--delivery", room / "in")
    ended = typed("store", "audit", room / "store", *words)

    assert isinstance(ended.exception, Refusal)
    assert str(ended.exception) == (
        f"--check 2 is more than the 1 practices of {room / 'store'}. Give at most 1."
    )
    assert ended.output == ""


@pytest.mark.parametrize(("verb", "out"), [("build", "in/store"), ("audit", "store/out")])
def test_results_do_not_go_into_what_they_are_made_of(room, verb, out):
    source = room / ("in" if verb == "build" else "store")
    ended = typed("store", verb, source, "--out", room / out)

    assert isinstance(ended.exception, Refusal)
    assert f"{room / out} lies in {source}, which is only read" in str(ended.exception)
    assert not (room / out).exists()


def test_figures_do_not_go_into_a_delivery_that_they_are_checked_by(room):
    words = ("--out", room / "in" / "out", "--check", 1, "--delivery", room / "in")
    ended = typed("store", "audit", room / "store", *words)

    assert isinstance(ended.exception, Refusal)
    assert "lies in" in str(ended.exception)


KILLED = """
import os, sys
from pathlib import Path
from imp2art.core.whole_folder import whole_folder
with whole_folder(Path(sys.argv[1])):
    os._exit(9)
"""


def test_what_a_killed_run_left_is_removed_and_told(room, tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out")], check=False)
    (left,) = tmp_path.iterdir()
    ended = typed("store", "audit", room / "store", "--out", tmp_path / "out", "--months", 1)

    assert ended.exit_code == 0, ended.output
    assert f"removed {left}: an earlier run that was cut off had left it" in ended.output
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory):
    """A delivery of several practices, and the month after it."""
    return simulated(tmp_path_factory.mktemp("several"))


def spoil(delivery, name: str, people, **cells: object) -> None:
    """Give every row of these people in a table of the first part a cell that cannot be."""

    def spoilt(table: pa.Table) -> pa.Table:
        mine = pc.is_in(table["patient"], pa.array(people, pa.int64()))
        for column, value in cells.items():
            place = table.schema.get_field_index(column)
            told = pc.if_else(mine, pa.scalar(value, table.schema.field(place).type), table[column])
            table = table.set_column(place, table.schema.field(place), told)
        return table

    edit_table(delivery, name, spoilt)


def people_of_first(*deliveries) -> tuple[str, list[int]]:
    """The first practice's code and its people, those who came later too."""
    patients = pa.concat_tables(pq.read_table(each / "part-000" / "patients.parquet") for each in deliveries)
    code = patients["practice"][0].as_py()
    return code, patients.filter(pc.equal(patients["practice"], code))["patient"].to_pylist()


@pytest.mark.parametrize(
    ("name", "cells"),
    [("patients", {"sex": "X"}), ("registrations", {"kind": "guest"}), ("issues", {"unit": "box"})],
)
def test_a_practice_of_whom_nothing_was_read_is_named_and_in_no_figure(two, tmp_path, name, cells):
    whole = shutil.copytree(two[0], tmp_path / "whole")
    code, people = people_of_first(whole)
    spoil(whole, name, people, **cells)
    built = typed("store", "build", whole, "--out", tmp_path / "store")
    ended = typed("store", "audit", tmp_path / "store", "--out", tmp_path / "out", "--months", 1)

    for run in (built, ended):
        assert run.exit_code == 3, run.output
        assert "Not audited" in run.output
        assert any(
            line.split()[0] == code and line.endswith(f"part-000/{name}.parquet")
            for line in run.output.splitlines()
            if line.strip()
        )
    figures = pq.read_table(tmp_path / "out" / "figures.parquet")
    assert code not in figures["practice"].to_pylist()
    assert len(set(figures["practice"].to_pylist())) > 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["not_audited"] == {
        code: f"part-000/{name}.parquet"
    }


def test_a_month_of_which_nothing_was_read_of_a_practice_takes_it_out(two, tmp_path):
    whole, adds = (shutil.copytree(folder, tmp_path / folder.name) for folder in two)
    code, people = people_of_first(whole, adds)
    spoil(adds, "issues", people, unit="box")
    assert typed("store", "build", whole, "--out", tmp_path / "store").exit_code == 0
    ended = typed("store", "append", tmp_path / "store", adds)

    assert ended.exit_code == 3, ended.output
    assert code in ended.output.partition("Not audited")[2]


def test_one_faulty_row_takes_no_practice_out(two, tmp_path):
    whole = shutil.copytree(two[0], tmp_path / "whole")
    _, people = people_of_first(whole)
    spoil(whole, "issues", people[:40], unit="box")

    assert typed("store", "build", whole, "--out", tmp_path / "store").exit_code == 0


def test_a_delivery_of_which_nothing_was_read_becomes_no_store(two, tmp_path):
    whole = shutil.copytree(two[0], tmp_path / "whole")
    for part in ("part-000", "part-001"):
        edit_table(
            whole, "patients", lambda t: t.set_column(3, t.schema.field(3), pa.array(["X"] * len(t))), part
        )
    ended = typed("store", "build", whole, "--out", tmp_path / "store")

    assert isinstance(ended.exception, Refusal)
    assert "could a row of part-000/patients.parquet be read" in str(ended.exception)
    assert "sex: it is none of F, M, I, U" in str(ended.exception)
    assert not (tmp_path / "store").exists()
