"""Inhalers added up over windows: straight from the entries, as there are more issues than anything else."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.grid import Places
from imp2art.audit.bits.loops import Masks, at, run
from imp2art.audit.compiling import compiled
from imp2art.audit.packing.packed import Kind, Offsets, ShortDays
from imp2art.core.refusal import Refusal

_ABSENT, _UNKNOWN = -2, -1  # weights of a kind that is not in the list, and of one that nobody knows
_FINEST = 10**9  # parts of an inhaler, so that sums of them fit into 64 bits


def parts_of(kinds: Sequence[Kind]) -> int:
    """How many parts make one inhaler, so that every kind's inhalers are a whole number of them."""
    parts = lcm(*(kind.devices.denominator for kind in kinds if kind.devices is not None))
    if parts > _FINEST:
        raise Refusal("The doses in the devices of this library cannot be counted exactly together.")
    return parts


def weights_of(kinds: Sequence[Kind], codelist: str, parts: int) -> Offsets:
    """The inhalers in an issue of each kind, in parts; or `_ABSENT`, or `_UNKNOWN`."""
    return np.array(
        [
            _ABSENT
            if not kind.issued or codelist not in kind.lists
            else _UNKNOWN
            if kind.devices is None
            else int(kind.devices * parts)
            for kind in kinds
        ],
        np.int64,
    )


@compiled
def weights_at_least(
    offsets: Offsets,
    begins: Offsets,
    group_kind: NDArray[np.uint16],
    day: ShortDays,
    weights: Offsets,
    least: Offsets,
    months: int,
    base: int,
    lo: Places,
    hi: Places,
) -> tuple[Masks, Masks]:
    """Known weights in the window add up to each of `least`: rows of masks. `least` is in order.

    By differences: added at the first window of an issue, taken off behind its last, so that any weight
    counts exactly. An issue's day is known: only inhalers that the record does not tell leave a perhaps.
    """
    people = offsets.size - 1
    surely, maybe = np.zeros((least.size, people), np.uint64), np.zeros((least.size, people), np.uint64)
    steps, totals = np.zeros(months + 1, np.int64), np.zeros(months, np.int64)
    for person in range(people):
        known, unknown = np.int64(0), np.uint64(0)
        for group in range(offsets[person], offsets[person + 1]):
            weight = weights[group_kind[group]]
            if weight == _ABSENT:
                continue
            for row in range(begins[group], begins[group + 1]):
                start, stop = at(base, lo, day[row]), at(base, hi, day[row])
                if stop <= start:
                    continue
                if weight == _UNKNOWN:
                    unknown |= run(start, stop)
                else:
                    known += weight
                    steps[start] += weight
                    steps[stop] -= weight
        if known >= least[0]:
            total = np.int64(0)
            for month in range(months):
                total += steps[month]
                totals[month] = total
            for one in range(least.size):
                enough = np.uint64(0)
                for month in range(months):
                    enough |= np.uint64(totals[month] >= least[one]) << np.uint64(month)
                surely[one, person] = enough
        if known:
            steps[:] = 0
        for one in range(least.size):
            maybe[one, person] = surely[one, person] | unknown
    return surely, maybe
