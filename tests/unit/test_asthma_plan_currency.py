"""The code of a plan: drawn from dice, read as people type it, and a slip never reads as another plan."""

import random
from itertools import combinations

import pytest

from imp2art.asthma.plan.currency import ALPHABET, DICE_BYTES, draw_code, read_code, spaced_code
from imp2art.core.refusal import Refusal

CODES = [draw_code(random.Random(seed).randbytes(DICE_BYTES)) for seed in range(40)]


def test_the_same_dice_give_the_same_code_and_others_another():
    assert draw_code(bytes(DICE_BYTES)) == "0" * 12
    assert len(set(CODES)) == len(CODES)


def test_a_code_holds_more_than_fifty_bits_of_the_dice():
    ones = {draw_code((1 << bit).to_bytes(DICE_BYTES)) for bit in range(8 * DICE_BYTES)}
    assert len(ones) == 56  # 55 bits, each seen in the code, and the one that is not used gives noughts


def test_dice_of_another_size_are_a_fault():
    with pytest.raises(ValueError, match="7 bytes"):
        draw_code(b"short")


@pytest.mark.parametrize("code", CODES[:10])
def test_it_is_read_as_people_type_it(code):
    typed = spaced_code(code).lower().replace("0", "o").replace("1", "l")
    assert read_code(f" {typed} ") == code
    assert read_code(spaced_code(code).replace("-", " – ")) == code


@pytest.mark.parametrize("code", CODES[:4])
def test_one_wrong_letter_is_always_seen(code):
    wrong = [
        code[:place] + letter + code[place + 1 :]
        for place in range(len(code))
        for letter in ALPHABET
        if letter != code[place]
    ]
    assert [each for each in wrong if _reads(each)] == []


@pytest.mark.parametrize("code", CODES[:10])
def test_two_letters_that_changed_places_are_always_seen(code):
    swapped = []
    for first, second in combinations(range(len(code)), 2):
        letters = list(code)
        letters[first], letters[second] = letters[second], letters[first]
        swapped.append("".join(letters))
    assert [each for each in swapped if each != code and _reads(each)] == []


@pytest.mark.parametrize("typed", ["", "A", "0" * 11, "0" * 13, "00000000000U", "٠" * 12, "0" * 5000])
def test_what_is_no_code_is_refused_without_repeating_it(typed):
    with pytest.raises(Refusal) as refusal:
        read_code(typed)
    assert not typed or typed not in str(refusal.value)


def _reads(code: str) -> bool:
    try:
        return bool(read_code(code))
    except Refusal:
        return False
