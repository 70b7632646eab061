"""What all compiled loops share: how they are compiled, and runs of bits.

numba's cache on disk notices a change of the file that a loop stands in, and of no other. Whoever
changes `at` or `run` here empties the cache (`find . -name '*.nbi' -delete`) before trusting a test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from imp2art.audit.grid import Places

Masks = NDArray[np.uint64]
Pair = tuple[Masks, Masks]
Flags = NDArray[np.bool_]
Function = TypeVar("Function", bound=Callable[..., object])

NONE = np.int32(-(2**31))
ONE = np.uint64(1)


def compiled(function: Function) -> Function:
    """Compile at the first call, and keep the machine code on disk for the next process."""
    try:
        return cast(Function, njit(cache=True, nogil=True)(function))
    except RuntimeError:  # numba finds nowhere to write, as on a read-only system: compile each time
        return cast(Function, njit(nogil=True)(function))


@compiled
def at(base: int, table: Places, day: np.int32 | np.int64) -> int:
    """The table's place for a day; days outside the table are as its first or last."""
    place: int = min(max(int(day) - base, 0), table.size - 1)
    return int(table[place])


@compiled
def run(lo: int, hi: int) -> np.uint64:
    """Bits lo, lo + 1, … hi − 1."""
    if hi <= lo:
        return np.uint64(0)
    return (ONE << np.uint64(hi)) - (ONE << np.uint64(lo))
