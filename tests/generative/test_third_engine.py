"""A third engine, in SQL, gives the counts of the other two: the bench's rivals are asked the same."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import count
from imp2art.audit.packing.pack import pack_practice
from imp2art.core.period import month_ends
from imp2art.record.delivery_form import DELIVERY_SCHEMAS
from tests.audit_people import LIBRARY, tables_of
from tests.builders import nhs_number
from tests.generative.test_two_engines import practices

BENCH = Path(__file__).parents[2] / "bench"
RULES = tuple(INDICATORS.values())
ENDS = month_ends(date(2026, 7, 31), 5)
KINDS = ("denominator", "numerator", "excluded", "cannot_tell")


def some_people(examples: int):
    """People as the generative test draws them, each under a number of their own."""
    found = []

    @seed(1)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(practices)
    def gather(records):
        found.extend(records)

    gather()
    return [
        replace(record, patient=replace(record.patient, patient_id=f"p{at:05}", nhs_number=nhs_number(at)))
        for at, record in enumerate(found)
    ]


def deliver(tables: dict[str, pa.Table], folder: Path) -> None:
    """The same rows as a delivery of one practice."""
    part = folder / "part-000"
    part.mkdir()

    def write(name: str, **columns) -> None:
        pq.write_table(pa.table(columns, schema=DELIVERY_SCHEMAS[name]), part / f"{name}.parquet")

    def numbers(table: pa.Table) -> list[int]:
        return [int(patient[1:]) for patient in table["patient_id"].to_pylist()]

    patients, spells = tables["patients"], tables["registrations"]
    events, issues = tables["events"], tables["issues"]
    write(
        "patients",
        practice=["A00001"] * len(patients),
        patient=numbers(patients),
        born=patients["date_of_birth"],
        sex=patients["sex"],
        imd_decile=patients["imd_decile"],
        ethnicity=patients["ethnicity"],
        died=patients["date_of_death"],
    )
    write(
        "registrations",
        patient=numbers(spells),
        start=spells["start_date"],
        end=spells["end_date"],
        kind=spells["kind"],
    )
    write(
        "events",
        patient=numbers(events),
        first=events["event_first"],
        last=events["event_last"],
        **{name: events[name] for name in ("system", "code", "value", "unit")},
    )
    write(
        "issues",
        patient=numbers(issues),
        on=issues["issue_date"],
        **{name: issues[name] for name in ("code", "quantity", "unit")},
    )


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory):
    sys.path.insert(0, str(BENCH))
    tables = tables_of(some_people(150))
    folder = tmp_path_factory.mktemp("delivery")
    deliver(tables, folder)
    yield folder, count(pack_practice(tables, RULES, LIBRARY), RULES, ENDS)
    sys.path.remove(str(BENCH))


def test_naive_sql_gives_every_count_of_every_indicator(delivered):
    from rivals import delivered as sql
    from rivals import naive_sql

    folder, ours = delivered
    db = sql.connect(folder)
    parts = sql.gather(db, RULES, LIBRARY)
    rows = list(naive_sql.count(db, RULES, ENDS, parts))
    assert len(rows) == len(RULES) * len(ENDS)
    for slug, on, _, *counts in rows:
        month = ENDS.index(on)
        assert [int(getattr(ours[slug], kind)[month]) for kind in KINDS] == counts, (slug, on)


@pytest.mark.parametrize("rival", ["duckdb_masks", "pandas_loop"])
def test_hand_written_rivals_give_their_six(delivered, rival):
    from importlib import import_module

    folder, ours = delivered
    figures, _ = import_module(f"rivals.{rival}").count(folder, ENDS, LIBRARY)
    rows = figures.to_pylist()
    assert len(rows) == 6 * len(ENDS)
    for row in rows:
        found, month = ours[row["indicator"]], ENDS.index(row["month_end"])
        counts = (int(found.denominator[month]), int(found.numerator[month]))
        assert counts == (row["denominator"], row["numerator"]), row
