"""NHS numbers of simulated people: from the test range, right, and never given twice."""

import pytest

from imp2art.core.identifiers import NhsNumber
from imp2art.core.refusal import Refusal
from imp2art.simulate.nhs_numbers import MOST_PEOPLE, nhs_numbers


@pytest.mark.parametrize("first", [0, 1, 59_999_000, MOST_PEOPLE - 2000])
def test_numbers_are_right_and_of_the_test_range(first):
    for number in nhs_numbers(first, 2000):
        assert NhsNumber(str(number)).is_test


def test_no_number_is_given_twice():
    far_apart = [
        number for first in range(0, MOST_PEOPLE, 1_000_003) for number in nhs_numbers(first, 500).tolist()
    ]
    assert len(far_apart) == len(set(far_apart))


def test_a_full_turn_of_the_digits_uses_each_beginning_nine_times():
    numbers = sorted(nhs_numbers(0, MOST_PEOPLE // 100).tolist())
    assert len(numbers) == len(set(numbers)) == MOST_PEOPLE // 100


def test_a_person_keeps_the_number_however_many_are_asked_for():
    assert nhs_numbers(4000, 10).tolist() == nhs_numbers(3000, 2000)[1000:1010].tolist()


def test_more_people_than_numbers_are_refused():
    with pytest.raises(Refusal, match="90,000,000"):
        nhs_numbers(MOST_PEOPLE - 5, 6)
