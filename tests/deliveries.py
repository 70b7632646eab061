"""A small delivery of simulated practices, and the rows that an engine would make of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from imp2art.cluster.rows import MEANING, ROWS, TABLES
from imp2art.codes.library import read_library
from imp2art.core.digest import digest_of
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.delivery_form import DELIVERY_FORMAT, DELIVERY_SCHEMAS
from imp2art.simulate.model import read_model
from imp2art.simulate.practice import simulate_practice

TAKEN_ON = date(2026, 10, 31)
Tables = Mapping[str, pa.Table]


@lru_cache(maxsize=4)
def simulated(practices: int = 4, people: int = 400) -> dict[str, Tables]:
    """The clean tables of simulated practices by their code; a patient's id is a number of its own."""
    model = read_model(read_library(), seed=3, as_at=TAKEN_ON, months=36)
    made = {}
    for outline in model.outlines(practices, people):
        batches = simulate_practice(model, outline).tables
        made[str(outline.code)] = {
            name: numbered(pa.Table.from_batches(batches[name]), 1_000_000 * (outline.index + 1))
            for name in TABLES
        }
    return made


def numbered(table: pa.Table, base: int) -> pa.Table:
    """The table with `patient_id`s that are unique in the delivery."""
    numbers = pc.add(table["patient_id"].cast(pa.int64()), base)
    place = table.schema.get_field_index("patient_id")
    return table.set_column(place, table.schema.field(place), numbers.cast(pa.string()))


def delivered(practice: str, tables: Tables) -> dict[str, pa.Table]:
    """One practice's tables as a delivery has them."""
    return {name: _delivered(practice, tables[name], name) for name in TABLES}


def _delivered(practice: str, table: pa.Table, name: str) -> pa.Table:
    columns = {place.delivered: table[place.clean] for place in MEANING[name]}
    columns["practice"] = pa.array([practice] * len(table), pa.string())
    schema = DELIVERY_SCHEMAS[name]
    return pa.table([columns[field.name].cast(field.type) for field in schema], schema=schema)


def write_delivery(folder: Path, practices: Mapping[str, Tables], parts: int = 2) -> Path:
    """The practices as a delivery in so many parts."""
    files = []
    for part in range(parts):
        chosen = [delivered(code, practices[code]) for code in list(practices)[part::parts]]
        (folder / f"part-{part:03}").mkdir(parents=True)
        for name in TABLES:
            path = folder / f"part-{part:03}" / f"{name}.parquet"
            table = pa.concat_tables(tables[name] for tables in chosen)
            pq.write_table(table, path)
            digest = digest_of(path.read_bytes())
            files.append({"name": f"{path.parent.name}/{path.name}", "rows": len(table), "digest": digest})
    told = {
        "format": DELIVERY_FORMAT,
        "adds": False,
        "taken_on": TAKEN_ON.isoformat(),
        "period_start": "2023-11-01",
        "practices": [{"code": code, "list_size": len(practices[code]["patients"])} for code in practices],
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(told))
    return folder


def edit_table(folder: Path, name: str, edit, part: str = "part-000") -> None:
    """Write a table again as `edit` makes it, and its number of rows into the manifest."""
    path = folder / part / f"{name}.parquet"
    table = edit(pq.read_table(path))
    pq.write_table(table, path)
    told = json.loads((folder / "manifest.json").read_text())
    for file in told["files"]:
        if file["name"] == f"{part}/{name}.parquet":
            file["rows"] = len(table)
    (folder / "manifest.json").write_text(json.dumps(told))


def long_rows(practice: str | None, tables: Tables) -> pa.Table:
    """One practice's clean tables as `ROWS`, numbered."""
    pieces = [_long(practice, tables[name], name) for name in TABLES]
    joined = pa.concat_tables(pieces)
    numbers = pa.array(range(1, len(joined) + 1), pa.int32())
    return joined.set_column(ROWS.get_field_index("row"), ROWS.field("row"), numbers)


def _long(practice: str | None, table: pa.Table, name: str) -> pa.Table:
    held = {place.column: table[place.clean] for place in MEANING[name]}
    held["practice"] = pa.array([practice] * len(table), pa.string())
    held["kind"] = pa.array([TABLES.index(name)] * len(table), pa.int8())
    columns = [held[field.name] if field.name in held else pa.nulls(len(table)) for field in ROWS]
    return pa.table([column.cast(field.type) for column, field in zip(columns, ROWS, strict=True)], ROWS)


def empty_tables() -> dict[str, pa.Table]:
    """The four clean tables without a row."""
    return {name: schema.empty_table() for name, schema in CLEAN_SCHEMAS.items()}
