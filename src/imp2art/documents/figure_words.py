"""How every page and document writes a share, a change in points and a count of people: one habit each.

A share is a whole percent; below 5% and above 95% it keeps a decimal, where a whole percent would hide
people. It is 0% only of nobody and 100% only of everyone. Each number is worked out from exact counts and
rounded once, halves up.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import floor

from imp2art.audit.reports.report import MonthFigure
from imp2art.documents.words import phrase

_BOOK = "charts"
_FINE_BELOW, _FINE_ABOVE = 5, 95  # percent


# A report says a few hundred shares, many of them over and over.
@lru_cache(maxsize=4096)
def share_words(numerator: int, denominator: int) -> str:
    """Such as `58%` or `4.8%`, of counts of people. The denominator must not be 0."""
    return share_in_words(Fraction(numerator, denominator))


def share_in_words(share: Fraction | float) -> str:
    """The same of a share from 0 to 1 that is no count, such as a percentile of practices."""
    percent = 100 * share
    if percent in (0, 100) or _FINE_BELOW <= percent <= _FINE_ABOVE:
        return percent_words(_rounded(percent))
    tenths = _rounded(10 * percent)
    if tenths in (0, 1000):
        return phrase(_BOOK, "percent-under" if tenths == 0 else "percent-over")
    return phrase(_BOOK, "percent", share=f"{tenths / 10:g}")


@lru_cache(maxsize=128)
def percent_words(percent: int) -> str:
    """Such as `58%`, of a whole percent: the marks of an axis."""
    return phrase(_BOOK, "percent", share=percent)


def points_words(now: MonthFigure, then: MonthFigure) -> str:
    """By how many points the share moved, such as `+0.4` or `−12.0`; `0` only where it is exactly the same.

    Empty where one of the two has nobody counted.
    """
    if not now.denominator or not then.denominator:
        return ""
    moved = Fraction(now.numerator, now.denominator) - Fraction(then.numerator, then.denominator)
    tenths = _rounded(1000 * abs(moved))
    if not moved:
        return "0"
    if not tenths:
        return phrase(_BOOK, "points-hair-up" if moved > 0 else "points-hair-down")
    return f"{'+' if moved > 0 else '−'}{tenths / 10:.1f}"


def of_people(numerator: int, denominator: int) -> str:
    """`0 of 1 person`, `355 of 1,204 people`."""
    return phrase(_BOOK, "of-people", numerator=f"{numerator:,}", count=denominator)


def _rounded(value: Fraction | float) -> int:
    return floor(value + Fraction(1, 2)) if isinstance(value, Fraction) else floor(value + 0.5)
