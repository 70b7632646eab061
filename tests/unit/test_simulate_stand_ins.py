"""Made-up codes for what no public source has codes for: asked for, named as such, and nowhere else."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from imp2art.cli.main import app
from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.identifiers import SnomedCode
from imp2art.codes.library import fill_slots, read_library
from imp2art.codes.slots import SLOTS
from imp2art.core.refusal import Refusal
from imp2art.flows.simulate_practices import simulate_practices
from imp2art.simulate.made_up import NOBODYS
from imp2art.simulate.model import read_model
from imp2art.simulate.practice import simulate_practice
from imp2art.simulate.stand_ins import stand_in_lists, with_stand_ins

LIBRARY = read_library()
MADE_UP = {str(code) for each in stand_in_lists() for code in each}


def test_each_slot_has_one_code_of_its_own_in_a_namespace_that_nobody_was_given():
    assert [each.slug for each in stand_in_lists()] == list(SLOTS)
    assert len(MADE_UP) == len(SLOTS)
    assert all(code[-10:-3] == NOBODYS for code in MADE_UP)


def test_the_projects_own_lists_hold_none_of_them():
    assert not MADE_UP & {str(code) for code in LIBRARY.all_codes()}


def test_with_them_no_list_is_unfilled_and_what_is_made_of_them_has_their_codes():
    filled = with_stand_ins(LIBRARY)
    (feno,) = filled.codelist("feno")
    assert filled.unfilled == {}
    assert feno in filled.codelist("asthma-test-adult")
    assert filled.codelist("asthma-review").digest == LIBRARY.codelist("asthma-review").digest


def test_a_list_that_a_site_brought_in_stays():
    own = Codelist(
        "feno", "FeNO", {SnomedCode("394700004"): ""}, Provenance("a site", "1", "2026-01-01", "F")
    )
    assert list(with_stand_ins(fill_slots(LIBRARY, [own])).codelist("feno")) == [SnomedCode("394700004")]


def test_only_an_empty_slot_can_be_filled():
    with pytest.raises(Refusal, match="asthma-review is no empty slot"):
        fill_slots(LIBRARY, [LIBRARY.codelist("asthma-review")])


def made(library) -> dict[str, pa.RecordBatch]:
    model = read_model(library, 1, date(2026, 10, 31), 24)
    practice = simulate_practice(model, model.outlines(1, people=4000)[0])
    return {name: batches[0] for name, batches in practice.tables.items()}


def test_they_add_entries_and_change_nothing_else():
    without, with_them = made(LIBRARY), made(with_stand_ins(LIBRARY))
    added = [row for row in with_them["events"].to_pylist() if row["code"] in MADE_UP]
    rest = [row for row in with_them["events"].to_pylist() if row["code"] not in MADE_UP]
    assert len({row["code"] for row in added}) >= 4
    assert sorted(map(str, rest)) == sorted(map(str, without["events"].to_pylist()))
    assert with_them["issues"] == without["issues"]


def test_the_command_writes_lists_that_an_import_takes(tmp_path):
    words = ("--people", 2000, "--months", 24, "--as-at", "2026-10-31", "--stand-ins")
    ended = typed(tmp_path, "simulate", "--out", tmp_path / "out", *words)
    assert ended.exit_code == 0, ended.output
    codes = set(pq.read_table(tmp_path / "out" / "SIM00001" / "events.parquet")["code"].to_pylist())
    assert codes & MADE_UP
    file = tmp_path / "out" / "codelists" / "wheeze.csv"
    ended = typed(tmp_path, "codelists", "import", file, "--as", "wheeze", "--dated", "2026-10-31")
    assert "1 codes added" in ended.output


def test_an_earlier_simulations_lists_go_when_it_is_made_anew_without_them(tmp_path):
    for stand_ins in (True, False):
        simulate_practices(tmp_path, 1, 1, date(2026, 10, 31), 12, people=300, stand_ins=stand_ins)
    assert not (tmp_path / "codelists").exists()


def test_a_delivery_can_have_them_too(tmp_path):
    words = ("--delivery", "--people", 1500, "--months", 14, "--as-at", "2026-09-30", "--noise", 0)
    ended = typed(tmp_path, "simulate", "--out", tmp_path / "in", "--stand-ins", *words)
    assert ended.exit_code == 0, ended.output
    parts = (tmp_path / "in").glob("part-*/events.parquet")
    assert any(set(pq.read_table(part)["code"].to_pylist()) & MADE_UP for part in parts)
    assert (tmp_path / "in" / "codelists" / "feno.csv").is_file()
    assert json.loads((tmp_path / "in" / "manifest.json").read_text())["practices"]


def typed(home, *words: object):
    return CliRunner().invoke(app, [*map(str, words)], env={"IMP2ART_HOME": str(home / "home")})
