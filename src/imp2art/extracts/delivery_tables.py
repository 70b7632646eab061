"""The Parquet files of a delivery, some rows at a time, as whole numbers and places in dictionaries.

Texts stay dictionaries: a code that stands in a million rows is looked at once. pyarrow reads so some three
times as fast a core as a DuckDB query that filters by code (bench/audit.py has both).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from imp2art.core.refusal import Refusal
from imp2art.extracts.folder import file_digest
from imp2art.record.delivery_form import DELIVERY_SCHEMAS
from imp2art.record.extract_schema import ExtractFile

NO_DAY = np.int32(2**31 - 1)  # an empty cell of a day
_BATCH_ROWS = 1 << 18
_LARGEST_ROW_GROUP = 512 << 20
_ADVICE = "docs/deliveries.md says how a delivery is made"

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of text: `words[places[row]]`, or nothing where the place is -1."""

    places: Places
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Some rows of a file. `first_row` is the file's number of the first, counted from 1."""

    file: str
    first_row: int
    table: pa.RecordBatch
    words: Mapping[str, list[str]]

    def __len__(self) -> int:
        return len(self.table)

    def texts(self, name: str) -> Texts:
        """A column of text."""
        column = self.table[name]
        places = _numbers(column.indices.cast(pa.int32()), np.int32, -1)
        return Texts(places, self.words[name])

    def days(self, name: str) -> Places:
        """A column of days from 1970-01-01; `NO_DAY` where there is none."""
        return self._whole(name, np.int32, int(NO_DAY))

    def patients(self) -> NDArray[np.int64]:
        """The pseudonyms; where there is none, -1 (see `lacks`)."""
        return self._whole("patient", np.int64, -1)

    def deciles(self) -> Places:
        """Deciles; 0 where there is none."""
        return self._whole("imd_decile", np.int32, 0)

    def lacks(self, name: str) -> NDArray[np.bool_] | None:
        """Which rows have nothing in a column; None where all have something."""
        column = self.table[name]
        return ~_present(column) if column.null_count else None

    def _whole(self, name: str, kind: type[np.signedinteger[Any]], nothing: int) -> NDArray[Any]:
        column = self.table[name].cast(pa.from_numpy_dtype(kind))
        return _numbers(column, kind, nothing)


def _numbers(column: pa.Array, kind: type[np.signedinteger[Any]], nothing: int) -> NDArray[Any]:
    """The numbers of a column, `nothing` in its empty cells.

    By hand, because pyarrow's `to_numpy` and `fill_null` load pandas wherever it is installed.
    """
    if not len(column):
        return np.zeros(0, kind)
    found = np.frombuffer(column.buffers()[1], kind, len(column), column.offset * np.dtype(kind).itemsize)
    return np.where(_present(column), found, kind(nothing)) if column.null_count else found


def _present(column: pa.Array) -> NDArray[np.bool_]:
    """Which cells hold something, of a column that has empty ones."""
    bits = np.unpackbits(np.frombuffer(column.buffers()[0], np.uint8), bitorder="little")
    return bits[column.offset : column.offset + len(column)].view(bool)


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """One table of one part, whose digest and columns were found right."""

    path: Path
    file: ExtractFile
    table: str

    def groups(self, columns: Sequence[str] = ()) -> Iterator[Group]:
        """Its rows, some at a time, with these columns or with all; damage is a `Refusal`."""
        whole = DELIVERY_SCHEMAS[self.table]
        schema = pa.schema([whole.field(name) for name in columns or whole.names])
        texts = [field.name for field in schema if pa.types.is_string(field.type)]
        try:
            with pq.ParquetFile(self.path, read_dictionary=texts, pre_buffer=False) as opened:
                row, known = 1, _Dictionaries(texts)
                for batch in opened.iter_batches(_BATCH_ROWS, columns=schema.names, use_threads=False):
                    yield Group(self.file.name, row, batch, known.words_of(batch))
                    row += len(batch)
        except (pa.ArrowException, OSError, ValueError) as fault:
            raise Refusal(f"{self.path} cannot be read ({type(fault).__name__}). Copy it again.") from None


class _Dictionaries:
    """The words of each column of text: the same list for as long as a file's dictionary stays the same,
    so that whoever looks words up need not do it again."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._held: dict[str, tuple[pa.Array | None, list[str]]] = {name: (None, []) for name in columns}

    def words_of(self, batch: pa.RecordBatch) -> dict[str, list[str]]:
        for name, (held, _) in self._held.items():
            now = batch[name].dictionary
            if held is None or not now.equals(held):
                self._held[name] = (now, now.to_pylist())
        return {name: words for name, (_, words) in self._held.items()}


def open_file(delivery: Path, file: ExtractFile) -> DeliveredFile:
    """The file as the manifest names it, or a `Refusal` that says what is wrong and what to do."""
    path = delivery / file.name
    if not path.is_file() or path.is_symlink():
        raise Refusal(f"{path} is not there, though the delivery's manifest names it. Copy it again.")
    if file_digest(path) != file.digest:
        raise Refusal(
            f"{path}: its bytes are not those that the manifest was made for. It was cut off, changed or "
            "mixed up with another: copy it again."
        )
    table = path.name.removesuffix(".parquet")
    try:
        with pq.ParquetFile(path) as opened:
            _check_shape(path, opened, file, DELIVERY_SCHEMAS[table])
    except (pa.ArrowException, OSError, ValueError):
        raise Refusal(f"{path} is no Parquet file. Have the delivery made anew; {_ADVICE}.") from None
    return DeliveredFile(path, file, table)


def _check_shape(path: Path, opened: pq.ParquetFile, file: ExtractFile, wanted: pa.Schema) -> None:
    held = opened.schema_arrow
    if sorted(held.names) != sorted(wanted.names):
        raise Refusal(
            f"{path}: its columns must be these and no others: {', '.join(wanted.names)}. {_ADVICE}."
        )
    for field in wanted:
        kind = held.field(field.name).type
        if not _fits(kind, field.type):
            raise Refusal(f"{path}: {field.name} is {kind}, and must be {field.type}. {_ADVICE}.")
    if opened.metadata.num_rows != file.rows:
        raise Refusal(
            f"{path} has {opened.metadata.num_rows:,} rows, the manifest says {file.rows:,}. Have the "
            "delivery made anew."
        )
    for group in range(opened.num_row_groups):
        if opened.metadata.row_group(group).total_byte_size > _LARGEST_ROW_GROUP:
            raise Refusal(f"{path}: a row group is too large. Write at most 1,000,000 rows a group.")


def _fits(held: pa.DataType, wanted: pa.DataType) -> bool:
    kind = held.value_type if pa.types.is_dictionary(held) else held
    if pa.types.is_string(wanted):
        return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
    if wanted == pa.int8():
        return bool(pa.types.is_integer(kind))
    return bool(kind == wanted)
