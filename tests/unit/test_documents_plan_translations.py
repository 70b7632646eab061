"""H-27: a translated phrase is used only where it is whole, of today's English, and signed."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from imp2art.core.refusal import Refusal
from imp2art.documents.directions import RIGHT_TO_LEFT
from imp2art.documents.letters import drawable_characters
from imp2art.documents.plan.languages import offered_languages, plan_languages
from imp2art.documents.plan.translations import (
    LANGUAGES,
    State,
    digest_of_phrase,
    english_phrases,
    parse_translation,
    read_translation,
)
from imp2art.documents.typefaces import FONTS
from tests.signed_words import SIGNED, signed_file

STEP_CALL = english_phrases()["step-call"]
HEAD = '[book]\nlanguage = "pl"\n' + SIGNED


def state_of(slug: str, entry: str, head: str = HEAD) -> State:
    return parse_translation("pl.toml", f"{head}[phrases.{slug}]\n{entry}").state_of(slug)


def of(slug: str) -> str:
    return f'of = "{digest_of_phrase(english_phrases()[slug])}"\n'


def test_a_signed_phrase_of_todays_english_is_ready() -> None:
    assert state_of("step-call", of("step-call") + 'text = "Zadzwonić pod 999."') is State.READY


def test_a_phrase_that_nobody_signed_is_unreviewed() -> None:
    entry = of("step-call") + 'text = "Zadzwonić pod 999."\nstatus = "unreviewed"'
    assert state_of("step-call", entry) is State.UNREVIEWED


def test_a_phrase_whose_english_has_changed_is_stale() -> None:
    assert state_of("step-call", 'of = "0000000000000000"\ntext = "Zadzwonić pod 999."') is State.STALE


@pytest.mark.parametrize("changed", [{"text": "Call 999 now."}, {"one": "Call."}])
def test_any_change_of_the_english_changes_its_digest(changed: dict[str, str]) -> None:
    assert digest_of_phrase(replace(STEP_CALL, **changed)) != digest_of_phrase(STEP_CALL)


def test_a_new_source_or_signature_of_the_english_keeps_its_digest() -> None:
    assert digest_of_phrase(replace(STEP_CALL, source="x", reviewer="y")) == digest_of_phrase(STEP_CALL)


def test_a_phrase_that_is_not_there_is_missing() -> None:
    assert parse_translation("pl.toml", HEAD).state_of("step-call") is State.MISSING


@pytest.mark.parametrize(
    ("slug", "entry"),
    [
        ("step-call", 'text = "Zadzwonić pod 112."'),
        ("step-call", 'text = "Zadzwonić."'),
        ("action-contact-practice", 'text = "Zadzwonić do przychodni."'),
        ("action-contact-practice", 'text = "Zadzwonić: {phone}, {phone}."'),
        ("title", 'text = "Mój plan"\none = "Mój plan"'),
        ("puffs", 'text = "{count} wdechów"'),
    ],
    ids=["another number", "no number", "no slot", "a slot twice", "a form too many", "a form too few"],
)
def test_a_phrase_with_other_numbers_slots_or_forms_is_faulty(slug: str, entry: str) -> None:
    assert state_of(slug, of(slug) + entry) is State.FAULTY


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[book", "is not TOML"),
        ("[phrases.title]\ntext = 'A'", "language"),
        ('[book]\nlanguage = "pl"\n[phrases.title]\nof = "1"', "“title” lacks its text"),
        (HEAD + "[phrases.title]\ntext = 'A'\none = ' '", "a form without words"),
        (HEAD + "[phrases.title]\ntext = 'A'\nreviewer = ''", "“title” is called reviewed, but lacks"),
        (HEAD + "[phrases.title]\ntext = 'A'\nregistration = ''", "but lacks"),
        (HEAD + "[phrases.title]\ntext = 'A'\ndated = 'today'", "but lacks"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(text: str, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        parse_translation("pl.toml", text)


def test_a_language_that_the_project_has_not_is_refused() -> None:
    with pytest.raises(Refusal, match="not translated"):
        read_translation("../cy")


@pytest.mark.parametrize("language", LANGUAGES)
class TestOurDrafts:
    def test_no_phrase_that_ships_counts_as_signed_without_a_signature(self, language: str) -> None:
        assert [each for each in read_translation(language).blocks.values() if each.is_reviewed] == []

    def test_no_phrase_has_other_slots_numbers_or_forms_than_the_english(self, language: str) -> None:
        states = read_translation(language).states
        assert [slug for slug, state in states.items() if state is State.FAULTY] == []

    def test_no_phrase_is_of_a_slug_that_english_has_not(self, language: str) -> None:
        assert read_translation(language).blocks.keys() <= english_phrases().keys()

    def test_every_digit_is_a_western_one(self, language: str) -> None:
        text = "".join(
            form for each in read_translation(language).blocks.values() for form in each.forms.values()
        )
        assert [
            letter for letter in text if unicodedata.category(letter) == "Nd" and letter not in "0123456789"
        ] == []

    def test_every_letter_can_be_drawn(self, language: str) -> None:
        blocks = read_translation(language).blocks.values()
        text = "".join(form for each in blocks for form in each.forms.values())
        assert {letter for letter in text if ord(letter) not in drawable_characters(FONTS)} == set()

    def test_the_file_says_the_direction_that_its_pages_have(self, language: str) -> None:
        text = Path(FONTS.parents[1] / "content" / "plan_words" / f"{language}.toml").read_text("utf-8")
        assert re.search('direction = "(...)"', text)[1] == ("rtl" if language in RIGHT_TO_LEFT else "ltr")


class TestTheSitesFolder:
    def test_a_signed_file_makes_a_language_one_to_offer(self, tmp_path: Path) -> None:
        signed_file(tmp_path, "cy")
        assert [each.language for each in offered_languages(tmp_path)] == ["cy"]

    def test_no_language_is_offered_without_a_signature(self, tmp_path: Path) -> None:
        assert offered_languages(tmp_path) == offered_languages(None) == ()

    def test_one_unsigned_phrase_of_the_red_box_keeps_a_language_back(self, tmp_path: Path) -> None:
        signed_file(tmp_path, "cy", without=("step-call",))
        assert offered_languages(tmp_path) == ()

    def test_one_unsigned_phrase_elsewhere_does_not(self, tmp_path: Path) -> None:
        signed_file(tmp_path, "cy", without=("goal-title",))
        assert [each.language for each in offered_languages(tmp_path)] == ["cy"]

    def test_a_changed_file_is_read_anew(self, tmp_path: Path) -> None:
        path = signed_file(tmp_path, "cy")
        assert read_translation("cy", tmp_path).state_of("title") is State.READY
        path.write_text(path.read_text("utf-8").replace('status = "reviewed"', 'status = "draft"'), "utf-8")
        assert read_translation("cy", tmp_path).state_of("title") is State.UNREVIEWED

    @pytest.mark.parametrize("content", [b"[book", b"\xff\xfe", b'[book]\nlanguage = "pl"\n'])
    def test_a_file_that_cannot_be_used_is_told_and_the_language_not_offered(
        self, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "cy.toml").write_bytes(content)
        (welsh,) = [each for each in plan_languages(tmp_path) if each.language == "cy"]
        assert welsh.fault
        assert not welsh.is_offered
