"""The run chart of a series (XmR): its mean, its natural process limits and its signals.

Limits are the mean ± 2.66 × the mean moving range. The four signals are those of the fact files
(`ecosystem.md`, statistical process control); NHS England's own text must confirm them before they
are called its rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean

LIMIT_FACTOR = 2.66  # 3 / d2 for ranges of two, d2 = 1.128
RUN_LENGTH = 7
TREND_LENGTH = 6
# Below this many points the limits say little. Constructed [C]; no source was found for a number.
POINTS_NEEDED = 12


class SignalKind(StrEnum):
    """Stored names: never rename one."""

    OUTSIDE = "outside"
    RUN = "run"
    TREND = "trend"
    NEAR_LIMIT = "near limit"


@dataclass(frozen=True, slots=True)
class Signal:
    """`points` are places in the series; `high` is true above the mean or rising."""

    kind: SignalKind
    high: bool
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RunChart:
    """`points` are the rates in time order, None where nobody was in the denominator.

    `mean`, `lower` and `upper` are None while there are fewer than `POINTS_NEEDED` points. Limits of
    a share are cut at 0 and 1.
    """

    points: tuple[float | None, ...]
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    signals: tuple[Signal, ...] = ()

    def signals_at(self, place: int) -> tuple[Signal, ...]:
        """The signals that this point is part of."""
        return tuple(signal for signal in self.signals if place in signal.points)


def draw_limits(points: Sequence[float | None], least_reach: float = 0.0) -> RunChart:
    """The chart of these rates (0 to 1), with limits and signals where there are enough of them.

    `least_reach` is how far the limits lie from the mean at least, however little the points move.
    """
    known = [(place, point) for place, point in enumerate(points) if point is not None]
    if len(known) < POINTS_NEEDED:
        return RunChart(tuple(points))
    values = [point for _, point in known]
    mean = fmean(values)
    moving = fmean(abs(later - earlier) for earlier, later in pairwise(values))
    reach = max(LIMIT_FACTOR * moving, least_reach)
    signals = tuple(_placed(signal, known) for signal in _signals(values, mean, reach))
    return RunChart(tuple(points), mean, max(0.0, mean - reach), min(1.0, mean + reach), signals)


def _placed(signal: Signal, known: Sequence[tuple[int, float]]) -> Signal:
    return Signal(signal.kind, signal.high, tuple(known[at][0] for at in signal.points))


def _signals(values: Sequence[float], mean: float, reach: float) -> Iterator[Signal]:
    # Rounded, so that a series that never changes is not a run on one side of its own mean.
    offsets = [round(value - mean, 12) for value in values]
    for high in (True, False):
        signed = offsets if high else [-offset for offset in offsets]
        for at, offset in enumerate(signed):
            if offset > reach:
                yield Signal(SignalKind.OUTSIDE, high, (at,))
        yield from _stretches(SignalKind.RUN, high, [offset > 0 for offset in signed], RUN_LENGTH)
        yield from _trends(high, signed)
        yield from _near_limit(high, signed, reach)


def _stretches(kind: SignalKind, high: bool, holds: Sequence[bool], least: int) -> Iterator[Signal]:
    start = 0
    for at in range(len(holds) + 1):
        if at == len(holds) or not holds[at]:
            if at - start >= least:
                yield Signal(kind, high, tuple(range(start, at)))
            start = at + 1


def _trends(high: bool, signed: Sequence[float]) -> Iterator[Signal]:
    # Six points in a row that rise are five steps up; the stretch of steps starts one point earlier.
    rises = [later > earlier for earlier, later in pairwise(signed)]
    for steps in _stretches(SignalKind.TREND, high, rises, TREND_LENGTH - 1):
        yield Signal(SignalKind.TREND, high, (*steps.points, steps.points[-1] + 1))


def _near_limit(high: bool, signed: Sequence[float], reach: float) -> Iterator[Signal]:
    near = [reach * 2 / 3 < offset <= reach for offset in signed]
    for start in range(len(near) - 2):
        found = tuple(at for at in range(start, start + 3) if near[at])
        # A window that opens with a quiet point repeats what the next window finds.
        if len(found) >= 2 and near[start]:
            yield Signal(SignalKind.NEAR_LIMIT, high, found)
