"""A delivery as DuckDB tables, for the rivals that speak SQL: only coded rows that some list holds."""

from __future__ import annotations

from decimal import Decimal
from math import lcm
from pathlib import Path

import duckdb
import pyarrow as pa

from imp2art.audit.conditions import DevicesAtLeast, codelists_of
from imp2art.audit.indicator import Indicator
from imp2art.codes.identifiers import DmdCode
from imp2art.codes.library import Library
from imp2art.record.devices import devices_of
from imp2art.record.events import IssueUnit

MOST_DEVICES = 1000


def connect(delivery: Path, threads: int = 2) -> duckdb.DuckDBPyConnection:
    """The four tables of the delivery as views."""
    found = duckdb.connect(config={"threads": threads})
    for table in ("patients", "registrations", "events", "issues"):
        found.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{delivery}/part-*/{table}.parquet')"
        )
    return found


def gather(db: duckdb.DuckDBPyConnection, indicators: tuple[Indicator, ...], library: Library) -> int:
    """Make `entries(patient, slug, first, last, value, parts)`; the parts that make one inhaler."""
    atoms = [atom for indicator in indicators for atom in indicator.atoms]
    slugs = sorted({slug for atom in atoms for slug in codelists_of(atom)})
    rows = [(slug, str(code.system), str(code)) for slug in slugs for code in library.codelist(slug)]
    columns = list(zip(*rows, strict=True))
    lists = pa.table({"slug": columns[0], "system": columns[1], "code": columns[2]})
    db.execute("CREATE TABLE lists AS SELECT * FROM lists")
    parts = _weigh(db, {atom.codelist for atom in atoms if isinstance(atom, DevicesAtLeast)}, library)
    db.execute(
        """CREATE TABLE entries AS
        SELECT patient, slug, first, last, TRY_CAST(value AS DECIMAL(18, 6)) AS value, NULL::BIGINT AS parts
        FROM events JOIN lists USING (system, code)
        UNION ALL
        SELECT patient, slug, "on", "on", NULL, weights.parts
        FROM issues JOIN lists ON lists.system = 'dmd' AND lists.code = issues.code
        LEFT JOIN weights ON weights.code = issues.code AND weights.unit = issues.unit
            AND weights.quantity IS NOT DISTINCT FROM issues.quantity"""
    )
    return parts


def _weigh(db: duckdb.DuckDBPyConnection, counted: set[str], library: Library) -> int:
    """Make `weights(code, quantity, unit, parts)`: the inhalers of every different issue."""
    codes = [str(code) for slug in sorted(counted) for code in library.codelist(slug)]
    wanted = pa.table({"code": sorted(set(codes))})
    different = db.execute(
        "SELECT DISTINCT code, quantity, unit FROM issues WHERE code IN (SELECT code FROM wanted)"
    ).fetchall()
    found = [
        devices_of(library.medicine(DmdCode(code)), Decimal(quantity) if quantity else None, IssueUnit(unit))
        for code, quantity, unit in different
    ]
    parts = lcm(*(devices.denominator for devices in found if devices is not None))
    weights = pa.table(
        {
            "code": [row[0] for row in different],
            "quantity": pa.array([row[1] for row in different], pa.string()),
            "unit": [row[2] for row in different],
            "parts": pa.array(
                [None if each is None else int(min(each, MOST_DEVICES) * parts) for each in found], pa.int64()
            ),
        }
    )
    db.execute("CREATE TABLE weights AS SELECT * FROM weights")
    return parts
