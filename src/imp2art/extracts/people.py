"""Match: who the patients table holds, so that the other tables can be joined to people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


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
