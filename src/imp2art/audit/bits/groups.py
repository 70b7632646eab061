"""A person's entries of one kind, which stand together: loops pass over what they do not ask at a stride."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.grid import Grid
from imp2art.audit.bits.loops import BLOCK, Masks, Pair
from imp2art.audit.compiling import compiled
from imp2art.audit.packing.packed import Kind, Offsets, Pack

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Groups:
    """Group g holds the entries `begins[g]:begins[g + 1]`, all of `kind[g]`. `offsets[p]:offsets[p + 1]` are
    person p's groups, and `rows` are the entries of each kind."""

    offsets: Offsets
    begins: Offsets
    kind: NDArray[np.uint16]
    rows: Offsets


def groups_of(pack: Pack) -> Groups:
    """The groups of everyone in the pack."""
    return Groups(*_groups(pack.offsets, pack.kind, len(pack.kinds)))


@compiled
def _groups(
    offsets: Offsets, kind: NDArray[np.uint16], kinds: int
) -> tuple[Offsets, Offsets, NDArray[np.uint16], Offsets]:
    people, none = offsets.size - 1, np.uint16(0xFFFF)
    into, begins = np.zeros(people + 1, np.int64), np.empty(kind.size + 1, np.int64)
    found = np.empty(kind.size, np.uint16)
    count = 0
    for person in range(people):
        before = none
        for row in range(offsets[person], offsets[person + 1]):
            known = kind[row] & np.uint16(0x7FFF)
            if known != before:
                begins[count], found[count] = row, known
                count += 1
                before = known
        into[person + 1] = count
    begins[count] = kind.size
    rows = np.zeros(kinds, np.int64)
    for group in range(count):
        rows[found[group]] += begins[group + 1] - begins[group]
    return into, begins[: count + 1], found[:count], rows


@dataclass(frozen=True, slots=True)
class LookUps:
    """What loops look up for entries of these kinds at these month ends: worked out once for many people."""

    kinds: tuple[Kind, ...]
    grid: Grid
    made: dict[object, object] = field(default_factory=dict)

    def of(self, make: Callable[..., Made], *words: Hashable) -> Made:
        """`make(kinds, *words)`."""
        key = (make, words)
        if key not in self.made:
            self.made[key] = make(self.kinds, *words)
        return cast(Made, self.made[key])

    def tables(self, atoms: int, people: int) -> Pair:
        """Two tables of zeros (`loops.Blocks`), in memory that is asked of the system once."""
        shape = ((people + BLOCK - 1) // BLOCK, atoms, BLOCK)
        size = shape[0] * atoms * BLOCK
        kept = cast(Masks, self.made.get("tables", np.empty(0, np.uint64)))
        if kept.size < 2 * size:
            kept = np.empty(2 * size, np.uint64)
            self.made["tables"] = kept
        kept[: 2 * size] = 0
        return kept[:size].reshape(shape), kept[size : 2 * size].reshape(shape)
