"""What the compiled loops share: places of days, and runs of bits.

numba's cache on disk notices a change of the file that a loop stands in, and of no other. Whoever
changes `at` or `run` here empties the cache (`find . -name '*.nbi' -delete`) before trusting a test.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.grid import Places
from imp2art.audit.compiling import compiled

Masks = NDArray[np.uint64]
Pair = tuple[Masks, Masks]

BLOCK = 64  # people whose masks stand together, an atom's beside one another

NONE = np.int32(-(2**31))
ONE = np.uint64(1)


@compiled
def at(base: int, table: Places, day: int | np.int32 | np.int64) -> int:
    """The table's place for a day; days outside the table are as its first or last."""
    place: int = min(max(int(day) - base, 0), table.size - 1)
    return int(table[place])


@compiled
def run(lo: int, hi: int) -> np.uint64:
    """Bits lo, lo + 1, … hi − 1."""
    if hi <= lo:
        return np.uint64(0)
    return (ONE << np.uint64(hi)) - (ONE << np.uint64(lo))
