"""A small simulated delivery, the month that adds to it, and both as one whole delivery."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from imp2art.core.digest import digest_of
from imp2art.flows.simulate_delivery import Wish, simulate_delivery
from imp2art.record.arrow_form import CLEAN_SCHEMAS

UNTIL, NEXT = date(2026, 9, 30), date(2026, 10, 31)
Edit = Callable[[pa.Table], pa.Table]


def simulated(room: Path, people: int = 26_000, seed: int = 11) -> tuple[Path, Path]:
    """A delivery of two parts, and the month after it."""
    wish = Wish(people, seed, UNTIL, 18, 0.4)
    simulate_delivery(room / "whole", wish, room / "adds", processes=1)
    return room / "whole", room / "adds"


def edit_table(delivery: Path, name: str, edit: Edit, part: str = "part-000") -> None:
    """Write a table again as `edit` makes it, with a manifest that knows it."""
    path = delivery / part / f"{name}.parquet"
    pq.write_table(edit(pq.read_table(path)), path)
    tell_files(delivery)


def tell_files(delivery: Path, **changed: object) -> None:
    """The manifest made right for the files as they are, with what else is to be changed in it."""
    told = json.loads((delivery / "manifest.json").read_text()) | changed
    for file in told["files"]:
        path = delivery / file["name"]
        file |= {"rows": pq.ParquetFile(path).metadata.num_rows, "digest": digest_of(path.read_bytes())}
    (delivery / "manifest.json").write_text(json.dumps(told))


def put_together(whole: Path, adds: Path, out: Path) -> Path:
    """One whole delivery of what both hold: as it would have been made a month later."""
    later = json.loads((adds / "manifest.json").read_text())
    told = json.loads((whole / "manifest.json").read_text())
    for file in told["files"]:
        old, new = (pq.read_table(folder / file["name"]) for folder in (whole, adds))
        name = Path(file["name"]).stem
        keys = {"patients": ("patient",), "registrations": ("patient", "start")}.get(name)
        if keys:
            changed = set(zip(*(new[key].to_pylist() for key in keys), strict=True))
            stays = [row not in changed for row in zip(*(old[key].to_pylist() for key in keys), strict=True)]
            old = old.filter(pa.array(stays))
        (out / file["name"]).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.concat_tables([old, new]), out / file["name"], row_group_size=20_000)
    told |= {"taken_on": later["taken_on"], "practices": later["practices"]}
    (out / "manifest.json").write_text(json.dumps(told))
    tell_files(out)
    return out


def clean_tables(delivery: Path, practice: str) -> dict[str, pa.Table]:
    """One practice of a whole delivery as an extract's clean tables, made the plain way."""
    part = next(
        each["part"]
        for each in json.loads((delivery / "manifest.json").read_text())["practices"]
        if each["code"] == practice
    )
    held = {name: pq.read_table(delivery / part / f"{name}.parquet") for name in CLEAN_SCHEMAS}
    mine = held["patients"].filter(pa.compute.equal(held["patients"]["practice"], practice))
    names = {"born": "date_of_birth", "died": "date_of_death", "start": "start_date", "end": "end_date"}
    names |= {"first": "event_first", "last": "event_last", "on": "issue_date", "patient": "patient_id"}
    made = {}
    for name, table in held.items():
        kept = table.filter(pa.compute.is_in(table["patient"], mine["patient"].combine_chunks()))
        columns = {names.get(column, column): kept[column] for column in kept.column_names}
        made[name] = pa.table(
            [
                columns[field.name].cast(field.type)
                if field.name in columns
                else pa.array([None if field.nullable else ""] * len(kept), field.type)
                for field in CLEAN_SCHEMAS[name]
            ],
            schema=CLEAN_SCHEMAS[name],
        )
    return made
