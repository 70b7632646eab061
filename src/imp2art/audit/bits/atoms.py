"""The masks of plain conditions for packed people: tables of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from imp2art.audit.bits.ages import age_mask
from imp2art.audit.bits.any_masks import any_masks
from imp2art.audit.bits.asked import Asked
from imp2art.audit.bits.entries import take_entries
from imp2art.audit.bits.grid import Grid
from imp2art.audit.bits.groups import LookUps, groups_of
from imp2art.audit.bits.list_masks import ListMasks
from imp2art.audit.bits.loops import BLOCK, Pair
from imp2art.audit.bits.masks import registered
from imp2art.audit.conditions import AgeAtLeast, Condition, RegisteredWithin
from imp2art.audit.packing.packed import Pack


@dataclass(frozen=True, slots=True)
class Worked:
    """Where conditions surely and possibly hold: those of `Asked.windows` in tables by block of people
    (`loops.BLOCK`), condition and person; the others in tables by condition, block and person."""

    people: int
    windows: Pair
    others: Pair

    def masks(self) -> Iterator[Pair]:
        """A mask for each person, condition by condition."""
        surely, maybe = (table.transpose(1, 0, 2) for table in self.windows)
        for pair in chain(zip(surely, maybe, strict=True), zip(*self.others, strict=True)):
            yield pair[0].reshape(-1)[: self.people], pair[1].reshape(-1)[: self.people]


def work_out(pack: Pack, asked: Asked, look: LookUps) -> Worked:
    """Where each of `asked.atoms` surely and possibly holds.

    The tables are written over when the same `look` is asked of other people. Raises `ValueError` for people
    who were packed without a list that is read.
    """
    if unknown := asked.lists - pack.needs.lists:
        raise ValueError(f"these people were packed without the lists {sorted(unknown)}")
    groups, people = groups_of(pack), len(pack)
    windows = any_masks(pack, groups, asked.windows, look)
    blocks, count = len(windows[0]), len(asked.atoms) - len(asked.windows)
    surely, maybe = (np.empty((count, blocks * BLOCK), np.uint64) for _ in range(2))
    listed = ListMasks(pack, groups, look, take_entries(pack, groups, asked.wanted, look))
    pairs = chain.from_iterable(listed.of_group(group) for group in asked.groups)
    for row, pair in enumerate(chain(pairs, (_of_people(pack, each, look.grid) for each in asked.of_people))):
        surely[row, :people], maybe[row, :people] = pair
    shape = (count, blocks, BLOCK)
    return Worked(people, windows, (surely.reshape(shape), maybe.reshape(shape)))


def _of_people(pack: Pack, condition: Condition, grid: Grid) -> Pair:
    """Of conditions that read no entry, where one holds: there is no perhaps."""
    match condition:
        case RegisteredWithin(months):
            covered, settled = _registered(pack, months, grid)
            held = covered & ~settled
        case AgeAtLeast():
            held = age_mask(condition, pack.born, grid)
        case _:
            held, _ = _registered(pack, 1, grid)
    return held, held


def _registered(pack: Pack, months: int, grid: Grid) -> Pair:
    ever, fresh = grid.window(None), grid.window(months)
    return registered(
        pack.spell_offsets,
        pack.spell_start,
        pack.spell_end,
        pack.died,
        ever.base,
        ever.lo,
        fresh.base,
        fresh.hi,
    )
