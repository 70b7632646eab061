"""A simulated delivery: seeded, whole without the month that adds to it, and true to its form."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from imp2art.core.refusal import Refusal
from imp2art.extracts.delivery_manifest import read_delivery_manifest
from imp2art.flows.simulate_delivery import Wish, simulate_delivery
from imp2art.record.delivery_form import DELIVERY_SCHEMAS
from imp2art.simulate.pseudonyms import pseudonyms

UNTIL, NEXT = date(2026, 9, 30), date(2026, 10, 31)
WISH = Wish(people=14_000, seed=5, until=UNTIL, months=24, noise=0.5)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    room = tmp_path_factory.mktemp("deliveries")
    simulate_delivery(room / "first", WISH, room / "next", processes=1)
    return room / "first", room / "next"


def table(folder: Path, name: str) -> pa.Table:
    return pa.concat_tables(pq.read_table(path) for path in sorted(folder.glob(f"part-*/{name}.parquet")))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def test_the_same_wish_gives_the_same_bytes_with_or_without_the_month_after(made, tmp_path):
    simulate_delivery(tmp_path / "again", WISH, processes=1)

    assert bytes_of(tmp_path / "again") == bytes_of(made[0])


def test_another_seed_gives_other_people(made, tmp_path):
    simulate_delivery(tmp_path / "other", Wish(14_000, 6, UNTIL, 24, 0.5), processes=1)

    ours, others = (set(table(f, "patients")["patient"].to_pylist()) for f in (made[0], tmp_path / "other"))
    assert not ours & others


@pytest.mark.parametrize("name", list(DELIVERY_SCHEMAS))
def test_each_table_has_the_form_of_a_delivery(made, name):
    for folder in made:
        held = table(folder, name).schema
        assert held.names == DELIVERY_SCHEMAS[name].names
        assert [held.field(f.name).nullable for f in DELIVERY_SCHEMAS[name]] == [
            f.nullable for f in DELIVERY_SCHEMAS[name]
        ]
        assert held.types == DELIVERY_SCHEMAS[name].types


def test_pseudonyms_are_unique_and_in_no_order():
    numbers = pseudonyms(seed=1, first=10, count=100_000)

    assert len(np.unique(numbers)) == 100_000
    assert 0.4 < (np.diff(numbers) > 0).mean() < 0.6


def test_the_delivery_knows_nothing_of_what_came_after_its_day(made):
    patients, spells = table(made[0], "patients"), table(made[0], "registrations")

    assert pc.max(table(made[0], "events")["first"]).as_py() <= UNTIL
    assert pc.max(table(made[0], "issues")["on"]).as_py() <= UNTIL
    assert pc.max(spells["start"]).as_py() <= UNTIL
    assert pc.max(spells["end"]).as_py() <= UNTIL
    assert pc.max(patients["died"]).as_py() <= UNTIL


def test_the_month_after_holds_what_is_new_and_what_changed(made):
    first, after = (table(folder, "patients") for folder in made)
    known = pc.is_in(after["patient"], first["patient"].combine_chunks())

    died = after.filter(known)["died"]
    assert died.null_count == 0
    assert pc.min(died).as_py() > UNTIL
    spells = table(made[1], "registrations")
    changed = pc.or_kleene(pc.greater(spells["start"], UNTIL), pc.greater(spells["end"], UNTIL))
    assert pc.all(changed).as_py()
    assert pc.min(table(made[1], "issues")["on"]).as_py() > UNTIL


def test_every_row_is_somebody_s(made):
    everyone: set[int] = set()
    for folder in made:
        everyone |= set(table(folder, "patients")["patient"].to_pylist())
        for name in ("registrations", "events", "issues"):
            assert set(table(folder, name)["patient"].to_pylist()) <= everyone


def test_a_practice_is_whole_in_one_part_and_its_rows_are_in_the_order_of_days(made):
    manifest, _ = read_delivery_manifest(made[0])
    for part in manifest.parts:
        held = pq.read_table(made[0] / part / "patients.parquet")["practice"].unique().to_pylist()
        assert held == [practice.code for practice in manifest.practices if practice.part == part]
    days = pq.read_table(made[0] / manifest.parts[0] / "issues.parquet")["on"].to_numpy()
    practices = sum(practice.part == manifest.parts[0] for practice in manifest.practices)
    assert (np.diff(days.astype(np.int64)) < 0).sum() == practices - 1


def test_the_list_size_is_who_is_registered_and_alive(made):
    manifest, _ = read_delivery_manifest(made[0])
    spells = table(made[0], "registrations").filter(pc.equal(table(made[0], "registrations")["kind"], "gms"))
    current = spells.filter(pc.is_null(spells["end"]))["patient"].to_pylist()
    dead = set(
        table(made[0], "patients")
        .filter(pc.is_valid(table(made[0], "patients")["died"]))["patient"]
        .to_pylist()
    )

    assert sum(practice.list_size for practice in manifest.practices) == len(set(current) - dead)


def test_people_without_asthma_have_entries_that_some_indicator_reads(made):
    from imp2art.audit.definitions import INDICATORS
    from imp2art.audit.packing.kinds import needed_codes
    from imp2art.codes.library import read_library

    codes = {str(code) for code in needed_codes(INDICATORS.values(), read_library())}
    diagnosed = {str(code) for code in read_library().codelist("asthma-diagnosis")}
    events, issues = table(made[0], "events"), table(made[0], "issues")
    asthma = set(events.filter(pc.is_in(events["code"], pa.array(sorted(diagnosed))))["patient"].to_pylist())
    read = issues.filter(pc.is_in(issues["code"], pa.array(sorted(codes))))["patient"].to_pylist()

    assert set(read) - asthma


def test_a_folder_that_is_there_is_never_written_into(made):
    with pytest.raises(Refusal, match="is there already"):
        simulate_delivery(made[0], WISH, processes=1)


def test_a_day_within_a_month_is_refused(tmp_path):
    with pytest.raises(Refusal, match="last day of a month"):
        simulate_delivery(tmp_path / "new", Wish(100, 1, date(2026, 9, 29), 12, 0.0), processes=1)
    assert not (tmp_path / "new").exists()


def test_the_mark_says_that_nobody_is_real(made):
    assert "No real person" in json.loads((made[0] / "simulation.json").read_text())["people"]
