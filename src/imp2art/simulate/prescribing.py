"""Issues of inhalers and tablets: preventers collected late or not at all, relievers by need."""

from __future__ import annotations

import numpy as np

from imp2art.simulate.arrays import Flags, Floats, Ints, whole_years
from imp2art.simulate.cohort import Cohort
from imp2art.simulate.dice import Dice, between, chance, rhythm, weighted
from imp2art.simulate.formulary import REGIMENS, Choices, Formulary
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.regimens import AIR, SABA, Phases, by_regimen, with_chance
from imp2art.simulate.rows import IssueRows

_YEAR = 365.25
_PACKS = (1, 2, 3)
_SOONEST = 9.0  # days between two issues of a reliever
_ADD_ONS = {
    "montelukast": (0, 28.0),
    "tiotropium": (18, 30.0),
    "theophylline": (18, 28.0),
    "daily-prednisolone": (18, 28.0),
}


def issue_rows(
    cohort: Cohort,
    phases: Phases,
    outline: PracticeOutline,
    formulary: Formulary,
    dice: Dice,
    parameters: Parameters,
) -> list[IssueRows]:
    """All issues of regular treatment in the period; steroid courses come with the attacks."""
    parts = [
        _preventers(cohort, phases, formulary, dice, parameters),
        _relievers(cohort, phases, outline, formulary, dice, parameters),
    ]
    return parts + [_add_on(name, cohort, phases, formulary, dice, parameters) for name in _ADD_ONS]


def _preventers(
    cohort: Cohort, phases: Phases, formulary: Formulary, dice: Dice, parameters: Parameters
) -> IssueRows:
    on = np.flatnonzero(phases.choice >= 0)
    product, dosing = _chosen(phases, formulary, on)
    packs = np.array(_PACKS)[weighted(dice, (0.78, 0.17, 0.05), len(on))]
    days = formulary.doses[product] / np.maximum(formulary.a_day[dosing], 0.01)
    every = packs * days / cohort.adherence[phases.owner[on]]
    need = parameters.number("treatment.air_inhalers_a_year") * np.exp(0.6 * dice.standard_normal(len(on)))
    every = np.where(phases.regimen[on] == AIR, packs * _YEAR / need, every)
    row, day = _rhythm(cohort, phases, on, every, dice)
    lapse_start, lapse_end = _lapses(cohort, dice, parameters)
    owner = phases.owner[on][row]
    kept = (day < lapse_start[owner]) | (day >= lapse_end[owner])
    return IssueRows(cohort.person[owner], day, product[row], dosing[row], packs[row]).where(kept)


def _relievers(
    cohort: Cohort,
    phases: Phases,
    outline: PracticeOutline,
    formulary: Formulary,
    dice: Dice,
    parameters: Parameters,
) -> IssueRows:
    choice, kept = _reliever_habits(cohort, phases, formulary, dice, parameters)
    on = np.flatnonzero(kept)
    owner = phases.owner[on]
    a_year = _relievers_a_year(cohort, outline, dice, parameters)[owner]
    a_year = a_year * by_regimen(parameters, "treatment.reliever_by_regimen")[phases.regimen[on]]
    packs = 1 + chance(dice, 0.12, len(on)).astype(np.int64)
    every = np.maximum(packs * _YEAR / a_year, _SOONEST)
    row, day = _rhythm(cohort, phases, on, every, dice)
    of = formulary.choices["reliever"]
    one = choice[on][row]
    return IssueRows(cohort.person[owner][row], day, of.product[one], of.dosing[one], packs[row])


def _relievers_a_year(cohort: Cohort, outline: PracticeOutline, dice: Dice, parameters: Parameters) -> Floats:
    """Inhalers a year: more in severe asthma and where the preventer stays at the chemist's."""
    leaning = (
        0.45 * cohort.severity + 0.8 * (0.55 - cohort.adherence) + 0.85 * dice.standard_normal(len(cohort))
    )
    spread = parameters.number("treatment.reliever_spread")
    return parameters.number("treatment.relievers_a_year") * np.exp(
        spread * leaning + outline.traits.relievers
    )


def _reliever_habits(
    cohort: Cohort, phases: Phases, formulary: Formulary, dice: Dice, parameters: Parameters
) -> tuple[Ints, Flags]:
    """Each phase's reliever and whether it has one; a person keeps the same product in both phases."""
    choice = formulary.choices["reliever"].draw(dice, whole_years(cohort.born, cohort.care_end))
    kept = with_chance(parameters, "treatment.reliever_kept", phases, dice)
    return choice[phases.owner], kept | (phases.regimen == SABA)


def _add_on(
    name: str, cohort: Cohort, phases: Phases, formulary: Formulary, dice: Dice, parameters: Parameters
) -> IssueRows:
    from_age, days = _ADD_ONS[name]
    old_enough = whole_years(cohort.born[phases.owner], phases.start) >= from_age
    on = np.flatnonzero(
        with_chance(parameters, f"treatment.{name.replace('-', '_')}", phases, dice) & old_enough
    )
    owner = phases.owner[on]
    every = np.full(len(on), days) if name == "daily-prednisolone" else days / cohort.adherence[owner]
    row, day = _rhythm(cohort, phases, on, every, dice)
    of = formulary.choices[name]
    choice = of.draw(dice, whole_years(cohort.born[owner][row], day))
    packs = _quantity(of, formulary, choice)
    return IssueRows(cohort.person[owner][row], day, of.product[choice], of.dosing[choice], packs)


def _quantity(of: Choices, formulary: Formulary, choice: Ints) -> Ints:
    """One inhaler, or a pack of tablets."""
    product = of.product[choice]
    return np.where(formulary.inhaled[product], 1, formulary.doses[product].astype(np.int64))


def _chosen(phases: Phases, formulary: Formulary, on: Ints) -> tuple[Ints, Ints]:
    product, dosing = np.zeros(len(on), dtype=np.int64), np.zeros(len(on), dtype=np.int64)
    for regimen, name in enumerate(REGIMENS):
        among = phases.regimen[on] == regimen
        if regimen != SABA and among.any():
            of, choice = formulary.choices[name], phases.choice[on][among]
            product[among], dosing[among] = of.product[choice], of.dosing[choice]
    return product, dosing


def _rhythm(cohort: Cohort, phases: Phases, on: Ints, every: Floats, dice: Dice) -> tuple[Ints, Ints]:
    """A new treatment is issued on its first day; one that was running already at some day of its round."""
    new = phases.changed[on] | (phases.start[on] == cohort.diagnosed[phases.owner[on]])
    first = np.where(new, 0.0, dice.random(len(on)))
    return rhythm(dice, phases.start[on], phases.end[on], every, first)


def _lapses(cohort: Cohort, dice: Dice, parameters: Parameters) -> tuple[Ints, Ints]:
    """When a person stopped collecting the preventer; an empty span for those who did not."""
    start = between(dice, cohort.care_start, cohort.care_end, len(cohort))
    length = between(dice, 120, 490, len(cohort))
    lapses = chance(dice, parameters.number("treatment.lapse"), len(cohort))
    return start, np.where(lapses, start + length, start)
