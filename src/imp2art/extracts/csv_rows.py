"""A CSV file of an extract as batches of text, read strictly.

RFC 4180 with one rule more: a row is one line. A quote that is opened and not closed is therefore
found on its own line, where an ordinary reader would swallow the rows up to the next quote.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from imp2art.core.refusal import Refusal
from imp2art.record.extract_schema import ExtractTable

_BLOCK_BYTES = 1 << 20
# Far above the longest right row (about 1,000 bytes), far below what would fill the memory.
_LONGEST_LINE = 10_000
_CELL = r'(?:[^",]*|"(?:[^"]|"")*+")'
_RIGHT_QUOTES = re.compile(f"{_CELL}(?:,{_CELL})*")
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def csv_batches(path: Path, table: ExtractTable) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Batches of dictionaries of text in the table's order, each with the line number of its first row.

    Every structural fault is a `Refusal` that names file, line and what to do.
    """
    order: list[int] | None = None
    for line, lines in _line_blocks(path):
        rows = list(csv.reader(lines, strict=True))
        first = line
        if order is None:
            order = _column_order(path.name, rows[0], table)
            rows, first = rows[1:], line + 1
        _check_widths(path.name, first, rows, len(order))
        if rows:
            yield first, _batch(rows, order, table)
    if order is None:
        raise Refusal(f"{path.name} is empty. Its first line must name the columns: {_names(table)}.")


def _line_blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Whole lines in blocks, with the number of the first; the first block is never without lines."""
    line = 1
    for block in _byte_blocks(path):
        lines = _lines(path.name, line, block)
        yield line, lines
        line += len(lines)


def _byte_blocks(path: Path) -> Iterator[bytes]:
    """Bytes cut behind line ends. The longest is a block and a line."""
    rest = b""
    with path.open("rb") as opened:
        rest = opened.read(_BLOCK_BYTES)
        if rest.startswith(_UTF_16):
            raise Refusal(f"{path.name} is UTF-16. Save it again as UTF-8.")
        rest = rest.removeprefix(_BOM)
        while block := opened.read(_BLOCK_BYTES):
            whole, end, rest = (rest + block).rpartition(b"\n")
            if end:
                yield whole + end
            if len(rest) > _BLOCK_BYTES:
                raise Refusal(f"{path.name}: a line is longer than {_LONGEST_LINE} bytes. {_LOST_END}")
    if rest:
        yield rest


_LOST_END = "A line end or a quote was lost when the file was made."


def _lines(name: str, line: int, block: bytes) -> list[str]:
    _check_bytes(name, line, block)
    lines = block.decode().replace("\r\n", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    for offset, text in enumerate(lines):
        if len(text) > _LONGEST_LINE:
            raise _wrong(name, line + offset, f"it is longer than {_LONGEST_LINE} characters. {_LOST_END}")
        if '"' in text and not _RIGHT_QUOTES.fullmatch(text):
            raise _wrong(name, line + offset, _QUOTES)
        if "\r" in text:
            raise _wrong(name, line + offset, _LONE_CR)
    return lines


_QUOTES = (
    'a quote (") is out of place. A cell with a comma or a quote stands in quotes, a quote inside it '
    "is doubled, and a row is one line: put a space where a cell holds a line break."
)
_LONE_CR = "it holds a bare carriage return. Lines end with LF or CRLF."


def _check_bytes(name: str, line: int, block: bytes) -> None:
    if (at := block.find(b"\0")) >= 0:
        raise _wrong(name, line + block.count(b"\n", 0, at), _NUL)
    try:
        block.decode()
    except UnicodeDecodeError as error:
        raise _wrong(name, line + block.count(b"\n", 0, error.start), _NOT_UTF_8) from None


_NUL = "it holds a NUL byte. The file was damaged, or is UTF-16: save it again as UTF-8."
_NOT_UTF_8 = "it is not UTF-8. Save the file again as UTF-8 (a spreadsheet calls it 'CSV UTF-8')."


def _column_order(name: str, header: list[str], table: ExtractTable) -> list[int]:
    """Where each column of the table stands in the file. The order is free, the names are not."""
    wanted = [column.name for column in table.columns]
    if sorted(header) == sorted(wanted):
        return [header.index(column) for column in wanted]
    raise _wrong(name, 1, _header_fault(header, wanted))


def _header_fault(header: list[str], wanted: list[str]) -> str:
    if len(header) <= 1 and any(mark in "".join(header) for mark in ";\t|"):
        return "the columns are not separated by commas. Save the file again with commas."
    if missing := [column for column in wanted if column not in header]:
        return f"the header lacks {', '.join(missing)}. It must be: {','.join(wanted)}."
    if len(set(header)) != len(header):
        return f"the header names a column twice. It must be: {','.join(wanted)}."
    return f"the header has {len(header) - len(wanted)} more than the columns: {','.join(wanted)}."


def _check_widths(name: str, first: int, rows: list[list[str]], width: int) -> None:
    if not rows or set(map(len, rows)) == {width}:
        return
    offset, found = next((at, len(row)) for at, row in enumerate(rows) if len(row) != width)
    remedy = "Put quotes around a cell that holds a comma." if found else "Take the empty line out."
    raise _wrong(name, first + offset, f"it has {found} cells and should have {width}. {remedy}")


def _batch(rows: list[list[str]], order: list[int], table: ExtractTable) -> pa.RecordBatch:
    cells = list(zip(*rows, strict=True))
    texts = [pa.array(cells[at], pa.string()).dictionary_encode() for at in order]
    return pa.RecordBatch.from_arrays(texts, [column.name for column in table.columns])


def _wrong(name: str, line: int, sentence: str) -> Refusal:
    return Refusal(f"{name}, line {line}: {sentence}")


def _names(table: ExtractTable) -> str:
    return ",".join(column.name for column in table.columns)
