"""Whatever a form sends is a value, an empty answer, or a sentence: never an error of ours, never a guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp2art.asthma.review.answers import ReviewMode
from imp2art.web.practice.fields import Sent

NOT_NUMBERS = [
    "-1",
    "1.5",
    "1e3",
    "٣",
    "３",
    "1_000",
    "1,000",
    "0x10",
    "½",
    "9" * 5000,
    "NaN",
    "1 2",
    "+3",
    "three",
]
NOT_DAYS = [("31", "2", "2026"), ("0", "1", "2026"), ("1", "13", "2026"), ("1", "1", "0"), ("١", "1", "2026")]


def sent(**texts: str | tuple[str, ...]) -> Sent:
    return Sent({name: (text,) if isinstance(text, str) else text for name, text in texts.items()})


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_empty_field_is_not_asked_rather_than_nought(typed: str) -> None:
    form = sent(puffs=typed)
    assert form.whole("puffs", 0, 99, "Puffs") is None
    assert form.errors == []


def test_a_missing_field_is_not_asked_rather_than_no() -> None:
    form = sent()
    assert form.yes_no("sleep", "Sleep") is None
    assert form.errors == []


@pytest.mark.parametrize("typed", NOT_NUMBERS)
def test_what_is_no_whole_number_is_refused_with_its_field_and_what_to_do(typed: str) -> None:
    form = sent(puffs=typed)
    assert form.whole("puffs", 0, 99, "Puffs") is None
    assert [(error.field, error.sentence) for error in form.errors] == [
        ("puffs", "Puffs must be a whole number, such as 0.")
    ]


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("99", 99), ("007", 7), (" 12 ", 12)])
def test_a_whole_number_within_its_bounds_is_read(typed: str, number: int) -> None:
    assert sent(puffs=typed).whole("puffs", 0, 99, "Puffs") == number


@pytest.mark.parametrize("typed", ["100", "999999999"])
def test_a_number_out_of_bounds_is_refused_with_the_bounds(typed: str) -> None:
    form = sent(puffs=typed)
    assert form.whole("puffs", 0, 99, "Puffs") is None
    assert form.errors[0].sentence == "Puffs must be from 0 to 99."


@pytest.mark.parametrize("typed", ["1e400", "NaN", "-0.5", "6.01", "1.234"])
def test_a_decimal_that_is_none_of_the_score_is_refused(typed: str) -> None:
    form = sent(acq=typed)
    assert form.decimal("acq", 0, 6, "The score") is None
    assert len(form.errors) == 1


def test_a_decimal_keeps_its_digits() -> None:
    assert sent(acq="1.50").decimal("acq", 0, 6, "The score") == Decimal("1.50")


@pytest.mark.parametrize("typed", ["maybe", "YES", "yes ", "on"])
def test_an_answer_that_was_not_offered_is_refused(typed: str) -> None:
    form = sent(sleep=typed)
    assert form.yes_no("sleep", "Sleep") is None
    assert form.errors[0].sentence == "Sleep: choose one of those offered."


def test_a_member_of_an_enumeration_is_read_by_its_value() -> None:
    assert sent(mode="phone").one_of("mode", ReviewMode, "Mode") is ReviewMode.PHONE


def test_of_two_answers_to_one_question_the_last_counts() -> None:
    assert sent(sleep=("yes", "no")).yes_no("sleep", "Sleep") is False


def test_several_choices_come_once_each_in_the_order_offered() -> None:
    form = sent(triggers=("dust", "pollen", "dust"))
    assert form.several("triggers", ("pollen", "dust"), "Triggers") == ("pollen", "dust")


def test_a_choice_among_several_that_was_not_offered_is_refused() -> None:
    form = sent(triggers=("pollen", "<script>"))
    assert form.several("triggers", ("pollen",), "Triggers") == ("pollen",)
    assert len(form.errors) == 1


def test_a_day_is_read_from_its_three_boxes() -> None:
    boxes = {"due-day": "9", "due-month": "03", "due-year": "2027"}
    assert sent(**boxes).day("due", "The review") == date(2027, 3, 9)


@pytest.mark.parametrize("parts", NOT_DAYS)
def test_a_day_that_the_calendar_lacks_is_refused_at_its_first_box(parts: tuple[str, str, str]) -> None:
    form = sent(**dict(zip(("due-day", "due-month", "due-year"), parts, strict=True)))
    assert form.day("due", "The review") is None
    assert form.errors[0].field == "due-day"


def test_a_text_too_long_is_refused_but_not_cut() -> None:
    form = sent(note="x" * 11)
    assert form.text("note", 10, "The note") == "x" * 11
    assert form.errors[0].sentence == "The note must be 10 characters or fewer."


def test_a_control_character_is_refused() -> None:
    form = sent(note="a\x00b")
    form.text("note", 10, "The note")
    assert len(form.errors) == 1


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_a_reader(typed: str) -> None:
    form = sent(a=typed, **{"a-day": typed, "a-month": typed, "a-year": typed})
    form.text("a", 50, "It")
    form.yes_no("a", "It")
    form.day("a", "It")
    form.several("a", ("x",), "It")
    assert form.whole("a", 0, 9, "It") in (None, *range(10))
    assert form.decimal("a", 0, 9, "It") is None or form.decimal("a", 0, 9, "It") <= 9
