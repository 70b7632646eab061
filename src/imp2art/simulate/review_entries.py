"""What is coded at a review: control, attacks, technique, peak flow, and sometimes a written plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imp2art.simulate.arrays import YEAR, Flags, Floats, Ints, whole_years
from imp2art.simulate.attacks import Attacks
from imp2art.simulate.coding import Coding
from imp2art.simulate.cohort import Cohort, middle
from imp2art.simulate.dice import Dice, between, chance
from imp2art.simulate.frame import Frame
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.reviews import ReviewYears
from imp2art.simulate.rows import EventRows, entries, tenths

_ACT_AGE, _CACT_AGE, _BLOWS_AGE = 12, 4, 6


@dataclass(frozen=True, slots=True)
class Reviews:
    """One entry a review. `symptoms` is near standard normal; more is worse. `attacks` in the last year."""

    owner: Ints
    person: Ints
    day: Ints
    age: Ints
    symptoms: Floats
    attacks: Ints

    def __len__(self) -> int:
        return len(self.owner)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes entries for those reviews that a flag picks."""

    reviews: Reviews
    coding: Coding
    dice: Dice
    parameters: Parameters

    def some(self, name: str) -> Flags:
        """The reviews that chance picks, by the share of a parameter."""
        return chance(self.dice, self.parameters.number(f"review.{name}"), len(self.reviews))

    def write(self, kind: str, picked: Flags, value: Ints | None = None) -> EventRows:
        """An entry on the day of each review picked."""
        values = None if value is None else value[picked]
        return entries(
            self.coding, self.dice, kind, self.reviews.person[picked], self.reviews.day[picked], values
        )


def reviews_of(cohort: Cohort, years: ReviewYears, attacks: Attacks, dice: Dice) -> Reviews:
    """The reviews that took place, with what a clinician would find."""
    owner, day = years.owner[years.reviewed], years.day[years.reviewed]
    symptoms = (
        0.7 * cohort.severity[owner]
        + 1.1 * (0.58 - cohort.adherence[owner])
        + 0.7 * dice.standard_normal(len(owner))
    )
    return Reviews(
        owner,
        cohort.person[owner],
        day,
        whole_years(cohort.born[owner], day),
        symptoms,
        attacks.in_year_before(owner, day),
    )


def review_entries(cohort: Cohort, outline: PracticeOutline, frame: Frame, pen: Pen) -> list[EventRows]:
    """All that is coded in or soon after the reviews, smoking apart."""
    everyone = np.ones(len(pen.reviews), dtype=np.bool_)
    return [
        pen.write("asthma-review", everyone),
        *_three_questions(pen),
        *_questionnaires(pen),
        _attacks_counted(cohort, pen),
        pen.write("technique-observed", pen.some("technique")),
        *_adherence(cohort, pen),
        *_peak_flow(cohort, pen),
        pen.write("days-off", pen.some("days_off"), _days_off(pen)),
        pen.write("trigger", pen.some("trigger")),
        pen.write("self-management-education", pen.some("education")),
        pen.write("at-risk", pen.some("at_risk") & (pen.reviews.attacks > 0)),
        *_plans(cohort, outline, frame, pen),
    ]


def _three_questions(pen: Pen) -> list[EventRows]:
    asked = pen.some("rcp3q")
    rows: list[EventRows] = []
    score = np.zeros(len(asked), dtype=np.int64)
    for question, hurdle in (("sleep", 1.2), ("day", 0.5), ("activities", 1.0)):
        yes = pen.reviews.symptoms + 0.5 * pen.dice.standard_normal(len(asked)) > hurdle
        rows.append(pen.write(f"rcp3q-{question}-yes", asked & yes))
        rows.append(pen.write(f"rcp3q-{question}-no", asked & ~yes))
        score += yes
    return [*rows, pen.write("rcp3q-score", asked & chance(pen.dice, 0.85, len(asked)), score)]


