"""Writing an extract: the tables as they stream in, the manifest last."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from imp2art.core.refusal import Refusal
from imp2art.extracts.folder import file_digest
from imp2art.extracts.manifest import FORMS, manifest_text
from imp2art.record.extract_schema import (
    EXTRACT_TABLES,
    MANIFEST_NAME,
    ColumnKind,
    ExtractFile,
    ExtractManifest,
    ExtractTable,
)

Form = Literal["csv", "parquet"]
_QUOTED, _BARE = (
    pyarrow.csv.WriteOptions(include_header=False, quoting_style=style) for style in ("needed", "none")
)


def write_extract(
    folder: Path,
    facts: ExtractManifest,
    tables: Mapping[str, Iterable[pa.RecordBatch]],
    form: Form = "csv",
) -> ExtractManifest:
    """Write an extract into a new or empty folder; the answer is `facts` with its files filled in.

    `tables` maps each table name to batches in its form of `CLEAN_SCHEMAS`; whatever `facts.files`
    holds is replaced. The manifest is put in place last and at once: a folder without one is not an
    extract, so an interrupted write leaves none.
    """
    if form not in FORMS:
        raise Refusal(f"An extract's form is one of {', '.join(FORMS)}.")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refusal(f"{folder.name} is not empty. Write an extract into a folder of its own.")
    files = tuple(_write_table(folder, table, tables[table.name], form) for table in EXTRACT_TABLES)
    manifest = replace(facts, files=files)
    _put(folder / MANIFEST_NAME, manifest_text(manifest))
    return manifest


def _write_table(
    folder: Path, table: ExtractTable, batches: Iterable[pa.RecordBatch], form: Form
) -> ExtractFile:
    path = folder / f"{table.name}.{form}"
    write = _write_csv if form == "csv" else _write_parquet
    rows = write(path, table, (_as_written(table, batch) for batch in batches))
    return ExtractFile(path.name, rows, file_digest(path))


def _as_written(table: ExtractTable, batch: pa.RecordBatch) -> pa.RecordBatch:
    """The columns of the file: everything text but the days, which Parquet keeps as days."""
    names = [column.name for column in table.columns]
    columns = [_event_date(batch) if name == "event_date" else batch[name] for name in names]
    return pa.RecordBatch.from_arrays([_text(column) for column in columns], names)


def _text(column: pa.Array) -> pa.Array:
    return column if pa.types.is_date32(column.type) else column.cast(pa.string())


def _event_date(batch: pa.RecordBatch) -> pa.Array:
    """`2026-03-31`, or `2026-03` or `2026` for an entry of which only that much is known."""
    first, last = batch["event_first"], batch["event_last"]
    text = first.cast(pa.string())
    same_month = pc.and_(pc.equal(pc.month(first), pc.month(last)), pc.equal(pc.year(first), pc.year(last)))
    part = pc.if_else(same_month, pc.utf8_slice_codeunits(text, 0, 7), pc.utf8_slice_codeunits(text, 0, 4))
    return pc.if_else(pc.equal(first, last), text, part)


def _write_csv(path: Path, table: ExtractTable, batches: Iterable[pa.RecordBatch]) -> int:
    rows = 0
    with path.open("wb") as sink:
        sink.write((",".join(column.name for column in table.columns) + "\n").encode())
        for batch in batches:
            pyarrow.csv.write_csv(batch, sink, _QUOTED if _needs_quotes(batch) else _BARE)
            rows += batch.num_rows
    return rows


def _needs_quotes(batch: pa.RecordBatch) -> bool:
    texts = [column for column in batch.columns if pa.types.is_string(column.type)]
    return any(pc.any(pc.match_substring_regex(text, '[,"\r\n]')).as_py() for text in texts)


def _write_parquet(path: Path, table: ExtractTable, batches: Iterable[pa.RecordBatch]) -> int:
    rows = 0
    with pq.ParquetWriter(path, _written_schema(table), compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _written_schema(table: ExtractTable) -> pa.Schema:
    kinds = [pa.date32() if column.kind is ColumnKind.DAY else pa.string() for column in table.columns]
    return pa.schema(list(zip([column.name for column in table.columns], kinds, strict=True)))


def _put(path: Path, text: str) -> None:
    """Put a whole file in place at once."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(path)
