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

    def people(self, most_rows: int) -> Iterator[pa.Array]:
        """The patient ids in parts, so that each part has about `most_rows` rows in all tables at most."""
        ids = [batch["patient_id"] for batch in self.batches("patients", ["patient_id"])]
        everyone = pa.chunked_array(ids, pa.string()).combine_chunks()
        rows = sum(counts.kept for counts in self.counts.values())
        length = max(1, len(everyone) * most_rows // max(rows, 1))
        for start in range(0, len(everyone), length):
            yield everyone.slice(start, length)

    def table(self, table_name: str, people: pa.Array, codes: pa.Array) -> pa.Table:
        """A table's rows of these people; of events and issues only those with one of the codes."""
        schema = CLEAN_SCHEMAS[table_name]
        wanted = {"patient_id": people, "code": codes}
        batches = self.batches(table_name)
        for column in wanted.keys() & set(schema.names):
            batches = _only(batches, column, wanted[column])
        return pa.Table.from_batches(batches, schema)


def _only(batches: Iterator[pa.RecordBatch], column: str, wanted: pa.Array) -> Iterator[pa.RecordBatch]:
    return (batch.filter(pc.is_in(batch[column], value_set=wanted)) for batch in batches)


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
