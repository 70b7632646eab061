"""Asthma attacks: more in severe asthma and in autumn, with a steroid course, and sometimes hospital."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imp2art.simulate.arrays import YEAR, Floats, Ints, ages_on, to_weekday, whole_years
from imp2art.simulate.coding import Coding
from imp2art.simulate.cohort import Cohort, middle
from imp2art.simulate.dice import Dice, between, chance
from imp2art.simulate.formulary import Formulary
from imp2art.simulate.frame import Frame
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.rows import EventRows, IssueRows, entries

_APART = 15  # two within a fortnight would be one attack


@dataclass(frozen=True, slots=True)
class Attacks:
    """One entry an attack, in the order of owner (an index into the cohort) and day."""

    owner: Ints
    day: Ints

    def in_year_before(self, owner: Ints, day: Ints) -> Ints:
        """How many attacks each owner had in the 365 days before the day."""
        span = 1 << 20
        keys = self.owner * span + self.day
        return np.searchsorted(keys, owner * span + day) - np.searchsorted(keys, owner * span + day - 365)


def draw_attacks(cohort: Cohort, dice: Dice, frame: Frame, parameters: Parameters) -> Attacks:
    """The attacks of all who are in care."""
    start, end = cohort.care_start, np.maximum(cohort.care_end, cohort.care_start)
    season = _season(frame, parameters)
    risk = _attacks_a_year(cohort, dice, parameters) / YEAR
    weight_start, weight_end = season[start - frame.start], season[end - frame.start]
    count = dice.poisson(risk * (weight_end - weight_start))
    owner = np.repeat(np.arange(len(cohort)), count)
    place = weight_start[owner] + dice.random(len(owner)) * (weight_end - weight_start)[owner]
    day = frame.start + np.searchsorted(season, place, side="right") - 1
    order = np.lexsort((day, owner))
    owner, day = owner[order], day[order]
    apart = (np.diff(day, prepend=0) >= _APART) | (np.diff(owner, prepend=-1) > 0)
    return Attacks(owner[apart], day[apart])


def _season(frame: Frame, parameters: Parameters) -> Floats:
    """Added-up weights of the days before each day of the period; a day of the middle has weight 1."""
    days = np.arange(frame.start, frame.as_at + 1).astype("M8[D]")
    month = days.astype("M8[M]").astype(np.int64) % 12
    weights = np.array(list(parameters.shares("attacks.month").values()))
    return np.concatenate([[0.0], np.cumsum((weights / weights.mean())[month])])


def _attacks_a_year(cohort: Cohort, dice: Dice, parameters: Parameters) -> Floats:
    spread = parameters.number("attacks.severity")
    lean = spread * (0.8 * cohort.severity + 0.6 * dice.standard_normal(len(cohort))) - spread**2 / 2
    lean += parameters.number("attacks.adherence") * (cohort.adherence - 0.6)
    lean += parameters.number("attacks.deprivation") * cohort.poorer
    age = ages_on(cohort.born, (cohort.care_start + cohort.care_end) // 2)
    return parameters.by_age("attacks.a_year", age) * np.exp(lean)


def attack_entries(
    cohort: Cohort, attacks: Attacks, coding: Coding, dice: Dice, parameters: Parameters
) -> list[EventRows]:
    """What was coded on the days of the attacks."""
    count, person = len(attacks.owner), cohort.person[attacks.owner]
    age = ages_on(cohort.born[attacks.owner], attacks.day)
    admitted = chance(dice, parameters.by_age("attacks.admitted", age), count)
    attended = chance(dice, parameters.by_age("attacks.attended", age), count) | (
        admitted & chance(dice, 0.5, count)
    )
    coded = chance(dice, parameters.number("attacks.coded"), count)
    severe = coded & admitted
    flags = {
        "exacerbation": coded & ~severe,
        "severe-exacerbation": severe,
        "emergency-attendance": attended,
        "emergency-admission": admitted,
    }
    return [entries(coding, dice, kind, person[flag], attacks.day[flag]) for kind, flag in flags.items()]


def steroid_courses(
    cohort: Cohort, attacks: Attacks, formulary: Formulary, dice: Dice, parameters: Parameters
) -> IssueRows:
    """A course for most attacks, by age."""
    given = chance(dice, parameters.number("attacks.steroid_course"), len(attacks.owner))
    owner, day = attacks.owner[given], attacks.day[given]
    of = formulary.choices["steroid-course"]
    choice = of.draw(dice, whole_years(cohort.born[owner], day))
    return IssueRows(cohort.person[owner], day, of.product[choice], of.dosing[choice], of.quantity[choice])


def follow_ups(
    cohort: Cohort,
    attacks: Attacks,
    outline: PracticeOutline,
    coding: Coding,
    dice: Dice,
    parameters: Parameters,
) -> list[EventRows]:
    """Attacks seen again: some within two working days, some later, many never."""
    count = len(attacks.owner)
    share = middle(
        parameters.number("attacks.followed_up"),
        0.5 * cohort.engagement[attacks.owner] + outline.traits.follow_up,
    )
    luck = dice.random(count)
    soon = luck < share
    late = (luck >= share) & (luck < share + parameters.number("attacks.followed_up_late"))
    day = np.where(
        soon, _next_working_day(attacks.day), to_weekday(attacks.day + between(dice, 5, 29, count))
    )
    # A person may have moved or died before they could be seen.
    seen = (soon | late) & (day < cohort.gone[attacks.owner])
    return [entries(coding, dice, "after-attack", cohort.person[attacks.owner][seen], day[seen])]


def _next_working_day(days: Ints) -> Ints:
    """The next day that is no Saturday or Sunday."""
    weekday = (days + 3) % 7  # Monday is 0
    return days + np.where(weekday == 4, 3, np.where(weekday == 5, 2, 1))
