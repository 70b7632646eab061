"""The books of words: complete, sourced, and strict about their slots."""

import pytest

from imp2art.core.refusal import Refusal
from imp2art.documents.words import find_phrase, parse_book, phrase, read_book

OUR_BOOKS = ("action_plan", "calendar", "charts")
HEAD = '[book]\nlanguage = "en"\nstatus = "draft"\nsource = "own words"\ndated = 2026-10-19\n[phrases]\n'


@pytest.mark.parametrize("name", OUR_BOOKS)
def test_every_phrase_has_its_text_source_status_and_date(name: str) -> None:
    phrases = read_book(name).phrases.values()
    assert phrases
    assert all(entry.text and entry.source and entry.status and entry.dated for entry in phrases)


@pytest.mark.parametrize("name", OUR_BOOKS)
def test_a_phrase_counts_as_signed_only_with_a_reviewer(name: str) -> None:
    assert all(entry.status == "draft" or entry.reviewer for entry in read_book(name).phrases.values())


def test_the_plan_states_no_number_of_its_own_but_999() -> None:
    texts = [text for entry in read_book("action_plan").phrases.values() for text in (entry.text, entry.one)]
    numbers = "".join(char for text in texts if text for char in text.replace("999", "") if char.isdigit())
    assert numbers == ""


@pytest.mark.parametrize("colour", ["blue", "brown", "purple", "pink", "orange", "grey", "green", "white"])
def test_the_plan_names_no_inhaler_by_a_colour_of_its_own(colour: str) -> None:
    """H-04: the colour of an inhaler comes from the product's data only."""
    assert not [slug for slug, entry in read_book("action_plan").phrases.items() if colour in entry.text]


def test_a_count_of_one_takes_the_singular() -> None:
    assert (phrase("action_plan", "puffs", count=1), phrase("action_plan", "puffs", count=2)) == (
        "1 puff",
        "2 puffs",
    )


def test_a_slot_in_a_value_is_not_filled_again() -> None:
    assert phrase("action_plan", "action-contact-practice", phone="{count}").endswith("{count}.")


@pytest.mark.parametrize(
    ("slug", "values", "told"),
    [
        ("no-such-phrase", {}, "has no phrase"),
        ("puffs", {}, "needs count"),
        ("title", {"count": 1}, "has no place for count"),
    ],
)
def test_a_wrong_use_of_a_phrase_is_refused(slug: str, values: dict[str, int], told: str) -> None:
    with pytest.raises(Refusal, match=told):
        phrase("action_plan", slug, **values)


@pytest.mark.parametrize("name", ["no_such_book", "../pyproject", "", "Action_Plan"])
def test_a_book_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="no words called"):
        read_book(name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[book", "is not TOML"),
        ('[book]\nstatus = "draft"\n', "language"),
        (HEAD.replace('source = "own words"\n', "") + 'a = { text = "A" }', "“a” lacks source"),
        (
            HEAD.replace("dated = 2026-10-19\n", "") + 'a = { text = "A" }',
            "“a” lacks or a date|“a” lacks a date",
        ),
        ('[book]\nlanguage = "en"\n', "no phrases"),
        (HEAD + "a = { one = 'A' }", "“a” lacks text"),
        (HEAD + 'a = { text = "A", texte = "B" }', "“a” has texte"),
    ],
)
def test_an_incomplete_book_is_refused(text: str, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        parse_book("book", text)


def test_a_phrase_may_date_and_sign_itself() -> None:
    book = parse_book("book", HEAD + 'a = { text = "A", status = "signed", reviewer = "Dr A" }')
    assert (book.phrases["a"].status, book.phrases["a"].reviewer) == ("signed", "Dr A")


def test_a_phrase_can_be_asked_for_its_source() -> None:
    assert "NICE QS25" in find_phrase("action_plan", "after-attack").source


def test_a_book_holds_the_phrases_of_its_parts() -> None:
    book = read_book("indicators")
    assert book.parts
    for part in book.parts:
        assert read_book(part).phrases.items() <= book.phrases.items()
