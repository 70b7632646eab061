"""One column of a batch: each distinct text is judged once, the answers are then spread over the rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from imp2art.core.refusal import Refusal
from imp2art.extracts.cells import ARROW_TYPES, Judge
from imp2art.record.extract_schema import Column

_FINE = 0
# Names and numbers differ in every row; an unbounded memory of them would grow with the file.
_MOST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class CheckedColumn:
    """Clean values (null where the cell is empty or faulty) and, for each row, the number of its fault.

    `faults` indexes `reasons`; 0 is no fault.
    """

    values: pa.Array
    faults: NDArray[np.int64]
    reasons: list[str]


class ColumnReader:
    """Reads one column of one file, batch after batch. A number stands for a reason throughout."""

    def __init__(self, column: Column, judge: Judge, kind: pa.DataType | None = None) -> None:
        self._column = column
        self._judge = judge
        self._kind = kind or ARROW_TYPES.get(column.kind, pa.string())
        self._known: dict[str | None, tuple[object, int]] = {}
        self._reasons = [""]

    def read(self, texts: pa.DictionaryArray) -> CheckedColumn:
        """Judge a dictionary of texts; an empty or missing one is a fault only where one is required."""
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        indices = texts.indices.fill_null(len(texts.dictionary)).to_numpy(zero_copy_only=False)
        used, spread = np.unique(indices, return_inverse=True)
        told = pa.concat_arrays([texts.dictionary, pa.nulls(1, pa.string())]).take(pa.array(used))
        answers = [self._answer(text) for text in told.to_pylist()]
        values = pa.array([value for value, _ in answers], self._kind).take(pa.array(spread))
        faults = np.array([fault for _, fault in answers], dtype=np.int64)[spread]
        return CheckedColumn(values, faults, self._reasons)

    def _answer(self, text: str | None) -> tuple[object, int]:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._judged(text)
        return known

    def _judged(self, text: str | None) -> tuple[object, int]:
        if not text:
            return None, self._number("It is empty.") if self._column.required else _FINE
        try:
            return self._judge(text), _FINE
        except Refusal as refusal:
            return None, self._number(str(refusal))

    def _number(self, reason: str) -> int:
        if reason not in self._reasons:
            self._reasons.append(reason)
        return self._reasons.index(reason)


class BatchFaults:
    """The faults found in one batch, row by row."""

    def __init__(self, rows: int) -> None:
        self.faulty: NDArray[np.bool_] = np.zeros(rows, dtype=np.bool_)
        self.found: list[tuple[str, str, NDArray[np.int64]]] = []

    def mark(self, column: str, reason: str, where: NDArray[np.bool_]) -> None:
        """Note that the rows where it is true have this fault."""
        if where.any():
            self.faulty |= where
            self.found.append((column, reason, np.flatnonzero(where)))

    def mark_column(self, column: str, checked: CheckedColumn) -> None:
        """Note the faults of a column's cells."""
        for number in np.unique(checked.faults):
            if number != _FINE:
                self.mark(column, checked.reasons[number], checked.faults == number)
