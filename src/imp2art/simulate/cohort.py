"""Who of the list was ever coded with asthma, how severe it is, and since when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imp2art.simulate.arrays import NEVER, YEAR, Flags, Floats, Ints
from imp2art.simulate.dice import Dice, between, chance, log_odds, logistic
from imp2art.simulate.frame import Frame
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.people import People, ages_when_last_seen

_TREATED, _QUIET, _RESOLVED = 0, 1, 2
_MIDDLE_DECILE = 5.5


@dataclass(frozen=True, slots=True)
class Cohort:
    """One entry a person ever coded with asthma.

    `person` indexes the list. Care happens from `care_start` up to, not including, `care_end`; there
    is none where they cross. `severity` and `engagement` are standard normal, `adherence` is the share
    of prescribed doses that are collected, `review_place` when in the contract year they are seen (0 early,
    1 late). `resolved` comes after `diagnosed`; `again` is a second
    diagnosis after it. Days as numbers, `NEVER` where there is none.
    """

    person: Ints
    born: Ints
    sex: Ints
    poorer: Floats
    diagnosed: Ints
    resolved: Ints
    again: Ints
    gone: Ints
    care_start: Ints
    care_end: Ints
    severity: Floats
    engagement: Floats
    adherence: Floats
    review_place: Floats

    def __len__(self) -> int:
        return len(self.person)


def draw_cohort(
    people: People,
    outline: PracticeOutline,
    dice: Dice,
    frame: Frame,
    parameters: Parameters,
    scripted: int,
) -> Cohort:
    """The people with asthma; the last `scripted` of the list have their own story and are left out."""
    age = ages_when_last_seen(people, frame)
    person = np.flatnonzero(_ever_coded(people, age, outline, dice, parameters, scripted))
    born, gone, age = people.born[person], people.gone(frame)[person], age[person]
    diagnosed = _diagnosis_days(dice, parameters, born, age, gone)
    state = _states(dice, parameters, age, diagnosed, gone)
    resolved, again = _resolutions(dice, parameters, state, diagnosed, gone, frame)
    begun = np.where(again < NEVER, again, diagnosed)
    return Cohort(
        person=person,
        born=born,
        sex=people.sex[person],
        poorer=np.where(people.decile[person] > 0, _MIDDLE_DECILE - people.decile[person], 0.0),
        diagnosed=diagnosed,
        resolved=resolved,
        again=again,
        gone=gone,
        care_start=np.maximum(np.maximum(begun, people.start[person]), frame.start),
        care_end=_care_ends(dice, state, resolved, gone, frame),
        severity=dice.standard_normal(len(person)),
        engagement=dice.standard_normal(len(person)),
        adherence=_adherence(dice, parameters, age),
        review_place=dice.random(len(person)),
    )


def _ever_coded(
    people: People,
    age: Floats,
    outline: PracticeOutline,
    dice: Dice,
    parameters: Parameters,
    scripted: int,
) -> Flags:
    share = np.where(
        people.sex == 0,
        parameters.by_age("asthma.ever_female", age),
        parameters.by_age("asthma.ever_male", age),
    )
    poorer = np.where(people.decile > 0, _MIDDLE_DECILE - people.decile, 0.0)
    share = share * np.exp(outline.traits.prevalence + parameters.number("asthma.deprivation") * poorer)
    ever = chance(dice, share, len(people))
    ever[len(people) - scripted :] = False
    return ever


def _diagnosis_days(dice: Dice, parameters: Parameters, born: Ints, age: Floats, gone: Ints) -> Ints:
    early = chance(dice, parameters.number("asthma.child_onset"), len(born)) | (age < 18)
    child = 1.5 + (np.minimum(age, 16) - 1.5) * dice.beta(1.4, 1.7, len(born))
    adult = 18 + (age - 18) * dice.random(len(born))
    day = born + (np.where(early, child, adult) * YEAR).astype(np.int64)
    return np.minimum(day, gone - 1)


def _states(dice: Dice, parameters: Parameters, age: Floats, diagnosed: Ints, gone: Ints) -> Ints:
    treated = chance(dice, parameters.by_age("asthma.still_treated", age), len(age))
    resolved = chance(dice, parameters.number("asthma.resolved"), len(age))
    old_enough = gone - diagnosed > 3 * YEAR
    return np.where(treated | ~old_enough, _TREATED, np.where(resolved, _RESOLVED, _QUIET))


def _resolutions(
    dice: Dice, parameters: Parameters, state: Ints, diagnosed: Ints, gone: Ints, frame: Frame
) -> tuple[Ints, Ints]:
    """When asthma was coded as resolved, and when it was diagnosed again: before the period began."""
    day = between(dice, diagnosed + 500, gone, len(state))
    early = between(dice, diagnosed + 500, np.minimum(gone, frame.start) - 400, len(state))
    again = between(dice, early + 200, np.minimum(gone, frame.start) - 1, len(state))
    twice = (state == _TREATED) & chance(dice, parameters.number("asthma.diagnosed_again"), len(state))
    twice &= np.minimum(gone, frame.start) - diagnosed > 4 * YEAR
    resolved = np.where(state == _RESOLVED, day, np.where(twice, early, NEVER))
    return resolved, np.where(twice, again, NEVER)


def _care_ends(dice: Dice, state: Ints, resolved: Ints, gone: Ints, frame: Frame) -> Ints:
    faded = frame.as_at - 366 - dice.exponential(3 * YEAR, len(state)).astype(np.int64)
    end = np.where(state == _RESOLVED, np.minimum(resolved, faded), np.where(state == _QUIET, faded, NEVER))
    return np.minimum(end, gone)


def _adherence(dice: Dice, parameters: Parameters, age: Floats) -> Floats:
    mean = parameters.by_age("asthma.adherence", age)
    spread = parameters.number("asthma.adherence_spread")
    return np.maximum(dice.beta(mean * spread, (1 - mean) * spread), 0.06)


def middle(share: float, shift: Floats) -> Floats:
    """A share, shifted for each person on the logit scale."""
    return logistic(log_odds(share) + shift)
