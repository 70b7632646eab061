"""Writing a part of a delivery: rows of practice after practice, in row groups of about a million."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from imp2art.extracts.folder import file_digest
from imp2art.record.delivery_form import DELIVERY_SCHEMAS
from imp2art.record.extract_schema import ExtractFile

ROW_GROUP = 1_000_000
# A row group's pseudonyms fit into a dictionary of this size; written out they are eight bytes a row.
_DICTIONARY_BYTES = 4 << 20
_ONE_A_PATIENT = ("patients", "registrations")  # there a dictionary of pseudonyms would only be larger


class PartWriter:
    """The four tables of one part. Memory holds a row group of each."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._tables = {name: _TableWriter(folder / f"{name}.parquet", name) for name in DELIVERY_SCHEMAS}

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """The rows of a practice; texts may be dictionaries."""
        for name, writer in self._tables.items():
            writer.add(tables[name])

    def files(self) -> tuple[ExtractFile, ...]:
        """The files, after the end."""
        return tuple(writer.file() for writer in self._tables.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._tables.values():
            writer.close()


class _TableWriter:
    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._held: list[pa.Table] = []
        self._rows_held = self._rows = 0
        self._writer: pq.ParquetWriter | None = None

    def add(self, table: pa.Table) -> None:
        self._held.append(table)
        self._rows_held += len(table)
        if self._rows_held >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        if not self._held:
            self._held = [DELIVERY_SCHEMAS[self._name].empty_table()]
        rows = pa.concat_tables(self._held)
        if self._writer is None:
            self._writer = _opened(self._path, self._name, rows.schema)
        self._writer.write_table(rows, row_group_size=max(len(rows), 1))
        self._rows += len(rows)
        self._held, self._rows_held = [], 0

    def close(self) -> None:
        if self._held or self._writer is None:
            self._flush()
        if self._writer is not None:
            self._writer.close()

    def file(self) -> ExtractFile:
        return ExtractFile(f"{self._path.parent.name}/{self._path.name}", self._rows, file_digest(self._path))


def _opened(path: Path, name: str, schema: pa.Schema) -> pq.ParquetWriter:
    plain = ("patient",) if name in _ONE_A_PATIENT else ()
    return pq.ParquetWriter(
        path,
        schema,
        use_dictionary=[column for column in schema.names if column not in plain],
        compression="zstd",
        compression_level=1,
        dictionary_pagesize_limit=_DICTIONARY_BYTES,
        store_schema=False,  # else a reader would be told of our dictionaries
    )
