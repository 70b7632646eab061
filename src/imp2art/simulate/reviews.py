"""Annual reviews: who comes, and when. Most are done as the contract year ends in March."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from imp2art.simulate.arrays import Flags, Floats, Ints, ages_on, day_number, to_weekday
from imp2art.simulate.cohort import Cohort, middle
from imp2art.simulate.dice import Dice, chance
from imp2art.simulate.frame import Frame
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.parameters import Parameters

_YEAR_START = (4, 1)  # of the contract year
_NONE = -1


@dataclass(frozen=True, slots=True)
class ReviewYears:
    """One entry a person (an index into the cohort) and contract year in care.

    `day` is that of the review, -1 where there was none. `first` and `last` (not included) bound the
    days of that year on which the person was in care.
    """

    owner: Ints
    first: Ints
    last: Ints
    day: Ints

    @property
    def reviewed(self) -> Flags:
        """Which of the entries had a review."""
        return np.asarray(self.day != _NONE, dtype=np.bool_)


def draw_review_years(
    cohort: Cohort, outline: PracticeOutline, dice: Dice, frame: Frame, parameters: Parameters
) -> ReviewYears:
    """Every contract year that touches the period."""
    years = range(_contract_year(frame.first_date), _contract_year(frame.last_date) + 1)
    parts = [_one_year(cohort, outline, dice, year, parameters) for year in years]
    return ReviewYears(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ReviewYears.__slots__)
    )


def _contract_year(on: date) -> int:
    return on.year if (on.month, on.day) >= _YEAR_START else on.year - 1


def _one_year(
    cohort: Cohort, outline: PracticeOutline, dice: Dice, year: int, parameters: Parameters
) -> ReviewYears:
    start, end = day_number(date(year, *_YEAR_START)), day_number(date(year + 1, *_YEAR_START))
    first, last = np.maximum(cohort.care_start, start), np.minimum(cohort.care_end, end)
    owner = np.flatnonzero((first < last) & (cohort.care_start < cohort.care_end))
    first, last = first[owner], last[owner]
    comes = chance(dice, _share(cohort, owner, start, outline, parameters), len(owner))
    place = cohort.review_place[owner] + 0.08 * dice.standard_normal(len(owner))
    day = to_weekday(_days_of_year(np.clip(place, 0, 0.999), start, end, parameters))
    return ReviewYears(owner, first, last, np.where(comes & (day >= first) & (day < last), day, _NONE))


def _share(
    cohort: Cohort, owner: Ints, start: int, outline: PracticeOutline, parameters: Parameters
) -> Floats:
    shift = (
        parameters.number("review.engagement") * cohort.engagement[owner]
        + parameters.by_age("review.age", ages_on(cohort.born[owner], start))
        + outline.traits.reviews
    )
    return middle(parameters.number("review.a_year"), shift)


def _days_of_year(place: Floats, start: int, end: int, parameters: Parameters) -> Ints:
    """The day by which that share of the year's reviews is done."""
    weights = {int(month): weight for month, weight in parameters.shares("review.month").items()}
    months = np.arange(start, end).astype("M8[D]").astype("M8[M]").astype(np.int64) % 12 + 1
    edges = np.cumsum([weights[month] for month in months.tolist()])
    return np.asarray(start + np.searchsorted(edges, place * edges[-1], side="right"), dtype=np.int64)
