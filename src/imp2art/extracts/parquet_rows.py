"""A Parquet file of an extract as the same batches of text that a CSV gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from imp2art.core.refusal import Refusal
from imp2art.record.extract_schema import Column, ColumnKind, ExtractTable

_BATCH_ROWS = 16_384
# A row group is read in pieces, but a page and a dictionary are not.
_LARGEST_ROW_GROUP = 512 << 20
_LONGEST_TEXT = 10_000
_DAYS = (ColumnKind.DAY, ColumnKind.PARTIAL_DAY)
_NUMBERS = (ColumnKind.DECIMAL, ColumnKind.DECILE)


def parquet_batches(path: Path, table: ExtractTable) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Batches of dictionaries of text in the table's order, each with its first row's number (from 1)."""
    names = [column.name for column in table.columns]
    try:
        with pq.ParquetFile(path) as opened:
            _check_shape(path.name, opened, table)
        # Texts stay dictionaries: a long one repeated a million times is held once.
        with pq.ParquetFile(path, pre_buffer=False, read_dictionary=names) as opened:
            row = 1
            for batch in opened.iter_batches(_BATCH_ROWS, columns=names):
                yield row, _batch(path.name, row, batch, names)
                row += batch.num_rows
    except (pa.ArrowException, OSError, ValueError, MemoryError):
        raise Refusal(
            f"{path.name} cannot be read as Parquet: it is damaged or is another kind of file."
        ) from None


def _check_shape(name: str, opened: pq.ParquetFile, table: ExtractTable) -> None:
    held = opened.schema_arrow
    wanted = [column.name for column in table.columns]
    if sorted(held.names) != sorted(wanted):
        raise Refusal(f"{name}: its columns must be these and no others, each once: {', '.join(wanted)}.")
    for column in table.columns:
        _check_type(name, column, held.field(column.name).type)
    for group in range(opened.num_row_groups):
        if opened.metadata.row_group(group).total_byte_size > _LARGEST_ROW_GROUP:
            raise Refusal(f"{name}: a row group is over 512 MiB. Write at most 1,000,000 rows a group.")


def _check_type(name: str, column: Column, kind: pa.DataType) -> None:
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    fits = pa.types.is_string(value) or pa.types.is_large_string(value) or pa.types.is_string_view(value)
    if column.kind in _DAYS:
        fits = fits or pa.types.is_date32(value)
    if column.kind in _NUMBERS:
        fits = fits or _is_number(value)
    if not fits:
        raise Refusal(f"{name}: the column {column.name} is {value}; write it as {_wanted(column)}.")


def _is_number(kind: pa.DataType) -> bool:
    kinds = (pa.types.is_integer, pa.types.is_float32, pa.types.is_float64, pa.types.is_decimal)
    return any(fits(kind) for fits in kinds)


def _wanted(column: Column) -> str:
    if column.kind in _DAYS:
        return "date32 or text"
    return "a number or text" if column.kind in _NUMBERS else "text"


def _batch(name: str, row: int, batch: pa.RecordBatch, columns: list[str]) -> pa.RecordBatch:
    texts = [_text(batch[column]) for column in columns]
    for column, text in zip(columns, texts, strict=True):
        if (pc.max(pc.binary_length(text.dictionary)).as_py() or 0) > _LONGEST_TEXT:
            raise Refusal(
                f"{name}, from row {row}: a cell of {column} is longer than {_LONGEST_TEXT} bytes. "
                "Cells that belong apart ran together when the file was made."
            )
        text.validate(full=True)  # a place in the dictionary, and UTF-8: Arrow reads on without either
    return pa.RecordBatch.from_arrays(texts, columns)


def _text(column: pa.Array) -> pa.DictionaryArray:
    if not pa.types.is_dictionary(column.type):
        return column.cast(pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(column.indices, column.dictionary.cast(pa.string()))