def _questionnaires(pen: Pen) -> list[EventRows]:
    used, age, symptoms = pen.some("questionnaire"), pen.reviews.age, pen.reviews.symptoms
    older = age >= _ACT_AGE
    acq = used & older & chance(pen.dice, 0.15, len(used))
    act = used & older & ~acq
    cact = used & ~older & (age >= _CACT_AGE)
    return [
        pen.write("act-score", act, _score(21.5 - 3.2 * symptoms, 5, 25)),
        pen.write("cact-score", cact, _score(22.0 - 3.4 * symptoms, 0, 27)),
        pen.write("acq-score", acq, tenths(_score(9.0 + 9.0 * symptoms, 0, 60))),
    ]


def _score(number: Floats, low: int, high: int) -> Ints:
    return np.clip(np.rint(number), low, high).astype(np.int64)


def _attacks_counted(cohort: Cohort, pen: Pen) -> EventRows:
    """Some practices ask by text before the day, and memory is not exact."""
    reviews, picked = pen.reviews, pen.some("attacks_counted")
    slip = chance(pen.dice, 0.12, len(reviews)) * (
        1 - 2 * chance(pen.dice, 0.5, len(reviews)).astype(np.int64)
    )
    early = between(pen.dice, 1, 21, len(reviews)) * chance(pen.dice, 0.1, len(reviews))
    day = np.maximum(reviews.day - early, cohort.care_start[reviews.owner])
    value = np.clip(reviews.attacks + slip, 0, 30)
    return entries(
        pen.coding, pen.dice, "exacerbation-count", reviews.person[picked], day[picked], value[picked]
    )


def _adherence(cohort: Cohort, pen: Pen) -> list[EventRows]:
    told = cohort.adherence[pen.reviews.owner] + 0.2 * pen.dice.standard_normal(len(pen.reviews))
    asked = pen.some("adherence_coded")
    return [
        pen.write("adherence-good", asked & (told > 0.5)),
        pen.write("adherence-poor", asked & (told <= 0.5)),
    ]


def _peak_flow(cohort: Cohort, pen: Pen) -> list[EventRows]:
    """A made-up best for each person (no reference equation), and readings below it."""
    reviews = pen.reviews
    owner = reviews.owner
    # The same person blows around the same best each year: their place in the crowd is kept.
    place = ((cohort.person[owner] * 7919) % 1000) / 1000 - 0.5
    child = 130 + 26.0 * (reviews.age - 5)
    grown = np.where(cohort.sex[owner] == 0, 430.0, 590.0) - 2.4 * np.maximum(reviews.age - 35, 0)
    best = np.minimum(child, grown) * (1 + 0.35 * place)
    today = best * np.clip(1 - 0.1 * np.abs(reviews.symptoms + 0.6), 0.45, 1.0)
    blows = reviews.age >= _BLOWS_AGE
    return [
        pen.write("peak-flow", pen.some("peak_flow") & blows, _tens(today)),
        pen.write("peak-flow-best", pen.some("best_peak_flow") & blows, _tens(best)),
    ]


def _tens(litres: Floats) -> Ints:
    return (np.clip(np.rint(litres / 10), 6, 90) * 10).astype(np.int64)


def _days_off(pen: Pen) -> Ints:
    return np.minimum(pen.dice.poisson(0.3 + 2.5 * pen.reviews.attacks), 60)


def _plans(cohort: Cohort, outline: PracticeOutline, frame: Frame, pen: Pen) -> list[EventRows]:
    """Most plans are coded on the day, a few some days later; a few people decline one."""
    reviews = pen.reviews
    years = (reviews.day - (frame.start + frame.as_at) / 2) / YEAR
    shift = (
        outline.traits.plans
        + pen.parameters.number("review.plan_rise") * years
        + 0.3 * cohort.engagement[reviews.owner]
    )
    given = chance(pen.dice, middle(pen.parameters.number("review.plan"), shift), len(reviews))
    late = ~pen.some("plan_same_day")
    day = np.where(late, reviews.day + between(pen.dice, 1, 11, len(reviews)), reviews.day)
    kept = given & (day < cohort.gone[reviews.owner])
    plans = entries(pen.coding, pen.dice, "asthma-plan", reviews.person[kept], day[kept])
    return [plans, pen.write("plan-declined", pen.some("plan_declined") & ~given)]
