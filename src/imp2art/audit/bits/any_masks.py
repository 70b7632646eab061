"""The loops that answer every "an entry in the last so many months" at once, in one pass over entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.grid import Grid
from imp2art.audit.bits.groups import Groups, LookUps
from imp2art.audit.bits.loops import BLOCK, Masks, Pair, run
from imp2art.audit.compiling import compiled
from imp2art.audit.conditions import AnyIn
from imp2art.audit.packing.packed import Kind, Offsets, Pack, ShortDays


@dataclass(frozen=True, slots=True)
class AnyTables:
    """What the loops look up.

    Entries of kind k fill the windows `windows[k]`, a window a lane. What lane n of these comes to goes to
    the atom m for each (m, n) of `uses[starts[k]:starts[k + 1]]`. `runs[window, day - base]` is the mask of
    a whole day; the last window, for a kind that does not fill every lane, has none.
    """

    windows: Offsets
    starts: Offsets
    uses: Offsets
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
    lanes = max([2, *map(len, asked)])
    uses = [
        [(atom, lane) for lane, atoms_of in enumerate(each.values()) for atom in atoms_of] for each in asked
    ]
    return AnyTables(
        windows=np.array(
            [[*each, *[len(windows)] * (lanes - len(each))] for each in asked], np.int64
        ).reshape(len(asked), lanes),
        starts=np.cumsum([0, *map(len, uses)]).astype(np.int64),
        uses=np.array([use for each in uses for use in each], np.int64).reshape(-1, 2),
        base=base,
        lo=lo,
        hi=hi,
        runs=np.vstack((_runs(lo, hi), np.zeros((1, size), np.uint64))),
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


def _stretched(places: NDArray[np.int8], after: int, size: int) -> NDArray[np.int8]:
    """The table from an earlier day on: days outside it are as its first and last."""
    return places[np.clip(np.arange(size) - after, 0, len(places) - 1)]


def _runs(lo: NDArray[np.int8], hi: NDArray[np.int8]) -> Masks:
    """The mask of a whole day, by window and day."""
    one, low, high = np.uint64(1), lo.astype(np.uint64), hi.astype(np.uint64)
    return np.where(hi > lo, (one << high) - (one << low), np.uint64(0))


def any_masks(pack: Pack, groups: Groups, atoms: tuple[AnyIn, ...], look: LookUps) -> Pair:
    """Where each of `atoms` surely and possibly holds, as tables by block (`loops.BLOCK`), atom and person.

    They are written over when the same `look` is asked of other people.
    """
    surely, maybe = look.tables(len(atoms), len(pack))
    if atoms:
        tables = look.of(any_tables, atoms, look.grid)
        uses = (tables.windows, tables.starts, tables.uses, tables.base)
        _any(pack.offsets, pack.kind, pack.day, groups.offsets, groups.kind, *uses, tables.runs, surely)
        maybe[:] = surely
        partial = (pack.offsets, pack.kind, pack.day, pack.partial_row, pack.partial_last)
        _add_partial(*partial, *uses, tables.lo, tables.hi, surely, maybe)
    return surely, maybe


@compiled
def _any(
    offsets: Offsets,
    kind: NDArray[np.uint16],
    day: ShortDays,
    group_offsets: Offsets,
    group_kind: NDArray[np.uint16],
    windows: Offsets,
    starts: Offsets,
    uses: Offsets,
    base: int,
    runs: Masks,
    surely: Masks,
) -> None:
    """Entries on whole days. Those of a kind are joined before any atom is told."""
    final, lanes = runs.shape[1] - 1, windows.shape[1]
    found = np.zeros(windows.shape, np.uint64)
    for person in range(offsets.size - 1):
        for row in range(offsets[person], offsets[person + 1]):
            known = kind[row]
            if known & np.uint16(0x8000):
                continue
            place = min(max(np.int64(day[row]) - base, 0), final)
            found[known, 0] |= runs[windows[known, 0], place]
            found[known, 1] |= runs[windows[known, 1], place]
            # A loop for the few lanes beyond would be made ready for many at each entry.
            if lanes > 2:
                for lane in range(2, lanes):
                    found[known, lane] |= runs[windows[known, lane], place]
        block, at = person // BLOCK, person % BLOCK
        for group in range(group_offsets[person], group_offsets[person + 1]):
            known = group_kind[group]
            for use in range(starts[known], starts[known + 1]):
                surely[block, uses[use, 0], at] |= found[known, uses[use, 1]]
            for lane in range(lanes):
                found[known, lane] = 0


@compiled
def _add_partial(
    offsets: Offsets,
    kind: NDArray[np.uint16],
    day: ShortDays,
    partial_row: Offsets,
    partial_last: ShortDays,
    windows: Offsets,
    starts: Offsets,
    uses: Offsets,
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
        block, at = person // BLOCK, person % BLOCK
        for use in range(starts[known], starts[known + 1]):
            atom, window = uses[use, 0], windows[known, uses[use, 1]]
            surely[block, atom, at] |= run(lo[window, last], hi[window, first])
            maybe[block, atom, at] |= run(lo[window, first], hi[window, last])
