"""The loop that answers every "an entry in the last so many months" at once, in one pass over entries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compiling import compiled
from imp2art.audit.conditions import AnyIn, Condition
from imp2art.audit.grid import Grid
from imp2art.audit.loops import Masks, Pair, run
from imp2art.audit.packed import Offsets, Pack, ShortDays


def any_masks(pack: Pack, atoms: tuple[AnyIn, ...], grid: Grid) -> dict[Condition, Pair]:
    """Where each of `atoms` surely and possibly holds."""
    if not atoms:
        return {}
    lengths = sorted({atom.months for atom in atoms}, key=lambda months: (months is None, months))
    windows = [grid.window(months) for months in lengths]
    base, size = min(window.base for window in windows), max(len(window.lo) for window in windows)
    days = np.clip(
        np.arange(base, base + size)[None, :] - np.array([window.base for window in windows])[:, None],
        0,
        np.array([len(window.lo) - 1 for window in windows])[:, None],
    )
    lo = np.array([window.lo[at] for window, at in zip(windows, days, strict=True)])
    hi = np.array([window.hi[at] for window, at in zip(windows, days, strict=True)])
    asked = np.array([[atom.codelist in kind.lists for kind in pack.kinds] for atom in atoms], bool)
    asked = asked.reshape(len(atoms), len(pack.kinds))
    window_of = np.array([lengths.index(atom.months) for atom in atoms], np.int64)
    read = np.array([asked[window_of == window].any(axis=0) for window in range(len(lengths))], bool)
    window_starts = np.concatenate(([0], np.cumsum(read.sum(axis=0)))).astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(asked.sum(axis=0)))).astype(np.int64)
    surely, maybe = _any(
        pack.offsets,
        pack.kind,
        pack.day,
        pack.partial_row,
        pack.partial_last,
        starts,
        np.nonzero(asked.T)[1].astype(np.int64),
        window_of,
        window_starts,
        np.nonzero(read.T)[1].astype(np.int64),
        base,
        lo,
        hi,
        _runs(lo, hi),
        len(atoms),
    )
    return {atom: (surely[at], maybe[at]) for at, atom in enumerate(atoms)}


def _runs(lo: NDArray[np.int8], hi: NDArray[np.int8]) -> Masks:
    """The mask of a whole day, by window and day."""
    one, low, high = np.uint64(1), lo.astype(np.uint64), hi.astype(np.uint64)
    return np.where(hi > lo, (one << high) - (one << low), np.uint64(0))


@compiled
def _any(
    offsets: Offsets,
    kind: NDArray[np.uint16],
    day: ShortDays,
    partial_row: Offsets,
    partial_last: ShortDays,
    starts: Offsets,
    atom_of: Offsets,
    window_of: Offsets,
    window_starts: Offsets,
    windows: Offsets,
    base: int,
    lo: NDArray[np.int8],
    hi: NDArray[np.int8],
    runs: Masks,
    atoms: int,
) -> tuple[Masks, Masks]:
    people, final = offsets.size - 1, lo.shape[1] - 1
    surely, maybe = np.zeros((atoms, people), np.uint64), np.zeros((atoms, people), np.uint64)
    sure, may = np.zeros(lo.shape[0], np.uint64), np.zeros(lo.shape[0], np.uint64)
    partial = 0
    for person in range(people):
        row, stop = offsets[person], offsets[person + 1]
        while row < stop:
            known = kind[row] & np.uint16(0x7FFF)
            begin, end = window_starts[known], window_starts[known + 1]
            for at in range(begin, end):
                sure[windows[at]], may[windows[at]] = 0, 0
            # Entries of one kind stand together: their windows are joined before any list is asked.
            while row < stop and kind[row] & np.uint16(0x7FFF) == known:
                first = min(max(np.int64(day[row]) - base, 0), final)
                if kind[row] & np.uint16(0x8000):
                    while partial_row[partial] < row:
                        partial += 1
                    last = min(max(np.int64(partial_last[partial]) - base, 0), final)
                    for at in range(begin, end):
                        window = windows[at]
                        sure[window] |= run(lo[window, last], hi[window, first])
                        may[window] |= run(lo[window, first], hi[window, last])
                else:
                    for at in range(begin, end):
                        sure[windows[at]] |= runs[windows[at], first]
                row += 1
            held = np.uint64(0)
            for at in range(begin, end):
                may[windows[at]] |= sure[windows[at]]
                held |= may[windows[at]]
            if held == 0:
                continue
            for at in range(starts[known], starts[known + 1]):
                atom = atom_of[at]
                surely[atom, person] |= sure[window_of[atom]]
                maybe[atom, person] |= may[window_of[atom]]
    return surely, maybe
