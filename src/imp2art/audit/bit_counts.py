"""People counted by adding the bits of their masks, practice by practice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compiling import compiled
from imp2art.audit.loops import Masks
from imp2art.audit.packed import Offsets

# By a byte: its eight bits as eight counters of a byte each, the lowest bit in the lowest counter.
_SPREAD = np.array(
    [sum(1 << (8 * bit) for bit in range(8) if byte >> bit & 1) for byte in range(256)], np.uint64
)


def bit_counts(masks: Masks, bounds: Offsets, months: int) -> NDArray[np.int32]:
    """How many of the people `bounds[i]:bounds[i + 1]` have bit k set: shape (months, practices)."""
    return _bit_counts(masks, bounds, months, _SPREAD)


@compiled
def _bit_counts(masks: Masks, bounds: Offsets, months: int, spread: Masks) -> NDArray[np.int32]:
    practices, groups = bounds.size - 1, (months + 7) // 8
    counts = np.zeros((months, practices), np.int32)
    counters = np.zeros(groups, np.uint64)
    for practice in range(practices):
        person, stop = bounds[practice], bounds[practice + 1]
        while person < stop:
            # A counter of one byte holds 255 people.
            until = min(person + 255, stop)
            for one in range(person, until):
                mask = masks[one]
                if mask != 0:
                    for group in range(groups):
                        counters[group] += spread[(mask >> np.uint64(8 * group)) & np.uint64(255)]
            person = until
            for month in range(months):
                shift = np.uint64(8 * (month % 8))
                counts[month, practice] += np.int32((counters[month // 8] >> shift) & np.uint64(255))
            counters[:] = 0
    return counts
