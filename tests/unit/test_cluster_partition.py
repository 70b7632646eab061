"""What a worker does with a stream of rows, without any engine."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import count
from imp2art.audit.packing.pack import pack_practice
from imp2art.cluster.partition import Question, count_partition, practices_of
from imp2art.cluster.rows import COUNTED, ROWS, TABLES
from imp2art.codes.library import read_library
from imp2art.core.period import month_ends
from tests.deliveries import TAKEN_ON, long_rows, simulated

LIBRARY = read_library()
QUESTION = Question(tuple(INDICATORS.values()), month_ends(TAKEN_ON, 24), LIBRARY)
MEASURES = ("denominator", "numerator", "excluded", "cannot_tell")


@pytest.fixture(scope="module")
def practices():
    return simulated(3, 300)


@pytest.fixture(scope="module")
def rows(practices) -> pa.Table:
    return pa.concat_tables(long_rows(code, tables) for code, tables in practices.items())


def counted(batches) -> pa.Table:
    return pa.Table.from_batches(count_partition(batches, QUESTION), COUNTED)


def cells_of(table: pa.Table) -> dict[tuple[str, str, date], tuple[int, ...]]:
    return {
        (row["practice"], row["indicator"], row["month_end"]): tuple(row[name] for name in MEASURES)
        for row in table.to_pylist()
    }


def with_value(table: pa.Table, kind: str, column: str, value: object, row: int = 0) -> pa.Table:
    """The rows with another value in one column of the n-th row of a table."""
    at = pc.indices_nonzero(pc.equal(table["kind"], TABLES.index(kind)))[row].as_py()
    field = ROWS.field(column)
    values = table[column].to_pylist()
    values[at] = value
    return table.set_column(ROWS.get_field_index(column), field, pa.array(values, field.type))


@pytest.mark.parametrize("size", [37, 1000, 10**6])
def test_every_cell_is_that_of_the_engine_however_the_batches_are_cut(practices, rows, size):
    expected = {}
    for code, tables in practices.items():
        packed = pack_practice(tables, QUESTION.indicators, LIBRARY)
        for slug, counts in count(packed, QUESTION.indicators, QUESTION.month_ends).items():
            for place, on in enumerate(QUESTION.month_ends):
                expected[code, slug, on] = tuple(int(getattr(counts, name)[place]) for name in MEASURES)
    found = counted(rows.to_batches(max_chunksize=size))
    assert len(found) == len(expected) == 3 * len(INDICATORS) * 24
    assert cells_of(found) == expected
    assert found["fault"].null_count == len(found)


def test_a_task_that_is_run_again_gives_the_same_rows(rows):
    batches = rows.to_batches(max_chunksize=500)
    cut_off = count_partition(batches, QUESTION)
    next(cut_off)
    assert counted(batches) == counted(batches)


def test_one_practice_is_held_at_a_time(rows):
    read: list[pa.RecordBatch] = []

    def stream() -> Iterator[pa.RecordBatch]:
        for batch in rows.to_batches(max_chunksize=100):
            read.append(batch)
            yield batch

    figures = count_partition(stream(), QUESTION)
    first = next(figures)["practice"][0].as_py()
    own = pc.sum(pc.equal(rows["practice"], first)).as_py()
    assert own <= sum(len(batch) for batch in read) <= own + 200


def test_any_kind_of_text_will_do(rows):
    large = rows.cast(
        pa.schema([f.with_type(pa.large_string()) if f.type == pa.string() else f for f in ROWS])
    )
    assert counted(large.to_batches()) == counted(rows.to_batches())


def test_what_is_asked_travels_to_a_worker():
    assert pickle.loads(pickle.dumps(QUESTION)) == QUESTION


def test_only_codes_that_a_rule_reads_need_to_travel():
    assert 0 < len(QUESTION.codes) < len(LIBRARY.all_codes())


@pytest.mark.parametrize("torn", ["begins in the midst", "ends and begins again", "out of order"])
def test_a_practice_that_an_engine_tore_apart_is_never_counted_in_pieces(rows, torn):
    whole = rows.slice(0, 60)
    stream = {
        "begins in the midst": [whole.slice(10)],
        "ends and begins again": [whole.slice(0, 10), rows.slice(len(rows) - 5), whole.slice(10)],
        "out of order": [whole.take(pa.array(list(reversed(range(60)))))],
    }[torn]
    with pytest.raises(ValueError, match="together and in order"):
        list(practices_of(batch for table in stream for batch in table.to_batches()))


@pytest.mark.parametrize(
    ("kind", "column", "value", "told"),
    [
        ("patients", "code", "female", "patients: 1 row with a sex that is none of F, M, I, U"),
        ("patients", "first", None, "patients: 1 row without born"),
        ("patients", "last", date(1890, 1, 1), "patients: 1 row with died before born"),
        ("patients", "value", "11", "patients: 1 row with imd_decile that is not a decile from 1 to 10"),
        ("registrations", "first", None, "registrations: 1 row without start"),
        ("registrations", "last", date(1890, 1, 1), "registrations: 1 row with end before start"),
        ("registrations", "code", "full", "registrations: 1 row with a kind that is none of gms"),
        ("events", "last", None, "events: 1 row without last"),
        ("events", "last", date(1890, 1, 1), "events: 1 row with last before first"),
        ("events", "value", "1e3", "events: 1 row with value that is not a plain decimal number"),
        ("issues", "value", "two", "issues: 1 row with quantity that is not a plain decimal number"),
        ("issues", "unit", "puffs", "issues: 1 row with a unit that is none of device"),
        ("issues", "code", None, "issues: 1 row without code"),
    ],
)
def test_a_faulty_row_is_told_and_its_practice_is_not_counted(practices, kind, column, value, told):
    first, second = list(practices)[:2]
    faulty = with_value(long_rows(first, practices[first]), kind, column, value)
    good = long_rows(second, practices[second])
    found = counted(pa.concat_tables([faulty, good]).to_batches()).to_pylist()
    assert [row["practice"] for row in found if row["fault"]] == [first]
    assert f"practice {first}: " in found[0]["fault"]
    assert told in found[0]["fault"]
    assert {row["practice"] for row in found if row["indicator"]} == {second}


def test_the_same_patient_twice_is_a_fault(practices):
    code = next(iter(practices))
    rows = long_rows(code, practices[code])
    again = with_value(rows, "patients", "patient", rows["patient"][1].as_py())
    (row,) = counted(again.to_batches()).to_pylist()
    assert "patients: 1 row with a patient who has one already" in row["fault"]


def test_rows_of_an_unknown_patient_are_a_fault_that_names_nobody(practices):
    tables = next(iter(practices.values()))
    nobodys = {name: tables[name].slice(0, 0 if name == "patients" else 2) for name in TABLES}
    (row,) = counted(long_rows(None, nobodys).to_batches()).to_pylist()
    assert row["practice"] is None
    assert (
        row["fault"]
        == "; ".join(f"{name}: 2 rows of someone who is not in patients" for name in TABLES[1:]) + "."
    )
    assert not any(patient in row["fault"] for patient in tables["patients"]["patient_id"].to_pylist())


def test_a_worker_with_another_version_counts_nothing(practices):
    code = next(iter(practices))
    question = Question(QUESTION.indicators, QUESTION.month_ends, LIBRARY, code_version="0.0.0")
    (batch,) = count_partition(long_rows(code, practices[code]).to_batches(), question)
    assert "the asker 0.0.0" in batch["fault"][0].as_py()


def test_an_empty_partition_gives_nothing():
    assert list(count_partition([], QUESTION)) == []
    assert list(count_partition([pa.RecordBatch.from_pylist([], ROWS)], QUESTION)) == []
