"""The percents on an axis: a span that holds every share, and steps that a reader can count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_STEPS = (2, 5, 10, 20, 25)
_LEAST_SPAN = 8  # percent from one end to the other: less would make a mountain of a ripple


@dataclass(frozen=True, slots=True)
class Percents:
    """Whole percents from `lowest` to `highest`, a mark at every `step`."""

    lowest: int
    highest: int
    step: int

    def place(self, share: float) -> float:
        """Where a share (0 to 1) lies, 0 at the lowest mark and 1 at the highest."""
        return (100 * share - self.lowest) / (self.highest - self.lowest)

    def marks(self) -> Iterator[int]:
        """The percents that are named."""
        yield from range(self.lowest, self.highest + 1, self.step)


def percents_of(shares: Iterable[float], most_marks: int = 4, least_marks: int = 4) -> Percents:
    """The axis for these shares, with so many steps; from 0 to 100 where there are none."""
    found = list(shares)
    low, high = 100 * min(found, default=0.0), 100 * max(found, default=1.0)
    span = max(high - low, _LEAST_SPAN)
    step = next((step for step in _STEPS if span <= most_marks * step), _STEPS[-1])
    lowest = max(0, int((low + high - span) / 2 // step) * step)
    highest = min(100, max(int(-(-high // step)) * step, lowest + least_marks * step))
    return Percents(lowest, highest, step)
