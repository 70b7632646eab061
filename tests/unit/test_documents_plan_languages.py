"""A plan in another language: whole sentences, never silently in English, never a draft for a patient."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from imp2art.asthma.regimen import Regimen
from imp2art.documents.directions import in_another_language, is_in_another_language, without_marks
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.notices import notices_of
from imp2art.documents.plan.page import write_page
from imp2art.documents.plan.text import text_of
from imp2art.documents.plan.translations import read_translation
from imp2art.documents.plan.words import ENGLISH, PlanWords, capitals, part, puffs, words_in
from tests.signed_words import signed_file

PLAN = read_plan(example_plan(Regimen.MART))
NOTICE = "Some of this plan is in English."
DRAFT = "Draft. Do not use."


def signed(folder: Path, language: str, *, without: tuple[str, ...] = ()) -> PlanWords:
    signed_file(folder, language, without=without)
    return words_in(language, folder)


def notices(words: PlanWords) -> str:
    return without_marks("\n".join(notices_of(write_page(PLAN, words), words)))


def test_a_signed_phrase_is_said_in_the_language(tmp_path: Path) -> None:
    assert signed(tmp_path, "pl").say("label-phone") == "Telefon"


def test_an_unsigned_phrase_is_said_in_english_and_marked_as_such() -> None:
    assert words_in("pl").say("step-call") == in_another_language("Call 999.")


def test_a_sentence_with_one_unsigned_part_is_english_as_a_whole(tmp_path: Path) -> None:
    words = signed(tmp_path, "pl", without=("puffs",))
    said = words.say("step-puffs", puffs=puffs(2), inhaler=part("step-puffs-reliever"))
    assert said == in_another_language("Take 2 puffs of my reliever.")


def test_a_sentence_with_a_day_whose_month_is_not_signed_is_english(tmp_path: Path) -> None:
    words = signed(tmp_path, "pl", without=("month-3",))
    assert words.day(date(2026, 3, 14)) == in_another_language("14 March 2026")
    assert not is_in_another_language(words.day(date(2026, 4, 14)))


def test_a_count_takes_its_plural_form(tmp_path: Path) -> None:
    words = signed(tmp_path, "cy")
    said = [words.of(puffs(count)).split()[1] for count in (1, 2, 3, 5, 6)]
    forms = read_translation("cy").blocks["puffs"].forms
    expected = [forms[form].split()[1] for form in ("one", "two", "few", "text", "many")]
    assert said == expected


def test_a_whole_plan_in_the_language_has_no_notice(tmp_path: Path) -> None:
    assert notices(signed(tmp_path, "cy")) == ""


def test_a_plan_in_english_has_no_notice() -> None:
    assert notices(ENGLISH) == ""


def test_a_sentence_in_english_is_told_in_both_languages(tmp_path: Path) -> None:
    words = signed(tmp_path, "pl", without=("step-call",))
    assert notices(words).splitlines() == [
        words.say("some-in-english"),
        ENGLISH.say("some-in-english"),
    ]


def test_a_notice_that_nobody_signed_is_told_in_english_alone(tmp_path: Path) -> None:
    told = notices(signed(tmp_path, "pl", without=("step-call", "some-in-english")))
    assert told.startswith(NOTICE)
    assert len(told.splitlines()) == 1


def test_a_preview_shows_unsigned_words_and_says_that_it_is_a_draft() -> None:
    words = words_in("pl", is_draft=True)
    assert words.say("label-phone") == "Telefon"
    assert DRAFT in notices(words)


def test_a_stale_phrase_is_english_even_in_a_preview() -> None:
    translation = read_translation("pl")
    stale = replace(translation.blocks["step-call"], of="0" * 16)
    old = replace(translation, blocks={**translation.blocks, "step-call": stale})
    assert PlanWords("pl", old, is_draft=True).say("step-call") == in_another_language("Call 999.")


def test_the_notice_stands_first_in_the_text() -> None:
    page = write_page(PLAN, words_in("pl"))
    assert NOTICE in text_of(page, notices_of(page, words_in("pl"))).splitlines()[0]


def test_a_list_follows_the_comma_of_the_language_and_its_capital() -> None:
    arabic, turkish = words_in("ar", is_draft=True), words_in("tr", is_draft=True)
    assert arabic.listed(["أ", "ب"]) == "أ، ب"
    assert turkish.listed(["ilaç", "toz"]) == "İlaç, toz"


@pytest.mark.parametrize(("language", "large"), [("tr", "İYİ"), ("pl", "IYI")])
def test_a_turkish_i_keeps_its_dot(language: str, large: str) -> None:
    assert capitals("iyi", language) == large


def test_numbers_in_a_text_that_reads_from_the_right_are_held(tmp_path: Path) -> None:
    text = text_of(write_page(PLAN, signed(tmp_path, "ar")))
    assert f"\u2066{PLAN.practice_phone}\u2069" in text
