"""Small extracts on disk for the tests: a right one, and the ways in which it is then made wrong.

Everyone in it is synthetic; the NHS numbers are of the range that is never issued.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from imp2art.core.identifiers import PracticeCode
from imp2art.extracts.reader import Extract, open_extract
from imp2art.extracts.rejects import Reject
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.extract_schema import EXTRACT_FORMAT, ExtractManifest

PRACTICE = PracticeCode("A12345")
TAKEN_ON = date(2026, 10, 31)
NHS_NUMBERS = ("9000000009", "9000000017", "9000000025", "9000000033", "9000000041")
ASTHMA, RESOLVED, SALBUTAMOL = "195967001", "162660004", "3214311000001108"
FACTS = ExtractManifest(
    EXTRACT_FORMAT, PRACTICE, "Test Surgery", "England", "EMIS", date(2023, 11, 1), TAKEN_ON, ()
)

RIGHT: Mapping[str, str] = {
    "patients": (
        "patient_id,nhs_number,date_of_birth,sex,given_name,family_name,imd_decile,ethnicity,language,date_of_death\n"
        "p1,9000000009,1980-02-29,F,Ada,O'Brien,3,A,ur,\n"
        "p2,9000000017,2015-06-01,M,Ólafur,Śmith,,,,\n"
    ),
    "registrations": "patient_id,start_date,end_date,kind\np1,2001-01-01,,gms\np2,2015-06-02,,gms\n",
    "events": (
        "patient_id,event_date,system,code,value,unit\n"
        f"p1,2020-05-01,snomed,{ASTHMA},,\n"
        "p1,2026-01,readv2,H33..,,\n"
        f"p2,2026-01-05,snomed,{ASTHMA},480,L/min\n"
    ),
    "issues": (
        "patient_id,issue_date,code,quantity,unit,directions\n"
        f'p1,2026-09-01,{SALBUTAMOL},1,device,"2 puffs when needed, at most 8"\n'
        f"p2,2026-09-02,{SALBUTAMOL},200,dose,\n"
    ),
}


def write_files(folder: Path, changed: Mapping[str, bytes | str] | None = None, **facts: object) -> Path:
    """A right extract in CSV, with these tables in the place of the right ones and these facts changed.

    The manifest fits the bytes: digests and row counts are made from the files as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for table, text in {**RIGHT, **(changed or {})}.items():
        content = text.encode() if isinstance(text, str) else text
        (folder / f"{table}.csv").write_bytes(content)
        files.append(entry(f"{table}.csv", content))
    return write_manifest(folder, files=files, **facts)


def write_parquet_files(folder: Path, changed: Mapping[str, pa.Table]) -> Path:
    """The right extract with these tables as Parquet instead."""
    import pyarrow.parquet as pq

    write_files(folder)
    files = []
    for table in RIGHT:
        path = folder / f"{table}.csv"
        if table in changed:
            path.unlink()
            path = folder / f"{table}.parquet"
            pq.write_table(changed[table], path)
        rows = changed[table].num_rows if table in changed else None
        files.append(entry(path.name, path.read_bytes(), rows))
    return write_manifest(folder, files=files)


def write_manifest(folder: Path, **facts: object) -> Path:
    """The manifest of `FACTS` with these changed; a fact of None is left out. Answers the folder."""
    told: dict[str, object] = {
        "format": EXTRACT_FORMAT,
        "practice": "A12345",
        "practice_name": "Test Surgery",
        "nation": "England",
        "system": "EMIS",
        "period_start": "2023-11-01",
        "taken_on": "2026-10-31",
        **facts,
    }
    text = json.dumps({key: value for key, value in told.items() if value is not None})
    (folder / "manifest.json").write_text(text)
    return folder


def entry(name: str, content: bytes, rows: int | None = None) -> dict[str, object]:
    """A file as the manifest states it."""
    counted = max(0, content.rstrip(b"\r\n").count(b"\n")) if rows is None else rows
    return {"name": name, "rows": counted, "digest": "sha256:" + sha256(content).hexdigest()}


def rows_of(extract: Extract, table: str) -> list[dict[str, object]]:
    """The clean rows of a table."""
    return [row for batch in extract.clean_batches(table, None) for row in batch.to_pylist()]


def faults_in(folder: Path, table: str) -> list[tuple[int, str, str]]:
    """(row, column, reason) of every reject of one table."""
    extract = open_extract(folder)
    rows_of(extract, table)
    return [(fault.row, fault.column, fault.reason) for fault in sorted(extract.rejects)]


def rejects_of(folder: Path) -> list[Reject]:
    """Every reject of every table."""
    extract = open_extract(folder)
    for table in CLEAN_SCHEMAS:
        rows_of(extract, table)
    return sorted(extract.rejects)


def batches(table: str, rows: Iterable[Mapping[str, object]]) -> list[pa.RecordBatch]:
    """Clean rows as one batch."""
    return [pa.RecordBatch.from_pylist(list(rows), schema=CLEAN_SCHEMAS[table])]
