"""Clean rows put aside until a person accepts them: the whole extract is checked before any is kept."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from imp2art.codes.identifiers import Code
from imp2art.core.refusal import Refusal
from imp2art.extracts.manifest import file_of
from imp2art.extracts.reader import Extract
from imp2art.record.arrow_form import CLEAN_SCHEMAS

_BATCH_ROWS = 16_384


@dataclass(frozen=True, slots=True)
class TableCounts:
    """What became of a table's rows: `rows` is the sum of the other three."""

    rows: int
    kept: int
    rejected: int
    left_out: int


@dataclass(frozen=True, slots=True)
class StagedExtract:
    """The clean rows of an extract in a folder of our own."""

    folder: Path
    counts: dict[str, TableCounts]

    def batches(self, table_name: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of a table in the order of the extract; every column or only those named."""
        with pq.ParquetFile(_path(self.folder, table_name), pre_buffer=False) as opened:
            yield from opened.iter_batches(_BATCH_ROWS, columns=list(columns) if columns else None)

    def table(self, table_name: str, codes: frozenset[Code] | None = None) -> pa.Table:
        """The rows of a table as one; with `codes`, only those with one of them."""
        schema = CLEAN_SCHEMAS[table_name]
        if codes is None or "code" not in schema.names:
            return pa.Table.from_batches(self.batches(table_name), schema)
        wanted = pa.array(sorted({str(code) for code in codes}), pa.string())
        kept = (batch.filter(pc.is_in(batch["code"], value_set=wanted)) for batch in self.batches(table_name))
        return pa.Table.from_batches(kept, schema)


def stage_extract(extract: Extract, keep: frozenset[Code], folder: Path) -> StagedExtract:
    """Check every row of the extract and put the clean ones into `folder`.

    `extract.rejects` and `extract.left_out` are complete afterwards.
    """
    folder.mkdir()
    return StagedExtract(folder, {name: _stage(extract, name, keep, folder) for name in CLEAN_SCHEMAS})


def _stage(extract: Extract, name: str, keep: frozenset[Code], folder: Path) -> TableCounts:
    file = file_of(extract.manifest, name)
    kept = 0
    with pq.ParquetWriter(_path(folder, name), CLEAN_SCHEMAS[name], compression="zstd") as writer:
        for batch in extract.clean_batches(name, keep):
            writer.write_batch(batch)
            kept += batch.num_rows
    return TableCounts(file.rows, kept, extract.rejects.rows_of(file.name), extract.left_out[name])


def _path(folder: Path, table_name: str) -> Path:
    return folder / f"{table_name}.parquet"


@contextmanager
def staging_folder(home: Path) -> Iterator[Path]:
    """An empty folder for one import at a time; what a killed import left in it is removed first."""
    room = home / "importing"
    room.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "importing.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal("Another import is running on this site. Wait until it is done.") from None
        shutil.rmtree(room)
        room.mkdir(mode=0o700)
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)
