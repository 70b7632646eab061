"""The practice's own search beside ours: who is in which, why, and nothing of it kept or said back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from imp2art.core.actor import Role
from imp2art.store.models import AuditEvent
from imp2art.store.scope import PracticeScope
from imp2art.web.practice.on_site import today
from tests.conftest import OURS, THEIRS, World
from tests.integration.pages import keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]


@pytest.fixture
def numbers(world: World, sign_in: SignIn) -> list[str]:
    """Two people without a plan, in this month's report, by their NHS numbers."""
    keep_and_rank(woman_on_two_inhalers().record, woman_on_two_inhalers(2, "Second").record)
    sign_in(Role.MANAGER).post("/month/again/")
    return [key.nhs_number for key in PracticeScope(OURS).person_keys()]


def address() -> str:
    return f"/month/{today():%Y-%m}/plan-12-months/differences/"


def ids() -> list[str]:
    return [key.patient_id for key in PracticeScope(OURS).person_keys()]


def test_the_form_is_asked_for_and_linked(numbers: list[str], sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    assert address() in client.get(f"/month/{today():%Y-%m}/plan-12-months/").content.decode()
    assert "Nothing of it is kept" in text_of(client.get(address()))


def test_the_same_list_has_no_differences(numbers: list[str], sign_in: SignIn) -> None:
    answer = sign_in(Role.MANAGER).post(address(), {"pasted": "\n".join(ids()), "side": "not-met"})
    assert "2 people are in both lists; 0 people differ" in text_of(answer)


def test_who_is_only_in_ours_is_named_with_the_clause_that_decided(
    numbers: list[str], sign_in: SignIn
) -> None:
    answer = sign_in(Role.MANAGER).post(address(), {"pasted": ids()[0], "side": "not-met"})
    text = text_of(answer)
    assert "Only in our list: 1" in text
    assert "Second" in text
    assert "1 of 1: " in text
    assert "counted here as not met" in text


def test_who_is_only_in_theirs_is_explained(numbers: list[str], sign_in: SignIn) -> None:
    answer = sign_in(Role.NURSE).post(address(), {"pasted": "\n".join(ids()), "side": "met"})
    text = text_of(answer)
    assert "Only in your search: 2" in text
    assert "2 of 2: " in text
    assert "2 people in your search and not in our list" in text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_as_spreadsheets_save_it(numbers: list[str], sign_in: SignIn, encoding: str) -> None:
    text = "id,name\r\n" + "\r\n".join(f"{each},Zoë" for each in ids())
    file = SimpleUploadedFile("list.csv", text.encode(encoding))
    answer = sign_in(Role.MANAGER).post(address(), {"file": file, "side": "not-met"})
    assert "2 people are in both lists" in text_of(answer)


def test_a_file_is_read_as_well(numbers: list[str], sign_in: SignIn) -> None:
    file = SimpleUploadedFile("list.csv", ("id,name\n" + "\n".join(f"{each},x" for each in ids())).encode())
    answer = sign_in(Role.MANAGER).post(address(), {"file": file, "side": "not-met"})
    assert "2 people are in both lists" in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Paste the list of patients, or choose a file."),
        ({"pasted": "Mustnotbeechoed"}, "No line holds an NHS number"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04\xff\xfe")}, "The file is not text"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * 1_000_001)}, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_echoed(
    sent: dict[str, object], said: str, numbers: list[str], sign_in: SignIn
) -> None:
    answer = sign_in().post(address(), sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Mustnotbeechoed" not in answer.content.decode()


def test_lines_not_understood_are_counted_by_line(numbers: list[str], sign_in: SignIn) -> None:
    pasted = f"{ids()[0]}\nMustnotbeechoed\n{ids()[1]}"
    answer = sign_in().post(address(), {"pasted": pasted})
    assert "1 line: neither an NHS number nor a patient number of your system (line 2)" in text_of(answer)
    assert "Mustnotbeechoed" not in answer.content.decode()


def test_T01_someone_of_another_practice_is_in_nobodys_data_here(
    numbers: list[str], world: World, sign_in: SignIn
) -> None:
    theirs = {key.nhs_number for key in PracticeScope(THEIRS).person_keys()} - set(numbers)
    if not theirs:
        pytest.fail("their person must have a number of their own")
    answer = sign_in().post(address(), {"pasted": "\n".join(theirs)})
    assert f"not in your practice's data here: {len(theirs)}" in text_of(answer)
    assert "Theircanary" not in answer.content.decode()


def test_a_comparison_leaves_a_line_and_nothing_of_the_list(numbers: list[str], sign_in: SignIn) -> None:
    sign_in().post(address(), {"pasted": "\n".join(ids())})
    line = AuditEvent.objects.get(verb="differences-explained")
    assert set(line.detail) == {"list", "month", "people"}
    assert not any(each in str(line.detail) for each in (*ids(), *numbers))
