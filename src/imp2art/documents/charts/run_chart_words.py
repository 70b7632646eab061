"""The words of a run chart: its description, what each month says, and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from imp2art.audit.indicator import Direction
from imp2art.audit.run_chart import Signal
from imp2art.documents.figure_words import of_people, share_in_words, share_words
from imp2art.documents.words import month_in_words, phrase

Point = tuple[date, int, int]  # month end, numerator, denominator
Limits = tuple[float, float, float]  # mean, lower, upper, each from 0 to 1


@dataclass(frozen=True, slots=True)
class RunRow:
    """One month of the table beside the chart. `signal` is empty where the month does not stand out."""

    month: str
    share: str
    numerator: int
    denominator: int
    signal: str


def rows_of_run_chart(
    points: Sequence[Point], signals: Sequence[Signal], direction: Direction
) -> tuple[RunRow, ...]:
    """The same months as rows, newest first."""
    told = signals_told(signals, direction)
    rows = [
        RunRow(
            month_in_words(month),
            share_words(numerator, denominator) if denominator else "",
            numerator,
            denominator,
            say(told[at]) if at in told else "",
        )
        for at, (month, numerator, denominator) in enumerate(points)
    ]
    return tuple(reversed(rows))


def signals_told(signals: Sequence[Signal], direction: Direction) -> dict[int, str]:
    """For each month in a signal: `better`, `worse`, or `changed` where there is no good direction."""
    told = {}
    for signal in signals:
        for at in signal.points:
            if direction is Direction.NEITHER:
                told[at] = "changed"
            else:
                told[at] = "better" if signal.high == (direction is Direction.HIGHER) else "worse"
    return told


def describe(points: Sequence[Point], limits: Sequence[Limits] | None, told: Mapping[int, str]) -> str:
    """What the picture shows, for who does not see it: the span, the newest month, chance, signals."""
    span = say("run-from", first=month_in_words(points[0][0]), last=month_in_words(points[-1][0]))
    newest = f"{point_words(points[-1])}."
    return " ".join((span, newest, _limits_in_words(limits), _signals_in_words(told)))


def point_words(point: Point) -> str:
    """One month: its share and its people, or that nobody counts."""
    month, numerator, denominator = point
    named = _month(month)
    if not denominator:
        return say("run-nobody", month=named)
    share, people = share_words(numerator, denominator), of_people(numerator, denominator)
    return say("run-point", month=named, share=share, people=people)


@lru_cache(maxsize=240)
def _month(month_end: date) -> str:
    """The charts of a report say the same months over and over."""
    return month_in_words(month_end)


def _limits_in_words(limits: Sequence[Limits] | None) -> str:
    if not limits:
        return say("run-no-limits")
    mean, lower, upper = map(share_in_words, limits[-1])
    return say("run-limits", mean=mean, lower=lower, upper=upper)


def _signals_in_words(told: Mapping[int, str]) -> str:
    return say("run-signals", count=len(told)) if told else say("run-no-signal")


def say(slug: str, **values: object) -> str:
    """A phrase of the charts."""
    return phrase("charts", slug, **values)
