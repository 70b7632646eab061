"""A program of rules run and counted in one compiled loop.

People are taken a block at a time, so that what a step gives is still in the processor's cache when the
next one reads it. Bits are added by full adders (carry-save, as Harley and Seal count bits): plane p of a
counter holds bit p of the sums of every month end at once, in four lanes beside one another.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.algebra import AND, ATOM, NOT, OR, Program
from imp2art.audit.bits.atoms import Worked
from imp2art.audit.bits.loops import BLOCK, Masks
from imp2art.audit.compiling import compiled
from imp2art.audit.packing.packed import Offsets

KINDS = ("met", "not met", "excluded", "cannot tell")
_LANES = 4  # masks in one register of the processor
_ROWS = BLOCK // _LANES  # rows of lanes that are added at once
_FOUR = 4  # planes that one addition of rows fills before it carries
# By a byte: its eight bits as eight counters of a byte each, the lowest bit in the lowest counter.
_SPREAD = np.array(
    [sum(1 << (8 * bit) for bit in range(8) if byte >> bit & 1) for byte in range(256)], np.uint64
)


def count_rules(program: Program, worked: Worked, bounds: Offsets, months: int) -> NDArray[np.int32]:
    """People by rule, kind (`KINDS`), month and practice."""
    every = np.uint64((1 << months) - 1)
    most = int(np.diff(bounds).max(initial=0))
    planes = max(_FOUR, (most // _LANES + 2 * _ROWS).bit_length())
    tables = (*worked.windows, *worked.others)
    return _count_rules(program.steps, program.rules, *tables, bounds, months, every, planes, _SPREAD)


@compiled
def _count_rules(
    steps: Offsets,
    rules: Offsets,
    windows: Masks,
    may_windows: Masks,
    others: Masks,
    may_others: Masks,
    bounds: Offsets,
    months: int,
    every: np.uint64,
    planes: int,
    spread: Masks,
) -> NDArray[np.int32]:
    practices, count = bounds.size - 1, rules.shape[0]
    counts = np.zeros((count, 4, months, practices), np.int32)
    sure, may = np.zeros((len(steps), BLOCK), np.uint64), np.zeros((len(steps), BLOCK), np.uint64)
    counters = np.zeros((count, 4, planes, _LANES), np.uint64)
    found, carry = np.zeros((4, BLOCK), np.uint64), np.zeros(_LANES, np.uint64)
    for practice in range(practices):
        low, high = bounds[practice], bounds[practice + 1]
        for block in range(low // BLOCK, (high + BLOCK - 1) // BLOCK):
            _work_out(steps, windows, others, may_windows, may_others, block, every, sure, may)
            first, end = max(low - block * BLOCK, 0), min(high - block * BLOCK, BLOCK)
            for rule in range(count):
                several = _answers(rules, rule, sure, may, found)
                if end - first < BLOCK:  # the others are of another practice, or nobody
                    found[:, :first] = 0
                    found[:, end:] = 0
                for kind in range(4 if several else 2):
                    _add(found, rule, kind, counters, carry)
        for rule in range(count):
            for kind in range(4):
                _read(counters[rule, kind], months, spread, counts[rule, kind, :, practice])
        counters[:] = 0
    return counts


@compiled
def _work_out(
    steps: Offsets,
    windows: Masks,
    others: Masks,
    may_windows: Masks,
    may_others: Masks,
    block: int,
    every: np.uint64,
    sure: Masks,
    may: Masks,
) -> None:
    """Every step for a block of people."""
    first = windows.shape[1]
    for step in range(len(steps)):
        what, left, right = steps[step, 0], steps[step, 1], steps[step, 2]
        if what == ATOM and left < first:
            for at in range(BLOCK):
                sure[step, at] = windows[block, left, at]
                may[step, at] = may_windows[block, left, at]
        elif what == ATOM:
            for at in range(BLOCK):
                sure[step, at] = others[left - first, block, at]
                may[step, at] = may_others[left - first, block, at]
        elif what == AND:
            for at in range(BLOCK):
                sure[step, at] = sure[left, at] & sure[right, at]
            for at in range(BLOCK):
                may[step, at] = may[left, at] & may[right, at]
        elif what == OR:
            for at in range(BLOCK):
                sure[step, at] = sure[left, at] | sure[right, at]
            for at in range(BLOCK):
                may[step, at] = may[left, at] | may[right, at]
        elif what == NOT:
            for at in range(BLOCK):
                sure[step, at] = ~may[left, at] & every
            for at in range(BLOCK):
                may[step, at] = ~sure[left, at] & every
        else:
            sure[step, :] = 0
            may[step, :] = 0


@compiled
def _answers(rules: Offsets, rule: int, sure: Masks, may: Masks, found: Masks) -> bool:
    """One rule's answers by kind; whether there are any but the first two.

    `engine.Engine.outcomes` says the same.
    """
    inside, met, out = rules[rule, 0], rules[rule, 1], rules[rule, 2]
    several = np.uint64(0)
    for at in range(BLOCK):
        success, failed = sure[inside, at] & sure[met, at], sure[inside, at] & ~may[met, at]
        not_met, excluded = failed & ~may[out, at], failed & sure[out, at]
        cannot_tell = may[inside, at] & ~(success | not_met | excluded)
        found[0, at] = success
        found[1, at] = not_met
        found[2, at] = excluded
        found[3, at] = cannot_tell
        several |= excluded | cannot_tell
    return bool(several != 0)


@compiled
def _add(found: Masks, rule: int, kind: int, counters: Masks, carry: Masks) -> None:
    """Add the rows of lanes of a kind of answer to the counter of a rule."""
    for lane in range(_LANES):
        ones, twos = counters[rule, kind, 0, lane], counters[rule, kind, 1, lane]
        fours, eights = counters[rule, kind, 2, lane], counters[rule, kind, 3, lane]
        ones, twos_a = _full(ones, found[kind, lane], found[kind, lane + 4])
        ones, twos_b = _full(ones, found[kind, lane + 8], found[kind, lane + 12])
        twos, fours_a = _full(twos, twos_a, twos_b)
        ones, twos_a = _full(ones, found[kind, lane + 16], found[kind, lane + 20])
        ones, twos_b = _full(ones, found[kind, lane + 24], found[kind, lane + 28])
        twos, fours_b = _full(twos, twos_a, twos_b)
        fours, eights_a = _full(fours, fours_a, fours_b)
        ones, twos_a = _full(ones, found[kind, lane + 32], found[kind, lane + 36])
        ones, twos_b = _full(ones, found[kind, lane + 40], found[kind, lane + 44])
        twos, fours_a = _full(twos, twos_a, twos_b)
        ones, twos_a = _full(ones, found[kind, lane + 48], found[kind, lane + 52])
        ones, twos_b = _full(ones, found[kind, lane + 56], found[kind, lane + 60])
        twos, fours_b = _full(twos, twos_a, twos_b)
        fours, eights_b = _full(fours, fours_a, fours_b)
        eights, carry[lane] = _full(eights, eights_a, eights_b)
        counters[rule, kind, 0, lane], counters[rule, kind, 1, lane] = ones, twos
        counters[rule, kind, 2, lane], counters[rule, kind, 3, lane] = fours, eights
    for plane in range(_FOUR, counters.shape[2]):
        for lane in range(_LANES):
            both = counters[rule, kind, plane, lane] & carry[lane]
            counters[rule, kind, plane, lane] ^= carry[lane]
            carry[lane] = both


@compiled
def _full(one: np.uint64, other: np.uint64, third: np.uint64) -> tuple[np.uint64, np.uint64]:
    """The sum and the carry of three bits, in every place of the masks."""
    either = one ^ other
    return either ^ third, (one & other) | (either & third)


@compiled
def _read(planes: Masks, months: int, spread: Masks, into: NDArray[np.int32]) -> None:
    """Put what a counter has come to into `into`, by month."""
    byte = np.uint64(255)
    for plane in range(planes.shape[0]):
        for group in range((months + 7) // 8):
            lanes = np.uint64(0)  # eight sums of at most four
            for lane in range(_LANES):
                lanes += spread[(planes[plane, lane] >> np.uint64(8 * group)) & byte]
            if lanes == 0:
                continue
            for month in range(8 * group, min(8 * group + 8, months)):
                into[month] += np.int32((lanes >> np.uint64(8 * (month % 8))) & byte) << plane
