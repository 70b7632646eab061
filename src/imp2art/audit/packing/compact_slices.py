"""A pack cut into smaller ones by practice, so that what is worked out of each stays in the cache."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from imp2art.audit.packing.packed import Pack


def slices(pack: Pack, people: int) -> Iterator[Pack]:
    """Packs of some practices each, in order, of about so many people; nothing is copied but offsets."""
    begun = 0
    for stop in range(1, len(pack.practices) + 1):
        large = pack.bounds[stop] - pack.bounds[begun] >= people
        if large or stop == len(pack.practices):
            yield slice_of(pack, begun, stop)
            begun = stop


def slice_of(pack: Pack, begin: int, end: int) -> Pack:
    """The practices from place `begin` up to, not including, `end`."""
    low, high = pack.bounds[begin], pack.bounds[end]
    row, stop = pack.offsets[low], pack.offsets[high]
    spell, last_spell = pack.spell_offsets[low], pack.spell_offsets[high]
    partial, last_partial = np.searchsorted(pack.partial_row, (row, stop))
    other, last_other = pack.other_bounds[begin], pack.other_bounds[end]
    return replace(
        pack,
        practices=pack.practices[begin:end],
        bounds=pack.bounds[begin : end + 1] - low,
        born=pack.born[low:high],
        died=pack.died[low:high],
        sex=pack.sex[low:high],
        decile=pack.decile[low:high],
        ethnicity=pack.ethnicity[low:high],
        spell_offsets=pack.spell_offsets[low : high + 1] - spell,
        spell_start=pack.spell_start[spell:last_spell],
        spell_end=pack.spell_end[spell:last_spell],
        offsets=pack.offsets[low : high + 1] - row,
        kind=pack.kind[row:stop],
        day=pack.day[row:stop],
        partial_row=pack.partial_row[partial:last_partial] - row,
        partial_last=pack.partial_last[partial:last_partial],
        other_bounds=pack.other_bounds[begin : end + 1] - other,
        other_start=pack.other_start[other:last_other],
        other_end=pack.other_end[other:last_other],
    )
