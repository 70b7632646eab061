"""A practice in the best and in the worst tenth of one measure: never without the reason.

It may be best at one month end and worst at another, or best of all practices and worst of those like
it. Either is true and puzzles a reader, so the report says which it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imp2art.audit.reports.chance import differ
from imp2art.audit.reports.report import ExtremeReason, Extremes, MonthFigure

TENTH = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """How a practice stood at a month end, among similar practices or among all of its nation.

    `better_than` is the share of them that it did better than, `middle` their median rate.
    """

    figure: MonthFigure
    of_similar: bool
    better_than: float
    middle: float


def extremes_of(places: Sequence[Place]) -> Extremes | None:
    """The newest best and worst places with the reason; None where there is no such pair."""
    best = [place for place in places if place.better_than >= 1 - TENTH]
    worst = [place for place in places if place.better_than <= TENTH]
    if not best or not worst:
        return None
    pairs = [(one, other) for one in reversed(best) for other in reversed(worst)]
    # Two months of one group are the plainer story, so they are told where there are such.
    high, low = next((pair for pair in pairs if pair[0].of_similar == pair[1].of_similar), pairs[0])
    return Extremes(
        high.figure.month_end, low.figure.month_end, _reason(high, low), high.of_similar, low.of_similar
    )


def _reason(best: Place, worst: Place) -> ExtremeReason:
    if best.of_similar != worst.of_similar:
        return ExtremeReason.GROUP_DIFFERS
    if differ(best.figure, worst.figure):
        return ExtremeReason.REAL_CHANGE
    own = abs((best.figure.rate or 0.0) - (worst.figure.rate or 0.0))
    others = abs(best.middle - worst.middle)
    return ExtremeReason.OTHERS_MOVED if others > own else ExtremeReason.SMALL_NUMBERS
