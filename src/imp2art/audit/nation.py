"""Every practice of a pack counted at once, and packs' counts put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.algebra import Program, program_of
from imp2art.audit.bits.counting import KINDS
from imp2art.audit.bits.grid import Grid, as_days
from imp2art.audit.bits.groups import LookUps
from imp2art.audit.engine import count_kinds
from imp2art.audit.indicator import Indicator
from imp2art.audit.packing.compact_slices import slices
from imp2art.audit.packing.gates import is_list_wide
from imp2art.audit.packing.kinds import needs_of
from imp2art.audit.packing.packed import Pack, ShortDays
from imp2art.core.refusal import Refusal

Table = NDArray[np.int32]
_AT_ONCE = 8_000  # people whose masks mostly stay in a core's cache


@dataclass(frozen=True, slots=True)
class NationCounts:
    """People by indicator, month end and practice: four tables of shape (slugs, month_ends, practices).

    What each counts is as in `report.MonthFigure`.
    """

    slugs: tuple[str, ...]
    month_ends: tuple[date, ...]
    practices: tuple[str, ...]
    denominator: Table
    numerator: Table
    excluded: Table
    cannot_tell: Table


def count_practices(
    pack: Pack, indicators: Sequence[Indicator], month_ends: tuple[date, ...]
) -> NationCounts:
    """Every indicator at every month end in every practice of the pack.

    People left out of the pack count where an indicator asks of everyone on the list: as not met.
    """
    rules = tuple(indicators)
    if len(pack.other_start) and not pack.needs.cover(needs_of(rules)):
        raise Refusal("The store was built for other indicators: build it again from its delivery.")
    counts = _counted(pack, program_of(rules), LookUps(pack.kinds, Grid(month_ends)))
    met, not_met, excluded, cannot_tell = (counts[:, kind] for kind in range(4))
    denominator = met + not_met
    denominator[[is_list_wide(rule) for rule in rules]] += _others_on_list(pack, as_days(month_ends))
    slugs = tuple(rule.slug for rule in rules)
    return NationCounts(slugs, month_ends, pack.practices, denominator, met, excluded, cannot_tell)


def _counted(pack: Pack, program: Program, look: LookUps) -> Table:
    """As `engine.count_kinds` counts them, a few practices at a time."""
    counts = np.zeros((len(program.rules), len(KINDS), len(look.grid.ends), len(pack.practices)), np.int32)
    begin = 0
    for piece in slices(pack, _AT_ONCE):
        end = begin + len(piece.practices)
        counts[..., begin:end] = count_kinds(piece, program, look)
        begin = end
    return counts


def merge_counts(counted: Iterable[NationCounts]) -> NationCounts:
    """The practices of many packs one after the other; same indicators and month ends in each."""
    parts = tuple(counted)
    if len({(part.slugs, part.month_ends) for part in parts}) != 1:
        raise ValueError("counts of different indicators or months cannot be put together")
    practices = tuple(code for part in parts for code in part.practices)
    names = ("denominator", "numerator", "excluded", "cannot_tell")
    tables = [np.concatenate([getattr(part, name) for part in parts], axis=2) for name in names]
    return NationCounts(parts[0].slugs, parts[0].month_ends, practices, *tables)


def _others_on_list(pack: Pack, ends: NDArray[np.int32]) -> Table:
    """People left out of the pack who are on the list, by month and practice."""
    found = np.zeros((len(ends), len(pack.practices)), np.int32)
    for practice in range(len(pack.practices)):
        low, high = pack.other_bounds[practice], pack.other_bounds[practice + 1]
        begun = _up_to(pack.other_start[low:high], ends)
        found[:, practice] = begun - _up_to(pack.other_end[low:high], ends)
    return found


def _up_to(days: ShortDays, ends: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.searchsorted(days, ends.astype(np.int16), side="right")
