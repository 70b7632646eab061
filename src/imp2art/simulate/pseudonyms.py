"""Made-up pseudonyms: numbers that tell nothing of whom they stand for, each once."""

from __future__ import annotations

import numpy as np

from imp2art.simulate.arrays import Ints

_STEP = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def pseudonyms(seed: int, first: int, count: int) -> Ints:
    """Those of the people number `first`, `first` + 1, …: another seed, other numbers; no two are equal.

    The finaliser of SplitMix64 (Steele, Lea and Flood 2014), which maps the 64-bit numbers one to one.
    """
    begun = np.uint64((first + (seed + 1) * _STEP) & _MASK)
    mixed = begun + np.arange(count, dtype=np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))).view(np.int64)
