"""The rows that were refused: file, row, column and reason, and never a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, order=True)
class Reject:
    """One fault of one row. `row` is the line of a CSV file (its header is line 1), or the row of a
    Parquet file (its first is 1). A row with two faults is two of these."""

    file: str
    row: int
    column: str
    reason: str


class RejectList:
    """Every fault found, kept as numbers: a million of them are a few megabytes."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, str], list[NDArray[np.int64]]] = defaultdict(list)
        self._counts: dict[str, int] = defaultdict(int)
        self._owners: dict[str, list[NDArray[np.int32]]] = defaultdict(list)

    def add(self, file: str, column: str, reason: str, rows: NDArray[np.int64]) -> None:
        """Note the rows that share a fault."""
        self._rows[file, column, reason].append(rows)

    def count_rows(self, file: str, rows: int) -> None:
        """Note that so many rows, each counted once however many its faults, were refused."""
        self._counts[file] += rows

    def note_owners(self, file: str, owners: NDArray[np.int32]) -> None:
        """Note whose rows were refused, by the numbers of people in the part."""
        self._owners[file].append(owners)

    def owners_of(self, file: str) -> NDArray[np.int32]:
        """Whose rows of a file were refused, as far as it is known."""
        return np.concatenate([np.zeros(0, np.int32), *self._owners.get(file, [])])

    def forget(self, file: str) -> None:
        """Begin a file anew."""
        self._counts.pop(file, None)
        for key in [key for key in self._rows if key[0] == file]:
            del self._rows[key]

    def rows_of(self, file: str) -> int:
        """How many rows of a file were refused."""
        return self._counts.get(file, 0)

    def reasons(self) -> dict[tuple[str, str, str], int]:
        """(file, column, reason) → how many rows, most first."""
        counted = {key: sum(map(len, found)) for key, found in self._rows.items()}
        return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))

    def __len__(self) -> int:
        return sum(self._counts.values())

    def __iter__(self) -> Iterator[Reject]:
        """File by file and fault by fault, rows rising within each."""
        for (file, column, reason), found in sorted(self._rows.items(), key=lambda entry: entry[0]):
            for rows in found:
                for row in rows.tolist():
                    yield Reject(file, row, column, reason)
