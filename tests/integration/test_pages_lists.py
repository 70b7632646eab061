"""The list behind a number is worked: assigned, done, not appropriate because, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.audit.reports.release import Version
from imp2art.core.actor import Role
from imp2art.store.models import ListMarkRow
from imp2art.store.released import keep_version
from imp2art.store.scope import AuditEntry, PracticeScope
from imp2art.web.practice.on_site import now, today
from tests.builders import OPERATOR
from tests.conftest import OURS, World
from tests.integration.pages import NAME, keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]


@pytest.fixture
def person(world: World, sign_in: SignIn) -> str:
    """One person without a plan, in this month's report."""
    person = keep_and_rank(woman_on_two_inhalers().record)
    keep_version(OURS, Version.IMP2ART, AuditEntry(now(), OPERATOR, "version"))
    sign_in(Role.MANAGER).post("/month/again/")
    return person


def address(slug: str = "plan-12-months", outcome: str = "not-met") -> str:
    return f"/month/{today():%Y-%m}/{slug}/{outcome}/"


def account(role: Role) -> str:
    found = (each for each in PracticeScope(OURS).colleagues() if each.role is role)
    return next(found).account


def test_someone_is_assigned_to_a_colleague_who_sees_it(person: str, sign_in: SignIn) -> None:
    manager, nurse = sign_in(Role.MANAGER), sign_in(Role.NURSE)
    asked = {"do": "assigned", "person": [person], "assignee": account(Role.NURSE)}
    answer = manager.post(address() + "?show=open", asked)
    assert answer["Location"] == address() + "?show=open"
    assert "Assigned to you by" in text_of(nurse.get(address() + "?show=mine"))
    assert NAME in text_of(nurse.get(address() + "?show=mine"))
    assert NAME not in text_of(manager.get(address() + "?show=mine"))
    assert "Assigned to" in text_of(nurse.get(f"/people/{person}/"))


def test_an_older_page_does_not_undo_what_a_colleague_did_since(person: str, sign_in: SignIn) -> None:
    manager, nurse = sign_in(Role.MANAGER), sign_in(Role.NURSE)
    seen = re.search(r'name="seen" value="([^"]+)"', manager.get(address()).content.decode())
    assert seen is not None
    nurse.post(address(), {"do": "done", "person": [person]})
    asked = {"do": "assigned", "person": [person], "assignee": account(Role.NURSE), "seen": seen[1]}
    answer = manager.post(address(), asked)
    assert answer.status_code == 422
    assert "after you opened this list" in text_of(answer)
    assert NAME in text_of(manager.get(address() + "?show=seen-to"))
    again = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert again is not None
    assert manager.post(address(), {**asked, "seen": again[1]}).status_code == 302


def test_done_leaves_what_is_still_to_do_and_can_be_taken_back(person: str, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    client.post(address(), {"do": "done", "person": [person]})
    assert NAME not in text_of(client.get(address() + "?show=open"))
    assert NAME in text_of(client.get(address() + "?show=seen-to"))
    client.post(address(), {"do": "open", "person": [person]})
    assert NAME in text_of(client.get(address() + "?show=open"))


def test_not_appropriate_needs_its_reason(person: str, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    answer = client.post(address(), {"do": "not-appropriate", "person": [person], "reason": " "})
    assert answer.status_code == 422
    assert "Write why it is not appropriate" in text_of(answer)
    assert not PracticeScope(OURS).list_marks("plan-12-months")
    client.post(address(), {"do": "not-appropriate", "person": [person], "reason": "Moving away"})
    assert "Not appropriate: Moving away" in text_of(client.get(address()))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"do": "done"}, "Tick at least one person"),
        ({"do": "assigned"}, "Tick at least one person"),
        ({}, "Choose what to do"),
        ({"do": "nonsense"}, "Choose what to do"),
    ],
)
def test_what_is_missing_is_said(asked: dict[str, str], said: str, person: str, sign_in: SignIn) -> None:
    answer = sign_in().post(address(), asked)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_nobody_is_assigned_to_a_stranger(person: str, sign_in: SignIn) -> None:
    answer = sign_in().post(address(), {"do": "assigned", "person": [person], "assignee": "999999"})
    assert "That colleague is not in your practice any more" in text_of(answer)
    assert not PracticeScope(OURS).list_marks("plan-12-months")


def test_T01_nobody_of_another_practice_is_marked(person: str, world: World, sign_in: SignIn) -> None:
    answer = sign_in().post(address(), {"do": "done", "person": [person, world.their_person]})
    assert answer.status_code == 404
    assert not PracticeScope(OURS).list_marks("plan-12-months")


def test_every_mark_leaves_a_line_about_the_person(person: str, sign_in: SignIn) -> None:
    sign_in().post(address(), {"do": "done", "person": [person]})
    assert "list-marked" in [event.verb for event in PracticeScope(OURS).audit_events(person)]


def marks_in_trail(person: str) -> int:
    return [event.verb for event in PracticeScope(OURS).audit_events(person)].count("list-marked")


def test_a_form_that_is_sent_twice_leaves_one_mark_and_one_line(person: str, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    for reason in ("Moving away", "Moving\u200b away "):
        asked = {"do": "not-appropriate", "person": [person, person], "reason": reason}
        assert client.post(address(), asked).status_code == 302
    assert ListMarkRow.objects.count() == 1
    assert marks_in_trail(person) == 1


def test_the_same_mark_by_a_colleague_is_one_more(person: str, sign_in: SignIn) -> None:
    for role in (Role.MANAGER, Role.NURSE):
        sign_in(role).post(address(), {"do": "done", "person": [person]})
    assert marks_in_trail(person) == 2


def test_another_reason_is_one_more(person: str, sign_in: SignIn) -> None:
    for reason in ("Moving away", "Moved away"):
        asked = {"do": "not-appropriate", "person": [person], "reason": reason}
        sign_in().post(address(), asked)
    assert marks_in_trail(person) == 2


def test_done_taken_back_and_done_again_are_three(person: str, sign_in: SignIn) -> None:
    for mark in ("done", "open", "done"):
        sign_in().post(address(), {"do": mark, "person": [person]})
    assert marks_in_trail(person) == 3


def test_a_list_tells_what_was_done_on_another(person: str, sign_in: SignIn) -> None:
    client, other = sign_in(Role.NURSE), address("review-12-months")
    assert "Also on" not in text_of(client.get(other))
    asked = {"do": "assigned", "person": [person], "assignee": account(Role.NURSE)}
    sign_in(Role.MANAGER).post(address(), asked)
    assert "Also on “Current action plan”. Assigned to you by" in text_of(client.get(other))
    assert "Also on" not in text_of(client.get(address()))
    client.post(address(), {"do": "open", "person": [person]})
    assert "Also on" not in text_of(client.get(other))
