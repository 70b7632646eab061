"""Beta-blockers of people with asthma, for other illnesses: a few not selective, some selective."""

from __future__ import annotations

import numpy as np

from imp2art.simulate.arrays import Ints, ages_on, whole_years
from imp2art.simulate.cohort import Cohort
from imp2art.simulate.dice import Dice, between, chance, rhythm
from imp2art.simulate.formulary import Formulary
from imp2art.simulate.frame import Frame
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.people import People
from imp2art.simulate.rows import IssueRows

_EVERY = 30.0  # days from one issue to the next


def beta_blocker_issues(
    cohort: Cohort,
    people: People,
    formulary: Formulary,
    dice: Dice,
    frame: Frame,
    parameters: Parameters,
) -> list[IssueRows]:
    """Issues to all who were ever coded with asthma, treated for it now or not; nobody has both kinds."""
    age = ages_on(cohort.born, cohort.gone)
    unselective = chance(dice, parameters.by_age("beta_blockers.non_selective", age), len(cohort))
    selective = chance(dice, parameters.by_age("beta_blockers.selective", age), len(cohort)) & ~unselective
    return [
        _issues(
            f"beta-blocker-{name}", np.flatnonzero(on), cohort, people, formulary, dice, frame, parameters
        )
        for name, on in (("non-selective", unselective), ("selective", selective))
    ]


def _issues(
    purpose: str,
    owner: Ints,
    cohort: Cohort,
    people: People,
    formulary: Formulary,
    dice: Dice,
    frame: Frame,
    parameters: Parameters,
) -> IssueRows:
    """The same tablet month by month, for most from before the period, until they are gone."""
    person, gone = cohort.person[owner], cohort.gone[owner]
    stay = np.maximum(people.start[person], frame.start)
    new = chance(dice, parameters.number("beta_blockers.begun_in_period"), len(owner))
    start = np.where(new, between(dice, stay, gone, len(owner)), stay)
    row, day = rhythm(dice, start, gone, np.full(len(owner), _EVERY), dice.random(len(owner)))
    of = formulary.choices[purpose]
    choice = of.draw(dice, whole_years(cohort.born[owner], start))
    given = choice[row] >= 0  # not yet of the age at which the model gives any
    chosen = choice[row][given]
    tablets = formulary.doses[of.product[chosen]].astype(np.int64)
    return IssueRows(person[row][given], day[given], of.product[chosen], of.dosing[chosen], tablets)
