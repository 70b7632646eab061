"""The draws that the simulation is made of."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from imp2art.core.age import age_on
from imp2art.simulate.arrays import day_number, day_of, to_weekday, whole_years
from imp2art.simulate.dice import dice_of, rhythm, weighted, weighted_rows

DAYS = st.dates(date(1920, 1, 1), date(2040, 12, 31))


def column(*days: int) -> np.ndarray:
    return np.array(days, dtype=np.int64)


@given(DAYS)
def test_a_day_and_its_number_belong_together(day):
    assert day_of(day_number(day)) == day


@given(DAYS, st.integers(0, 40_000))
def test_whole_years_are_those_of_the_calendar(born, lived):
    on = born + timedelta(days=lived)
    assert whole_years(column(day_number(born)), column(day_number(on)))[0] == age_on(born, on)


@given(DAYS)
def test_a_weekend_goes_back_to_its_friday(day):
    moved = day_of(int(to_weekday(column(day_number(day)))[0]))
    assert moved.weekday() < 5
    assert moved == day if day.weekday() < 5 else moved == day - timedelta(days=day.weekday() - 4)


def test_weights_decide_how_often_a_thing_is_drawn():
    drawn = np.bincount(weighted(dice_of(1, 0, "people"), [1, 0, 3], 40_000), minlength=3) / 40_000
    assert abs(drawn[0] - 0.25) < 0.02
    assert drawn[1] == 0


def test_each_row_is_drawn_by_its_own_weights():
    table = np.array([[1.0, 0.0], [0.0, 2.0]])
    rows = np.array([0, 1] * 500)
    assert (weighted_rows(dice_of(1, 0, "people"), table, rows) == rows).all()


@given(
    st.lists(
        st.tuples(st.integers(-100, 100), st.integers(-50, 900), st.floats(9, 400)), min_size=1, max_size=8
    )
)
def test_a_rhythm_stays_in_its_span_and_keeps_its_pace(spans):
    start, end = column(*(s for s, _, _ in spans)), column(*(s + length for s, length, _ in spans))
    every = np.array([pace for _, _, pace in spans])
    owner, day = rhythm(dice_of(1, 0, "treatment"), start, end, every, np.zeros(len(spans)))
    assert (day >= start[owner]).all()
    assert (day < end[owner]).all()
    assert (np.diff(owner) >= 0).all()
    for place, (_, length, pace) in enumerate(spans):
        mine = day[owner == place]
        assert abs(len(mine) - max(length, 0) / pace) <= 1.5
        assert (np.diff(mine) > 0.5 * pace).all()


def test_streams_of_one_practice_and_of_two_practices_differ():
    first = dice_of(1, 0, "people").random(4)
    assert (first == dice_of(1, 0, "people").random(4)).all()
    for other in (dice_of(1, 1, "people"), dice_of(2, 0, "people"), dice_of(1, 0, "cohort")):
        assert (first != other.random(4)).all()
