"""Match: who the patients table holds, so that the other tables can be joined to people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Who the practice sent before, so that a number that was given to someone else is seen (H-21)."""

    ids: pa.Array
    nhs_numbers: pa.Array
    born: pa.Array

    @classmethod
    def of(cls, table: pa.Table) -> KnownPeople:
        """From `patient_id`, `nhs_number`, `date_of_birth`."""
        whole = table.combine_chunks()
        return cls(*(_one(whole[name]) for name in ("patient_id", "nhs_number", "date_of_birth")))

    @classmethod
    def nobody(cls) -> KnownPeople:
        """Before the first import."""
        return cls(pa.array([], pa.string()), pa.array([], pa.string()), pa.array([], pa.date32()))

    def are_others(self, ids: pa.Array, nhs_numbers: pa.Array, born: pa.Array) -> pa.Array:
        """Where a known patient_id comes with another NHS number and another date of birth.

        One of the two alone is a correction; both are another person.
        """
        place = pc.index_in(ids, value_set=self.ids)
        return pc.and_(
            pc.not_equal(self.nhs_numbers.take(place), nhs_numbers), pc.not_equal(self.born.take(place), born)
        )


@dataclass(frozen=True, slots=True)
class People:
    """Everyone in the patients table by patient_id.

    `born` is null for someone whose own row is faulty.
    """

    ids: pa.Array
    born: pa.Array

    def find(self, patient_ids: pa.DictionaryArray) -> tuple[NDArray[np.bool_], pa.Array]:
        """For each row: whether the person is in patients at all, and their date of birth."""
        places = pc.index_in(patient_ids.dictionary, value_set=self.ids)
        place = places.take(patient_ids.indices)
        return place.is_valid().to_numpy(zero_copy_only=False), self.born.take(place)


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
