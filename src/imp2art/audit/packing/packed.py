"""People of one practice or of many as small sorted arrays: what the fast engine counts from.

Everything that some rule may ask about an entry is one small integer, its *kind*: the lists that hold
its code, its value where a rule reads values, its inhalers. A rule looks a kind up in a table, so a new
rule needs no new packing as long as its lists and values are there.

Days are int16 counted from 1970-01-01 (1880 to 2059); days outside that range are as its first or last,
which no window tells apart. `NEVER` is after every day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from imp2art.record.patient import Sex

ShortDays = NDArray[np.int16]
Days = NDArray[np.int32]
Offsets = NDArray[np.int64]

NEVER = np.int16(2**15 - 1)
FIRST_DAY = np.int16(-(2**15) + 1)
PARTIAL = np.uint16(2**15)  # set in the kind of an entry that lasts from `day` to its `partial_last`


SEXES: Mapping[str, int] = MappingProxyType({Sex.FEMALE: 1, Sex.MALE: 2, Sex.INDETERMINATE: 3})


def ethnicity_number(letter: str | None) -> int:
    """The place of a census letter, A = 1; 0 where it is not recorded."""
    return ord(letter) - ord("A") + 1 if letter else 0


@dataclass(frozen=True, slots=True)
class Kind:
    """`value` is kept only where a band reads it; `devices` only for issues of a list that counts them
    (None: the record does not tell, or nobody counts them). `issued`: an issue of a medicine, no entry."""

    lists: frozenset[str]
    value: Decimal | None = None
    devices: Fraction | None = None
    issued: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """What rules read, as slugs of codelists: what a pack must keep so that they can be counted from it.

    `valued` are lists whose values a band reads, `counted` those whose inhalers are counted. Someone
    without any entry of `gates` is counted by no rule other than as on the list and not met.
    """

    lists: frozenset[str]
    valued: frozenset[str]
    counted: frozenset[str]
    gates: frozenset[str]

    def cover(self, others: Needs) -> bool:
        """Whether what is kept for these serves the others too."""
        names = ("lists", "valued", "counted", "gates")
        return all(getattr(others, name) <= getattr(self, name) for name in names)


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

    `needs` are those of the rules that it was packed for.
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
    needs: Needs

    def __len__(self) -> int:
        return len(self.born)
