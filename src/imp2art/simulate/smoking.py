"""Smoking status of the people with asthma, at reviews and elsewhere, and advice given."""

from __future__ import annotations

import numpy as np

from imp2art.simulate.arrays import YEAR, Flags, Ints, ages_on
from imp2art.simulate.coding import Coding
from imp2art.simulate.cohort import Cohort
from imp2art.simulate.dice import Dice, chance, logistic, rhythm
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.review_entries import Pen
from imp2art.simulate.rows import EventRows, entries

_NEVER_SMOKED, _EX, _CURRENT = range(3)
_KINDS = ("smoking-never", "smoking-ex", "smoking-current")
_ASKED_AGE, _ELSEWHERE_AGE = 12, 15


def smoking_entries(cohort: Cohort, pen: Pen) -> list[EventRows]:
    """The status wherever it was asked; it stays the same over the period."""
    status = _status(cohort, pen.dice, pen.parameters)
    asked = pen.some("smoking") & (pen.reviews.age >= _ASKED_AGE)
    at_review = status[pen.reviews.owner]
    advised = asked & (at_review == _CURRENT) & pen.some("smoking_advice")
    return [
        *(pen.write(kind, asked & (at_review == place)) for place, kind in enumerate(_KINDS)),
        pen.write("smoking-advice", advised),
        *_elsewhere(cohort, status, pen.coding, pen.dice, pen.parameters),
    ]


def _status(cohort: Cohort, dice: Dice, parameters: Parameters) -> Ints:
    age = ages_on(cohort.born, cohort.care_start)
    current = parameters.by_age("smoking.current", age)
    odds = np.log(np.maximum(current, 1e-6) / (1 - current))
    shift = parameters.number("smoking.deprivation") * cohort.poorer
    smokes = chance(dice, logistic(odds + shift), len(cohort))
    stopped = chance(dice, parameters.by_age("smoking.ex", age), len(cohort))
    return np.where(smokes, _CURRENT, np.where(stopped, _EX, _NEVER_SMOKED))


def _elsewhere(
    cohort: Cohort, status: Ints, coding: Coding, dice: Dice, parameters: Parameters
) -> list[EventRows]:
    old_enough: Flags = ages_on(cohort.born, cohort.care_start) >= _ELSEWHERE_AGE
    among = np.flatnonzero(old_enough & (cohort.care_start < cohort.care_end))
    every = np.full(len(among), YEAR / parameters.number("smoking.elsewhere"))
    start, end = cohort.care_start[among], cohort.care_end[among]
    row, day = rhythm(dice, start, end, every, dice.random(len(among)))
    owner = among[row]
    return [
        entries(coding, dice, kind, cohort.person[owner][status[owner] == place], day[status[owner] == place])
        for place, kind in enumerate(_KINDS)
    ]
