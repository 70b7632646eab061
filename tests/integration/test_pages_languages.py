"""The languages of the plan as staff see them: what is ready, what is not, and drafts that say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client

from imp2art.core.actor import Role
from imp2art.documents.plan.translations import digest_of_phrase, english_phrases
from tests.conftest import World
from tests.integration.pages import text_of
from tests.signed_words import signed_file

SignIn = Callable[..., Client]


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """The folder of signed phrases of a site of one's own."""
    settings.HOME = tmp_path
    (tmp_path / "plan-words").mkdir()
    return tmp_path / "plan-words"


def test_no_language_is_for_patients_before_someone_has_signed(
    world: World, sign_in: SignIn, folder: Path
) -> None:
    assert text_of(sign_in(Role.NURSE).get("/languages/")).count("Not yet") == 12


def test_a_signed_language_is_for_patients(world: World, sign_in: SignIn, folder: Path) -> None:
    signed_file(folder, "cy")
    page = text_of(sign_in(Role.NURSE).get("/languages/"))
    assert page.count("Not yet") == 11
    assert "Patients may have a plan in this language." in text_of(sign_in(Role.NURSE).get("/languages/cy/"))


def test_a_file_that_cannot_be_used_is_told(world: World, sign_in: SignIn, folder: Path) -> None:
    (folder / "cy.toml").write_text("[book", encoding="utf-8")
    client = sign_in(Role.NURSE)
    assert "Not usable: cy.toml is not TOML" in text_of(client.get("/languages/"))
    assert "The site’s own file cannot be used" in text_of(client.get("/languages/cy/"))


def test_each_phrase_has_its_english_state_signature_and_digest(
    world: World, sign_in: SignIn, folder: Path
) -> None:
    signed_file(folder, "cy", without=("step-call",))
    page = text_of(sign_in(Role.NURSE).get("/languages/cy/"))
    call = english_phrases()["step-call"]
    assert f"Unreviewed {call.text}" in page
    assert f"step-call {digest_of_phrase(call)}" in page
    assert "Dr Example, GMC 0000000, 24 November 2026" in page


def test_a_draft_example_says_on_its_page_that_it_is_one(world: World, sign_in: SignIn, folder: Path) -> None:
    answer = sign_in(Role.NURSE).get("/languages/pl/mart.pdf")
    (page,) = pypdfium2.PdfDocument(answer.content)
    assert "Draft. Do not use." in page.get_textpage().get_text_bounded()


@pytest.mark.parametrize("path", ["/languages/xx/", "/languages/en/", "/languages/cy/no-such.pdf"])
def test_what_is_not_there_is_not_found(world: World, sign_in: SignIn, folder: Path, path: str) -> None:
    assert sign_in(Role.NURSE).get(path).status_code == 404
