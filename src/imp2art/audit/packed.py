"""People of one practice or of many as small sorted arrays: what the fast engine counts from.

Everything that some rule may ask about an entry is one small integer, its *kind*: the lists that hold
its code, its value where a rule reads values, its inhalers. A rule looks a kind up in a table, so a new
rule needs no new packing as long as its lists and values are there.

Days are int16 counted from 1970-01-01 (1880 to 2059); days outside that range are as its first or last,
which no window tells apart. `NEVER` is after every day.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

ShortDays = NDArray[np.int16]
Offsets = NDArray[np.int64]

NEVER = np.int16(2**15 - 1)
FIRST_DAY = np.int16(-(2**15) + 1)
PARTIAL = np.uint16(2**15)  # set in the kind of an entry that lasts from `day` to its `partial_last`


@dataclass(frozen=True, slots=True)
class Kind:
    """`value` is kept only where a band reads it; `devices` only for issues of a list that counts them
    (None: the record does not tell, or nobody counts them)."""

    lists: frozenset[str]
    value: Decimal | None = None
    devices: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """People sorted by practice; `bounds[i]:bounds[i + 1]` are those of `practices[i]`.

    One entry a person: `born`, `died` (NEVER: alive), `sex` (0 unknown, 1 female, 2 male, 3 other),
    `decile` (0 unknown, else 1 to 10), `ethnicity` (0 unknown, else the place of the census letter, A = 1).
    `spell_offsets[p]:spell_offsets[p + 1]` are person p's permanent registrations, from `spell_start` up
    to, not including, `spell_end`.

    `offsets[p]:offsets[p + 1]` are person p's entries, sorted by kind (without PARTIAL) and day. Entry r
    is of `kinds[kind[r] & ~PARTIAL]` on `day[r]`. Where PARTIAL is set it may lie on any day from `day[r]`
    to `partial_last[i]`, with `partial_row[i] == r`; `partial_row` is sorted.

    `other_start` and `other_end` are the spells of people left out because no rule could count them but
    as on the list: of practice i those from `other_bounds[i]`, each array sorted by itself. A person's
    overlapping spells are one there, cut at their death.
    """

    practices: tuple[str, ...]
    bounds: Offsets
    born: ShortDays
    died: ShortDays
    sex: NDArray[np.uint8]
    decile: NDArray[np.uint8]
    ethnicity: NDArray[np.uint8]
    spell_offsets: Offsets
    spell_start: ShortDays
    spell_end: ShortDays
    offsets: Offsets
    kind: NDArray[np.uint16]
    day: ShortDays
    partial_row: Offsets
    partial_last: ShortDays
    kinds: tuple[Kind, ...]
    other_bounds: Offsets
    other_start: ShortDays
    other_end: ShortDays

    def __len__(self) -> int:
        return len(self.born)
