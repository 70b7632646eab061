"""The loops that answer every "an entry in the last so many months" at once, in one pass over entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compiling import compiled
from imp2art.audit.conditions import AnyIn, Condition
from imp2art.audit.grid import Grid
from imp2art.audit.loops import Masks, Pair, run
from imp2art.audit.packed import Kind, Offsets, Pack, ShortDays


@dataclass(frozen=True, slots=True)
class AnyTables:
    """What the loops look up.

    Entries of kind k fill the windows `window[slots[k]:slots[k + 1]]`, and what window s of these holds
    goes to the atoms `atom[uses[s]:uses[s + 1]]`. `runs[day - base, window]` is the mask of a whole day.
    """

    slots: Offsets
    window: Offsets
    uses: Offsets
    atom: Offsets
    base: int
    lo: NDArray[np.int8]
    hi: NDArray[np.int8]
    runs: Masks


def any_tables(kinds: Sequence[Kind], atoms: tuple[AnyIn, ...], grid: Grid) -> AnyTables:
    """The tables for these conditions, of which there is one at least."""
    lengths = sorted({atom.months for atom in atoms}, key=lambda months: (months is None, months))
    windows = [grid.window(months) for months in lengths]
    base = min(window.base for window in windows)
    size = max(window.base - base + len(window.lo) for window in windows)
    lo, hi = (
        np.array([_stretched(getattr(each, name), each.base - base, size) for each in windows], np.int8)
        for name in ("lo", "hi")
    )
    asked = _asked(kinds, atoms, lengths)
    uses = [len(places) for by_window in asked for places in by_window.values()]
    return AnyTables(
        slots=_starts([len(by_window) for by_window in asked]),
        window=np.array([window for by_window in asked for window in by_window], np.int64),
        uses=_starts(uses),
        atom=np.array([at for each in asked for places in each.values() for at in places], np.int64),
        base=base,
        lo=lo,
        hi=hi,
        runs=_runs(lo, hi).T.copy(),
    )


def _asked(
    kinds: Sequence[Kind], atoms: tuple[AnyIn, ...], lengths: list[int | None]
) -> list[dict[int, list[int]]]:
    """For each kind: by the place of a window, the places of the atoms that it answers."""
    by_list: dict[str, list[tuple[int, int]]] = {}
    for at, atom in enumerate(atoms):
        by_list.setdefault(atom.codelist, []).append((lengths.index(atom.months), at))
    found: list[dict[int, list[int]]] = []
    for kind in kinds:
        by_window: dict[int, list[int]] = {}
        for window, at in sorted(each for slug in kind.lists for each in by_list.get(slug, ())):
            by_window.setdefault(window, []).append(at)
        found.append(by_window)
    return found


def _starts(sizes: list[int]) -> Offsets:
    return np.cumsum([0, *sizes]).astype(np.int64)


def _stretched(places: NDArray[np.int8], after: int, size: int) -> NDArray[np.int8]:
    """The table from an earlier day on: days outside it are as its first and last."""
    return places[np.clip(np.arange(size) - after, 0, len(places) - 1)]


def _runs(lo: NDArray[np.int8], hi: NDArray[np.int8]) -> Masks:
    """The mask of a whole day, by window and day."""
    one, low, high = np.uint64(1), lo.astype(np.uint64), hi.astype(np.uint64)
    return np.where(hi > lo, (one << high) - (one << low), np.uint64(0))


def any_masks(pack: Pack, atoms: tuple[AnyIn, ...], grid: Grid) -> dict[Condition, Pair]:
    """Where each of `atoms` surely and possibly holds."""
    if not atoms:
        return {}
    tables = any_tables(pack.kinds, atoms, grid)
    surely = np.zeros((len(atoms), len(pack)), np.uint64)
    asked = (tables.slots, tables.window, tables.uses, tables.atom, tables.base)
    _any(pack.offsets, pack.kind, pack.day, *asked, tables.runs, surely)
    maybe = surely.copy()
    partial = (pack.offsets, pack.kind, pack.day, pack.partial_row, pack.partial_last)
    _add_partial(*partial, *asked, tables.lo, tables.hi, surely, maybe)
    return {atom: (surely[at], maybe[at]) for at, atom in enumerate(atoms)}


@compiled
def _any(
    offsets: Offsets,
    kind: NDArray[np.uint16],
    day: ShortDays,
    slots: Offsets,
    window_of: Offsets,
    uses: Offsets,
    atom_of: Offsets,
    base: int,
    runs: Masks,
    surely: Masks,
) -> None:
    """Entries on whole days. Those of one kind stand together: they are joined before any atom is asked."""
    final = runs.shape[0] - 1
    found = np.zeros(runs.shape[1], np.uint64)
    for person in range(offsets.size - 1):
        row, stop = offsets[person], offsets[person + 1]
        while row < stop:
            known, begin = kind[row] & np.uint16(0x7FFF), row
            while row < stop and kind[row] & np.uint16(0x7FFF) == known:
                row += 1
            low, high = slots[known], slots[known + 1]
            if low == high:
                continue
            found[:] = 0
            for at in range(begin, row):
                if kind[at] == known:
                    place = min(max(np.int64(day[at]) - base, 0), final)
                    for slot in range(low, high):
                        found[window_of[slot]] |= runs[place, window_of[slot]]
            for slot in range(low, high):
                for use in range(uses[slot], uses[slot + 1]):
                    surely[atom_of[use], person] |= found[window_of[slot]]


@compiled
def _add_partial(
    offsets: Offsets,
    kind: NDArray[np.uint16],
    day: ShortDays,
    partial_row: Offsets,
    partial_last: ShortDays,
    slots: Offsets,
    window_of: Offsets,
    uses: Offsets,
    atom_of: Offsets,
    base: int,
    lo: NDArray[np.int8],
    hi: NDArray[np.int8],
    surely: Masks,
    maybe: Masks,
) -> None:
    """Entries that may lie on several days: they are few."""
    final, person = lo.shape[1] - 1, 0
    for one in range(partial_row.size):
        row = partial_row[one]
        while offsets[person + 1] <= row:
            person += 1
        known = kind[row] & np.uint16(0x7FFF)
        first = min(max(np.int64(day[row]) - base, 0), final)
        last = min(max(np.int64(partial_last[one]) - base, 0), final)
        for slot in range(slots[known], slots[known + 1]):
            window = window_of[slot]
            sure, may = run(lo[window, last], hi[window, first]), run(lo[window, first], hi[window, last])
            for use in range(uses[slot], uses[slot + 1]):
                surely[atom_of[use], person] |= sure
                maybe[atom_of[use], person] |= may
