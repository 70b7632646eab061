"""The first protection: small counts are hidden, the others rounded (trust file S-40)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_HIDDEN = 7  # counts up to it are hidden, 0 too: "nobody" tells of everyone
TO = 5
LEAST_SHOWN = MOST_HIDDEN  # so many must have met a rule, and not met it, before a rate is given
REACH = TO // 2  # a rounded count is at most so far from the true one
_GONE = -1


def rounded(count: int) -> int:
    """To the nearest multiple of 5."""
    return (count + REACH) // TO * TO


def shown(count: int) -> int | None:
    """The count as it may leave the practice, before any further protection; None is hidden."""
    return None if count <= MOST_HIDDEN else rounded(count)


def protect_counts(
    denominators: NDArray[np.integer], numerators: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tables of many practices, as they may be compared: −1 where hidden.

    A numerator is hidden too where all, or all but a few, met the rule and where its denominator is hidden.
    """
    apart = denominators.astype(np.int64) - numerators
    hidden = denominators <= MOST_HIDDEN
    den = np.where(hidden, _GONE, (denominators.astype(np.int64) + REACH) // TO * TO)
    gone = hidden | (numerators <= MOST_HIDDEN) | (apart <= MOST_HIDDEN)
    num = np.where(gone, _GONE, (numerators.astype(np.int64) + REACH) // TO * TO)
    return den, num
