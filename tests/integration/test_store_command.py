"""`imp2art simulate --delivery` and `imp2art store` as they are typed."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from imp2art.cli.main import app
from imp2art.core.refusal import Refusal


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
