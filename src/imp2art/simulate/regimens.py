"""Which treatment a person is on, and from when: one phase, or two where they changed to AIR or MART."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imp2art.simulate.arrays import Flags, Floats, Ints, whole_years
from imp2art.simulate.coding import Coding
from imp2art.simulate.cohort import Cohort
from imp2art.simulate.dice import Dice, chance
from imp2art.simulate.formulary import REGIMENS, Formulary
from imp2art.simulate.frame import Frame
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.rows import EventRows, entries

SABA, ICS, LABA, MART, HIGH, AIR = range(len(REGIMENS))
_FIRST_AGES = (0, 5, 12, 18)
_LEAST_AGE = 12  # AIR is not for younger children (clinical file §3.3); the model gives neither before
_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Phases:
    """One entry a phase: who (an index into the cohort), from when up to not including when, on what.

    `choice` indexes the formulary's choices of the regimen; -1 on a reliever alone. `changed` marks
    the phase that a change of regimen began.
    """

    owner: Ints
    start: Ints
    end: Ints
    regimen: Ints
    choice: Ints
    changed: Flags


def draw_phases(
    cohort: Cohort,
    outline: PracticeOutline,
    formulary: Formulary,
    dice: Dice,
    frame: Frame,
    parameters: Parameters,
) -> Phases:
    """The phases of all who are treated in the period."""
    owner = np.flatnonzero(cohort.care_start < cohort.care_end)
    start, end = cohort.care_start[owner], cohort.care_end[owner]
    age = whole_years(cohort.born[owner], start)
    first = _first_regimens(cohort.severity[owner], age, dice, parameters)
    change = _change_days(frame, dice, parameters, len(owner))
    second = _second_regimens(first, outline, dice, parameters)
    old_enough = whole_years(cohort.born[owner], change) >= _LEAST_AGE
    changes = (second >= 0) & old_enough & (change > start) & (change < end)
    regimen = np.concatenate([first, second[changes]])
    phase_start = np.concatenate([start, change[changes]])
    phase_owner = np.concatenate([owner, owner[changes]])
    return Phases(
        phase_owner,
        phase_start,
        np.concatenate([np.where(changes, change, end), end[changes]]),
        regimen,
        _products(regimen, whole_years(cohort.born[phase_owner], phase_start), formulary, dice),
        np.concatenate([np.zeros(len(owner), dtype=np.bool_), np.ones(int(changes.sum()), dtype=np.bool_)]),
    )


def _first_regimens(severity: Floats, age: Ints, dice: Dice, parameters: Parameters) -> Ints:
    """The more severe, the later in the order of regimens."""
    leaning = 0.7 * severity + 0.714 * dice.standard_normal(len(severity))
    rank = 1.0 / (1.0 + np.exp(-1.702 * leaning))  # close to the normal distribution's
    regimen = np.zeros(len(severity), dtype=np.int64)
    for from_age in _FIRST_AGES:
        shares = parameters.shares(f"treatment.first_regimen_{from_age}")
        edges = np.cumsum([shares[name] for name in REGIMENS[:AIR]])
        drawn = np.searchsorted(edges, rank * edges[-1], side="right")
        regimen = np.where(age >= from_age, np.minimum(drawn, HIGH), regimen)
    return regimen


def _change_days(frame: Frame, dice: Dice, parameters: Parameters, count: int) -> Ints:
    """Days that grow more frequent towards the end of the period."""
    span = parameters.number("treatment.switch_months") * _MONTH
    return (frame.as_at - span * (1 - np.sqrt(dice.random(count)))).astype(np.int64)


def _second_regimens(first: Ints, outline: PracticeOutline, dice: Dice, parameters: Parameters) -> Ints:
    """AIR, MART, or -1 for no change."""
    keen = float(np.exp(outline.traits.new_regimens))
    to_air, to_mart = (_by_regimen(parameters.shares(f"treatment.to_{new}")) for new in ("air", "mart"))
    luck = dice.random(len(first)) / keen
    return np.where(luck < to_air[first], AIR, np.where(luck < (to_air + to_mart)[first], MART, -1))


def _products(regimen: Ints, age: Ints, formulary: Formulary, dice: Dice) -> Ints:
    choice = np.full(len(regimen), -1, dtype=np.int64)
    for index, name in enumerate(REGIMENS):
        on = regimen == index
        if index != SABA and on.any():
            choice[on] = formulary.choices[name].draw(dice, age[on])
    return choice


def mart_entries(
    cohort: Cohort, phases: Phases, coding: Coding, dice: Dice, parameters: Parameters
) -> EventRows:
    """The code for starting MART, where it was set."""
    coded = chance(dice, parameters.number("treatment.mart_start_coded"), len(phases.owner))
    on = phases.changed & (phases.regimen == MART) & coded
    return entries(coding, dice, "mart-started", cohort.person[phases.owner[on]], phases.start[on])


def _by_regimen(shares: dict[str, float]) -> Floats:
    return np.array([shares.get(name, 0.0) for name in REGIMENS])


def by_regimen(parameters: Parameters, name: str) -> Floats:
    """A parameter with a number for each regimen; 0 where it names none."""
    return _by_regimen(parameters.shares(name))


def with_chance(parameters: Parameters, name: str, phases: Phases, dice: Dice) -> Flags:
    """Which phases also have something, by the share for their regimen."""
    return chance(dice, by_regimen(parameters, name)[phases.regimen], len(phases.owner))
