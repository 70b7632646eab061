"""Numbers and names inside text that reads from the right: held in their own order, once."""

import pytest

from imp2art.documents.directions import (
    in_another_language,
    is_in_another_language,
    isolate,
    split_held,
    without_marks,
)


def held(text: str) -> list[str]:
    """What is held left to right in an Arabic text."""
    return [words for mark, words in split_held(isolate(text, "ar")) if mark]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("اتصل بالرقم 0131 496 0000.", ["0131 496 0000"]),
        ("اتصل +44 131 496 0000 اليوم", ["+44 131 496 0000"]),
        ("آخذ 2–4 بخات", ["2–4"]),
        ("خذ Fostair 100/6 (NEXThaler) الآن", ["Fostair 100/6 (NEXThaler)"]),
        ("(مقياس EU).", ["EU"]),
        ("1, 2، 3", ["1, 2", "3"]),
        ("لا شيء هنا", []),
    ],
)
def test_a_number_or_a_name_is_held_whole(text: str, found: list[str]) -> None:
    assert held(text) == found


def test_what_is_held_is_not_held_again() -> None:
    once = isolate("اتصل 999", "ar")
    assert isolate(once, "ar") == once


def test_a_sentence_in_english_is_left_as_it_is() -> None:
    sentence = in_another_language("Call 999.")
    assert isolate(sentence, "ar") == sentence


def test_a_language_that_reads_from_the_left_has_no_marks() -> None:
    assert isolate("Dzwonić pod 999.", "pl") == "Dzwonić pod 999."


def test_the_letters_are_unchanged() -> None:
    text = "اتصل بالرقم 0131 496 0000 (Jo Bell)."
    assert without_marks(isolate(text, "ur")) == text


def test_a_sentence_in_another_language_can_be_told() -> None:
    assert is_in_another_language("اقرأ " + in_another_language("Sit up."))
    assert not is_in_another_language(isolate("اتصل 999", "ar"))
