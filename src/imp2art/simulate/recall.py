"""Invitations to a review, and what is coded of those who never come."""

from __future__ import annotations

import numpy as np

from imp2art.simulate.arrays import Flags, Ints, to_weekday
from imp2art.simulate.coding import Coding
from imp2art.simulate.cohort import Cohort
from imp2art.simulate.dice import Dice, between, chance, weighted
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.reviews import ReviewYears
from imp2art.simulate.rows import EventRows, entries

_INVITATIONS = ("invitation-first", "invitation-second", "invitation-third")
_EXCEPTED = ("informed-dissent", "monitoring-declined", "unsuitable")
_TO_EXCEPT = 2  # invitations that come before an exception


def recall_entries(
    cohort: Cohort, years: ReviewYears, coding: Coding, dice: Dice, parameters: Parameters
) -> list[EventRows]:
    """Invitations of all contract years, and exceptions after two that brought nothing."""
    number = _numbers(years, dice, parameters)
    first = _first_days(years, number, dice)
    apart = between(dice, 14, 45, len(number))
    rows = [
        _sent(kind, first + turn * apart, number > turn, cohort, years, coding, dice)
        for turn, kind in enumerate(_INVITATIONS)
    ]
    day = to_weekday(first + _TO_EXCEPT * apart + between(dice, 20, 60, len(number)))
    reason = _exceptions(years, number, dice, parameters)
    excepted = [
        _sent(kind, day, reason == place, cohort, years, coding, dice) for place, kind in enumerate(_EXCEPTED)
    ]
    return rows + excepted


def _numbers(years: ReviewYears, dice: Dice, parameters: Parameters) -> Ints:
    """How many invitations went out in the year."""
    count = len(years.owner)
    came = chance(dice, parameters.number("recall.invited_before"), count) * (
        1 + chance(dice, 0.25, count).astype(np.int64)
    )
    not_come = weighted(dice, list(parameters.shares("recall.not_come").values()), count)
    return np.where(years.reviewed, came, not_come)


def _first_days(years: ReviewYears, number: Ints, dice: Dice) -> Ints:
    """Before the review that followed; for the others from the second month of the year on."""
    count = len(number)
    before = years.day - between(dice, 10, 40, count) - 45 * (number > 1)
    return to_weekday(np.where(years.reviewed, before, years.first + between(dice, 30, 240, count)))


def _exceptions(years: ReviewYears, number: Ints, dice: Dice, parameters: Parameters) -> Ints:
    """An index into `_EXCEPTED`, or one past its end."""
    shares = parameters.shares("recall.excepted")
    reason = weighted(dice, [shares[kind] for kind in (*_EXCEPTED, "none")], len(number))
    return np.where(~years.reviewed & (number >= _TO_EXCEPT), reason, len(_EXCEPTED))


def _sent(
    kind: str, day: Ints, picked: Flags, cohort: Cohort, years: ReviewYears, coding: Coding, dice: Dice
) -> EventRows:
    kept = picked & (day >= years.first) & (day < years.last)
    return entries(coding, dice, kind, cohort.person[years.owner[kept]], day[kept])
