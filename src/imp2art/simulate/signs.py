"""Signs of asthma apart from a diagnosis: a suspicion, wheeze, and the tests near a diagnosis."""

from __future__ import annotations

import numpy as np

from imp2art.simulate.arrays import Ints, ages_on
from imp2art.simulate.coding import Coding
from imp2art.simulate.cohort import Cohort
from imp2art.simulate.dice import Dice, between, chance, weighted_rows
from imp2art.simulate.frame import Frame
from imp2art.simulate.others import Others
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.rows import EventRows, entries

_GROWN = 16  # which tests count: clinical file §5.4
_TEST_FROM, _TEST_TO = -75, 60  # days around the diagnosis: within the three months that count on either side
_MOST_WHEEZE = 3
_IGE, _EOSINOPHILS = "total-ige", "blood-eosinophils"


def sign_entries(
    cohort: Cohort, others: Others, coding: Coding, dice: Dice, frame: Frame, parameters: Parameters
) -> list[EventRows]:
    """Suspicions, wheeze and tests of the period."""
    recent = np.flatnonzero(cohort.diagnosed >= frame.start)
    return [
        _suspected_first(cohort, recent, coding, dice, parameters),
        _suspected_alone(others, coding, dice, parameters),
        _wheezed(others, coding, dice, parameters),
        *_tested(cohort, recent, coding, dice, parameters),
    ]


def _suspected_first(
    cohort: Cohort, recent: Ints, coding: Coding, dice: Dice, parameters: Parameters
) -> EventRows:
    """Some diagnoses come weeks or months after asthma was suspected."""
    first = chance(dice, parameters.number("signs.suspected_first"), len(recent))
    day = cohort.diagnosed[recent] - between(dice, 14, 400, len(recent))
    kept = first & (day > cohort.born[recent])
    return entries(coding, dice, "suspected-asthma", cohort.person[recent][kept], day[kept])


def _suspected_alone(others: Others, coding: Coding, dice: Dice, parameters: Parameters) -> EventRows:
    """Suspicions that no diagnosis follows: ruled out, or never looked into."""
    shares = parameters.by_age("signs.suspected_alone", others.age)
    mine = others.of(np.flatnonzero(chance(dice, shares, len(others))))
    day = between(dice, mine.start, mine.gone, len(mine))
    return entries(coding, dice, "suspected-asthma", mine.person, day)


def _wheezed(others: Others, coding: Coding, dice: Dice, parameters: Parameters) -> EventRows:
    """Wheeze of people without a diagnosis, mostly small children, in some more than once."""
    shares = parameters.by_age("signs.wheeze", others.age)
    wheezed = np.flatnonzero(chance(dice, shares, len(others)))
    mine = others.of(np.repeat(wheezed, between(dice, 1, _MOST_WHEEZE + 1, len(wheezed))))
    return entries(coding, dice, "wheeze", mine.person, between(dice, mine.start, mine.gone, len(mine)))


def _tested(
    cohort: Cohort, recent: Ints, coding: Coding, dice: Dice, parameters: Parameters
) -> list[EventRows]:
    """Objective tests near the diagnoses of the period: one, or two on different days."""
    age = ages_on(cohort.born[recent], cohort.diagnosed[recent])
    tested = chance(dice, parameters.by_age("tests.any", age), len(recent))
    owner, child = recent[tested], (age[tested] < _GROWN).astype(np.int64)
    again = chance(dice, parameters.number("tests.second"), len(owner))
    owner, child = np.concatenate([owner, owner[again]]), np.concatenate([child, child[again]])
    grown, young = parameters.shares("tests.from_16"), parameters.shares("tests.under_16")
    kinds = tuple(dict.fromkeys((*grown, *young)))
    table = np.array([[shares.get(kind, 0.0) for kind in kinds] for shares in (grown, young)])
    test = weighted_rows(dice, table, child)
    day = cohort.diagnosed[owner] + between(dice, _TEST_FROM, _TEST_TO + 1, len(owner))
    test[(day <= cohort.born[owner]) | (day >= cohort.gone[owner])] = -1
    # A child's total IgE counts only together with the eosinophils.
    had = {kind: test == place for place, kind in enumerate(kinds)}
    had[_EOSINOPHILS] = had[_EOSINOPHILS] | had[_IGE]
    return [entries(coding, dice, kind, cohort.person[owner[on]], day[on]) for kind, on in had.items()]
