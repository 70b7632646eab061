"""From a delivery to a store and to figures: exact, whole or not at all; a month is as good as a build."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from imp2art.audit.engine import count
from imp2art.audit.nation import NationCounts
from imp2art.audit.packing.compact_months import joined
from imp2art.audit.packing.pack import pack_practice
from imp2art.codes.library import Library, read_library
from imp2art.core.refusal import Refusal
from imp2art.extracts.delivery_store import read_part, read_store
from imp2art.flows.audit_nation import AuditedNation, audit_nation, write_figures
from imp2art.flows.build_store import add_to_store, build_store
from imp2art.flows.check_nation import check_by_twin
from tests.national import clean_tables, edit_table, put_together, simulated, tell_files

MEASURES = ("denominator", "numerator", "excluded", "cannot_tell")
LIBRARY = read_library()


class Room:
    """What the tests of this file share: two deliveries, the two as one, and the stores of them."""

    def __init__(self, folder: Path) -> None:
        self.whole, self.adds = simulated(folder)
        self.both = put_together(self.whole, self.adds, folder / "both")
        self.store, self.grown, self.anew = (folder / name for name in ("store", "grown", "anew"))
        build_store(self.whole, self.store, LIBRARY)
        shutil.copytree(self.store, self.grown)
        add_to_store(self.grown, self.adds, LIBRARY)
        build_store(self.both, self.anew, LIBRARY)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(tmp_path_factory.mktemp("national"))


@pytest.fixture
def whole(room: Room, tmp_path: Path) -> Path:
    """A copy of the delivery, to be spoilt."""
    return Path(shutil.copytree(room.whole, tmp_path / "whole"))


@pytest.fixture
def store(room: Room, tmp_path: Path) -> Path:
    """A copy of the store, to be spoilt."""
    return Path(shutil.copytree(room.store, tmp_path / "store"))


def same(one: NationCounts, other: NationCounts) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in MEASURES)


def rejected(store: Path) -> list[dict[str, str]]:
    (path,) = store.glob("rejects-*.csv")
    with path.open(newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_practice_counts_as_when_it_is_packed_alone(room):
    audited = audit_nation(room.store, LIBRARY, 24)

    for place, practice in enumerate(audited.counts.practices):
        alone = pack_practice(clean_tables(room.whole, practice), audited.indicators, LIBRARY)
        counted = count(alone, audited.indicators, audited.counts.month_ends)
        for at, slug in enumerate(audited.counts.slugs):
            for name in MEASURES:
                together = getattr(audited.counts, name)[at, :, place]
                assert together.tolist() == getattr(counted[slug], name).tolist(), (practice, slug, name)


def test_a_store_and_a_month_count_as_one_built_from_both(room):
    grown, anew = (audit_nation(store, LIBRARY, 24) for store in (room.grown, room.anew))

    assert grown.counts.month_ends[-1] == date(2026, 10, 31)
    assert same(grown.counts, anew.counts)
    assert grown.counts.numerator[:, -1].sum() > 0


def test_the_packs_themselves_are_the_same_but_for_the_order_of_people(room):
    for grown, anew in zip(read_store(room.grown).parts, read_store(room.anew).parts, strict=True):
        one = joined(*read_part(room.grown, read_store(room.grown), grown))
        other = joined(*read_part(room.anew, read_store(room.anew), anew))
        assert one.bounds.tolist() == other.bounds.tolist()
        assert np.array_equal(one.other_start, other.other_start)
        assert np.array_equal(one.other_end, other.other_end)
        assert np.array_equal(np.sort(one.born), np.sort(other.born))
        assert len(one.kind) == len(other.kind)
        assert len(one.partial_row) == len(other.partial_row)


def test_a_month_writes_nothing_but_itself(room):
    for part in read_store(room.grown).parts:
        for file in (room.store / part.name / "base").iterdir():
            assert (room.grown / part.name / "base" / file.name).read_bytes() == file.read_bytes()
        assert [layer.name for layer in part.layers] == ["base", "2026-10-31"]


def test_the_slow_twin_finds_the_same_in_the_deliveries(room):
    audited = audit_nation(room.grown, LIBRARY, 2)
    small = AuditedNation(
        audited.store, audited.indicators[:6], *audited_of(audited, 6), audited.not_configured
    )

    found = check_by_twin(small.counts, small.indicators, room.grown, [room.whole, room.adds], LIBRARY, 1)

    assert found.people > 1000
    assert found.counts == 2 * 6 * 4
    assert found.differences == 0


def audited_of(audited: AuditedNation, most: int) -> tuple[NationCounts, np.ndarray]:
    counts = audited.counts
    tables = (getattr(counts, name)[:most] for name in MEASURES)
    return NationCounts(counts.slugs[:most], counts.month_ends, counts.practices, *tables), audited.counted[
        :most
    ]


def test_the_slow_twin_sees_a_count_that_is_wrong(room):
    audited = audit_nation(room.store, LIBRARY, 1)
    counts, _ = audited_of(audited, 1)
    counts.numerator[0, 0, 0] += 1

    assert (
        check_by_twin(counts, audited.indicators[:1], room.store, [room.whole], LIBRARY, 1).differences == 1
    )


def test_the_slow_twin_asks_for_the_deliveries_that_the_store_was_built_from(room):
    audited = audit_nation(room.store, LIBRARY, 1)

    with pytest.raises(Refusal, match="built from other deliveries"):
        check_by_twin(audited.counts, audited.indicators, room.store, [room.adds], LIBRARY, 1)


def test_figures_percentiles_and_ranks_are_written_together(room, tmp_path):
    audited = audit_nation(room.store, LIBRARY, 3)

    rows = write_figures(audited, tmp_path / "out")

    figures = pq.read_table(tmp_path / "out" / "figures.parquet").to_pylist()
    assert len(figures) == rows == int(audited.counted.sum()) * 3
    newest = [
        row for row in figures if row["indicator"] == "saba-3" and row["month_end"] == date(2026, 9, 30)
    ]
    rates = [row["numerator"] / row["denominator"] for row in newest]
    assert [row["rate"] for row in newest] == rates
    assert [row["rank"] for row in newest] == [sum(other < rate for other in rates) + 1 for rate in rates]
    bands = pq.read_table(tmp_path / "out" / "percentiles.parquet").to_pylist()
    (band,) = [b for b in bands if b["indicator"] == "saba-3" and b["month_end"] == date(2026, 9, 30)]
    assert [band[f"p{p}"] for p in (10, 50, 90)] == pytest.approx(np.percentile(rates, (10, 50, 90)).tolist())
    assert len((tmp_path / "out" / "figures.csv").read_text().splitlines()) == rows + 1
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert told["indicators"]["saba-3"].startswith("sha256:")


def test_an_indicator_of_one_nation_is_counted_there_alone(room):
    audited = audit_nation(room.store, LIBRARY, 1)
    at = audited.counts.slugs.index("qof-ast007")
    nations = {practice.code: practice.nation for practice in audited.store.practices}

    assert audited.counted[at].tolist() == [nations[code] == "England" for code in audited.counts.practices]


def test_the_same_store_gives_the_same_bytes(room, tmp_path):
    for name in ("one", "other"):
        write_figures(
            audit_nation(room.store, LIBRARY, 2, workers=1 if name == "one" else 2), tmp_path / name
        )

    for file in (tmp_path / "one").iterdir():
        assert (tmp_path / "other" / file.name).read_bytes() == file.read_bytes()


def add_row(table: pa.Table, **cells: object) -> pa.Table:
    row = table.slice(0, 1).to_pylist()[0] | cells
    return pa.concat_tables([table, pa.Table.from_pylist([row], schema=table.schema)])


LISTED = "195967001"  # asthma


@pytest.mark.parametrize(
    ("name", "cells", "column", "reason"),
    [
        ("patients", {"patient": 1, "sex": "X"}, "sex", "none of F, M, I, U"),
        ("patients", {"patient": 1, "practice": "Z99999"}, "practice", "no such practice"),
        ("patients", {"patient": 1, "born": date(2026, 10, 1)}, "born", "after the day of the delivery"),
        (
            "patients",
            {"patient": 1, "born": date(2000, 1, 1), "died": date(1999, 1, 1)},
            "died",
            "before the day",
        ),
        ("patients", {"patient": 1, "imd_decile": 11}, "imd_decile", "not from 1 to 10"),
        ("patients", {"patient": 1, "ethnicity": "?"}, "ethnicity", "no letter"),
        ("patients", {}, "patient", "has a row already"),
        ("registrations", {"patient": 1}, "patient", "not in patients"),
        ("registrations", {"kind": "guest"}, "kind", "none of gms"),
        ("registrations", {"start": date(2026, 9, 2), "end": date(2026, 9, 1)}, "end", "before the start"),
        ("events", {"code": LISTED, "patient": 1}, "patient", "not in patients"),
        (
            "events",
            {"code": LISTED, "first": date(2026, 10, 1), "last": date(2026, 10, 1)},
            "first",
            "after the day",
        ),
        (
            "events",
            {"code": LISTED, "first": date(2020, 2, 1), "last": date(2020, 1, 1)},
            "last",
            "before the first",
        ),
        ("events", {"code": "443117005", "value": "1e3", "unit": "{score}"}, "value", "digits"),
        ("events", {"code": "443117005", "value": "19", "unit": "apples"}, "unit", "may use"),
        ("issues", {"code": "39113611000001102", "unit": "box"}, "unit", "none of device"),
        ("issues", {"code": "39113611000001102", "quantity": "2,5"}, "quantity", "digits"),
        ("issues", {"code": "39113611000001102", "on": date(1066, 10, 14)}, "on", "no day from 1880"),
    ],
)
def test_a_faulty_row_is_named_and_in_no_figure(room, whole, tmp_path, name, cells, column, reason):
    edit_table(whole, name, lambda table: add_row(table, **cells))
    last = pq.ParquetFile(whole / "part-000" / f"{name}.parquet").metadata.num_rows

    built = build_store(whole, tmp_path / "faulty", LIBRARY)

    (found,) = rejected(tmp_path / "faulty")
    assert built.rejected == 1
    assert (found["file"], found["row"], found["column"]) == (f"part-000/{name}.parquet", str(last), column)
    assert reason in found["reason"]
    assert same(
        audit_nation(tmp_path / "faulty", LIBRARY, 3).counts, audit_nation(room.store, LIBRARY, 3).counts
    )


def test_a_row_whose_code_no_rule_reads_is_not_looked_at(room, whole, tmp_path):
    edit_table(whole, "events", lambda table: add_row(table, patient=1, code="22298006"))

    assert build_store(whole, tmp_path / "new", LIBRARY).rejected == 0


def test_a_delivery_written_by_another_program_counts_the_same(room, whole, tmp_path):
    """Large texts, columns that may be empty, small row groups, no dictionaries."""
    for path in whole.glob("part-*/*.parquet"):
        table = pq.read_table(path)
        kinds = [pa.large_string() if pa.types.is_string(f.type) else f.type for f in table.schema]
        loose = pa.schema([pa.field(f.name, k) for f, k in zip(table.schema, kinds, strict=True)])
        pq.write_table(table.cast(loose), path, row_group_size=7_777, use_dictionary=False)
    tell_files(whole)

    build_store(whole, tmp_path / "new", LIBRARY)

    assert same(
        audit_nation(tmp_path / "new", LIBRARY, 3).counts, audit_nation(room.store, LIBRARY, 3).counts
    )


def test_a_delivery_with_a_file_that_was_changed_is_refused(whole, tmp_path):
    with (whole / "part-001" / "issues.parquet").open("ab") as opened:
        opened.write(b"x")

    with pytest.raises(Refusal, match=r"part-001/issues\.parquet: its bytes are not those"):
        build_store(whole, tmp_path / "new", LIBRARY)
    assert list(tmp_path.iterdir()) == [whole]


def test_a_delivery_without_a_file_is_refused(whole, tmp_path):
    (whole / "part-000" / "events.parquet").unlink()

    with pytest.raises(Refusal, match="is not there"):
        build_store(whole, tmp_path / "new", LIBRARY)


def test_a_delivery_with_another_column_is_refused(whole, tmp_path):
    edit_table(whole, "patients", lambda table: table.rename_columns(["gp", *table.column_names[1:]]))

    with pytest.raises(Refusal, match="its columns must be these"):
        build_store(whole, tmp_path / "new", LIBRARY)


def test_a_delivery_with_a_column_of_another_type_is_refused(whole, tmp_path):
    edit_table(whole, "issues", lambda t: t.set_column(1, "on", t["on"].cast(pa.string())))

    with pytest.raises(Refusal, match="on is string, and must be date32"):
        build_store(whole, tmp_path / "new", LIBRARY)


def test_a_file_that_is_no_parquet_is_refused(whole, tmp_path):
    from imp2art.core.digest import digest_of

    path = whole / "part-000" / "events.parquet"
    path.write_bytes(b"not Parquet")
    told = json.loads((whole / "manifest.json").read_text())
    next(f for f in told["files"] if f["name"] == "part-000/events.parquet")["digest"] = digest_of(
        b"not Parquet"
    )
    (whole / "manifest.json").write_text(json.dumps(told))

    with pytest.raises(Refusal, match="is no Parquet file"):
        build_store(whole, tmp_path / "new", LIBRARY)


def test_a_delivery_that_only_adds_is_no_beginning(room, tmp_path):
    with pytest.raises(Refusal, match="only adds to an earlier delivery"):
        build_store(room.adds, tmp_path / "new", LIBRARY)


def test_a_store_is_not_written_over_anything_else(room, tmp_path):
    (tmp_path / "letters.txt").write_text("dear")

    with pytest.raises(Refusal, match="holds what is no store's"):
        build_store(room.whole, tmp_path, LIBRARY)


def test_a_store_takes_the_place_of_an_earlier_one(room, store):
    build_store(room.both, store, LIBRARY)

    assert read_store(store).taken_on == date(2026, 10, 31)


def test_a_whole_delivery_is_not_appended(room, store):
    with pytest.raises(Refusal, match="is a whole delivery"):
        add_to_store(store, room.whole, LIBRARY)


def test_a_month_that_does_not_follow_is_refused(room):
    with pytest.raises(Refusal, match=r"The store ends on 2026-10-31 and .* begins on 2026-10-01"):
        add_to_store(room.grown, room.adds, LIBRARY)


def test_a_month_of_other_practices_is_refused(room, store, tmp_path):
    adds = Path(shutil.copytree(room.adds, tmp_path / "adds"))
    told = json.loads((adds / "manifest.json").read_text())
    tell_files(adds, practices=told["practices"][::-1])

    with pytest.raises(Refusal, match="has other practices than the store"):
        add_to_store(store, adds, LIBRARY)


def test_a_patient_who_is_suddenly_in_another_practice_is_set_aside(room, store, tmp_path):
    adds = Path(shutil.copytree(room.adds, tmp_path / "adds"))
    first, second, *_ = read_store(store).practices_of("part-000")
    known = pq.read_table(room.whole / "part-000" / "patients.parquet").slice(0, 1)
    assert known["practice"].to_pylist() == [first]
    moved = known.set_column(0, known.schema.field(0), pa.array([second]))
    edit_table(adds, "patients", lambda table: pa.concat_tables([table, moved.cast(table.schema)]))

    assert add_to_store(store, adds, LIBRARY).rejected == 1


def test_a_store_whose_bytes_changed_is_refused(room, store):
    path = store / "part-001" / "base" / "pack.bin"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(Refusal, match=r"pack\.bin is not what was written"):
        audit_nation(store, LIBRARY, 1)


def test_a_store_that_was_built_with_other_codelists_is_refused(room):
    lists = dict(LIBRARY.lists)
    lists["asthma-review"] = LIBRARY.lists["asthma-plan"]

    with pytest.raises(Refusal, match="built before the codelists asthma-review became what they are"):
        audit_nation(room.store, Library(lists, LIBRARY.medicines, LIBRARY.unfilled), 1)


def test_what_is_no_store_is_refused(tmp_path):
    with pytest.raises(Refusal, match="is no store"):
        audit_nation(tmp_path, LIBRARY, 1)
