"""The axis of months under a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from imp2art.core.period import Period, add_months
from imp2art.documents.charts.svg import INK, element, words
from imp2art.documents.words import short_month

_LABEL_EVERY = 6  # months; more would touch each other on a small screen
_LABEL_ROOM = 30  # view box units that a label needs


def month_ticks(
    months: Sequence[tuple[float, date]], y: float, last_x: float, every: int = _LABEL_EVERY
) -> Iterator[str]:
    """A tick for each month, its name and year under the newest and under every sixth before it."""
    ticks = [f"M{x:.1f} {y}v{3 if back % every else 5}" for back, (x, _) in enumerate(reversed(months))]
    yield element("path", d="".join(ticks), stroke=INK, stroke_width=1)
    for x, month in months[::-every]:
        anchor = "end" if x > last_x - _LABEL_ROOM / 2 else "middle"
        yield words(x, y + 18, short_month(month), anchor=anchor, size=12)
        yield words(x, y + 32, str(month.year), anchor=anchor, size=12)


def firsts_of_months(period: Period) -> tuple[date, ...]:
    """The first day of each month that begins in the period."""
    start = period.start if period.start.day == 1 else add_months(period.start.replace(day=1), 1)
    months = (period.end.year - start.year) * 12 + period.end.month - start.month + 1
    days = (add_months(start, ahead) for ahead in range(max(0, months)))
    return tuple(day for day in days if day in period)
