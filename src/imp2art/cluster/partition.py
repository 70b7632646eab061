"""What each worker of a distributed engine does: a stream of rows in, figures out, one practice at a time.

Nothing here knows which engine calls it. The rows of a stream are sorted by practice; a batch may end in
the midst of one. A practice's rows are let go before the next one's are gathered, so that memory is as
large as the largest practice. The answer depends on the rows alone: a repeated task gives it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from imp2art import __version__
from imp2art.audit.engine import Counts, count
from imp2art.audit.indicator import Indicator
from imp2art.audit.packing.pack import pack_practice
from imp2art.cluster.row_faults import check_rows
from imp2art.cluster.rows import COUNTED, ROWS, clean_tables
from imp2art.codes.identifiers import Code
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal

_MEASURES = ("denominator", "numerator", "excluded", "cannot_tell")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every practice. `code_version` is the asker's: a worker must have the same."""

    indicators: tuple[Indicator, ...]
    month_ends: tuple[date, ...]
    library: Library
    code_version: str = __version__

    @property
    def codes(self) -> frozenset[Code]:
        """The codes that some indicator reads; rows with others need not travel."""
        slugs = frozenset[str]().union(*(indicator.codelists for indicator in self.indicators))
        return frozenset(code for slug in slugs for code in self.library.codelist(slug))


def count_partition(batches: Iterable[pa.RecordBatch], question: Question) -> Iterator[pa.RecordBatch]:
    """The figures (`COUNTED`) of each practice in a stream of `ROWS`, a batch a practice.

    A practice that cannot be counted gives one row with its `fault`, a sentence without a patient's data.
    Raises `ValueError` for a stream in which a practice's rows are not all together.
    """
    for practice, rows in practices_of(batches):
        try:
            yield _count_practice(practice, rows, question)
        except Refusal as refusal:
            yield _batch([{"practice": practice, "fault": str(refusal)}])


def practices_of(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str | None, pa.Table]]:
    """Each practice and all its rows; None are those of nobody's.

    The rows of a practice are numbered, so that one that an engine tore apart, or gave out of order, is
    never counted in pieces: `ValueError`.
    """
    pieces: list[pa.RecordBatch] = []
    held = 0
    for piece in _pieces(batches):
        if pieces and piece["practice"][0] != pieces[0]["practice"][0]:
            yield pieces[0]["practice"][0].as_py(), pa.Table.from_batches(pieces)
            pieces, held = [], 0
        if not np.array_equal(piece["row"], np.arange(held + 1, held + 1 + len(piece))):
            raise ValueError("the engine did not give the rows of a practice together and in order")
        pieces.append(piece)
        held += len(piece)
    if pieces:
        yield pieces[0]["practice"][0].as_py(), pa.Table.from_batches(pieces)


def _pieces(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches in the form `ROWS`, each cut where the practice changes."""
    for given in batches:
        batch = given.select(ROWS.names).cast(ROWS)  # engines have their own kinds of text
        ends = pc.run_end_encode(batch["practice"]).run_ends.to_pylist()
        for start, end in zip([0, *ends], ends, strict=False):
            yield batch.slice(start, end - start)


def _count_practice(practice: str | None, rows: pa.Table, question: Question) -> pa.RecordBatch:
    if question.code_version != __version__:
        raise Refusal(f"a worker has imp2art {__version__}, the asker {question.code_version}.")
    check_rows(practice, rows)
    packed = pack_practice(clean_tables(rows), question.indicators, question.library)
    counted = count(packed, question.indicators, question.month_ends)
    return _figures(practice, counted, question)


def _figures(practice: str | None, counted: Mapping[str, Counts], question: Question) -> pa.RecordBatch:
    months, slugs = len(question.month_ends), [indicator.slug for indicator in question.indicators]
    rows = months * len(slugs)
    numbers = [
        pa.array(np.concatenate([getattr(counted[slug], name) for slug in slugs]), pa.int64()).cast(
            pa.int32()
        )
        for name in _MEASURES
    ]
    return pa.RecordBatch.from_arrays(
        [
            pa.array([practice] * rows, pa.string()),
            pa.array([slug for slug in slugs for _ in range(months)], pa.string()),
            pa.array(list(question.month_ends) * len(slugs), pa.date32()),
            *numbers,
            pa.nulls(rows, pa.string()),
        ],
        schema=COUNTED,
    )


def _batch(rows: list[dict[str, object]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, COUNTED)
