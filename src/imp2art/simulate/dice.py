"""Seeded dice: one stream for each practice and purpose, and the draws that the model needs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from imp2art.simulate.arrays import Flags, Floats, Ints

Dice = np.random.Generator
# The order is part of what a seed means: append, never reorder.
_STREAMS = (
    "outline",
    "people",
    "cohort",
    "treatment",
    "attacks",
    "reviews",
    "noise",
    "signs",
    "undiagnosed",
    "beta-blockers",
)


def dice_of(seed: int, practice: int, stream: str) -> Dice:
    """The stream of one practice: the same whatever else is drawn, in whatever order."""
    sequence = np.random.SeedSequence([seed, practice], spawn_key=(_STREAMS.index(stream),))
    return np.random.Generator(np.random.PCG64(sequence))


def weighted(dice: Dice, weights: Sequence[float] | Floats, count: int) -> Ints:
    """`count` indices into `weights`, each as likely as its weight."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.asarray(np.searchsorted(edges, dice.random(count) * edges[-1], side="right"), dtype=np.int64)


def weighted_rows(dice: Dice, table: Floats, rows: Ints) -> Ints:
    """One column for each entry of `rows`, by the weights of that row of `table`."""
    edges = np.cumsum(table, axis=1)
    drawn = dice.random(len(rows)) * edges[rows, -1]
    found = np.zeros(len(rows), dtype=np.int64)
    for row in range(len(table)):
        at = np.flatnonzero(rows == row)
        found[at] = np.searchsorted(edges[row], drawn[at], side="right")
    return found


def chance(dice: Dice, share: Floats | float, count: int) -> Flags:
    """`count` yes/no answers, each yes with its share."""
    return np.asarray(dice.random(count) < share, dtype=np.bool_)


def between(dice: Dice, low: Ints | int, high: Ints | int, count: int) -> Ints:
    """Whole numbers from `low` up to, not including, `high`; `low` where there is no room."""
    span = np.maximum(np.asarray(high) - low, 1)
    return np.asarray(low + np.floor(dice.random(count) * span), dtype=np.int64)


def logistic(x: Floats | float) -> Floats:
    """The share that belongs to a log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(x))), dtype=np.float64)


def log_odds(share: float) -> float:
    """The log odds of a share."""
    return float(np.log(share / (1.0 - share)))


def rhythm(dice: Dice, start: Ints, end: Ints, every: Floats, first: Floats) -> tuple[Ints, Ints]:
    """Days that come about every `every` days from `start` up to, not including, `end`.

    `first` is how much of an interval passes before the first. Returns the owner (an index into the
    inputs) and the day of each, owners in order.
    """
    room = (end - start) / every - first
    counts = np.maximum(np.ceil(room), 0).astype(np.int64)
    owner = np.repeat(np.arange(len(start)), counts)
    turn = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    wobble = 0.35 * (dice.random(len(owner)) - 0.5) * (turn > 0)
    day = start[owner] + np.floor((turn + first[owner] + wobble) * every[owner]).astype(np.int64)
    kept = (day >= start[owner]) & (day < end[owner])
    return owner[kept], day[kept]
