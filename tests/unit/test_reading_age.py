"""The measure of reading that guards the patient's words is itself tested."""

import pytest

from tests.reading_age import grade, longest_sentence, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("puff", 1),
        ("take", 1),
        ("asthma", 2),
        ("inhaler", 3),
        ("reliever", 3),
        ("preventer", 3),
        ("minute", 2),
        ("needed", 2),
        ("puffed", 1),
        ("wheezes", 2),
        ("table", 2),
    ],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_of_short_plain_words_is_below_zero() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_the_grade_of_a_clinicians_sentence_is_high() -> None:
    text = "Commence oral corticosteroid therapy immediately following deterioration of symptomatology."
    assert grade(text) > 15


def test_the_longest_sentence_is_found() -> None:
    assert longest_sentence("Sit up. Take one puff now. Wait") == 4
