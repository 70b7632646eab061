"""One person's year beside the month's message: for those who may open records, and kept in the trail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.audit.release import Version
from imp2art.core.actor import Role
from imp2art.store.released import keep_version
from imp2art.store.scope import AuditEntry, PracticeScope
from imp2art.web.practice.on_site import now, today
from tests.builders import OPERATOR
from tests.conftest import OURS, World
from tests.integration.pages import NAME, keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]
LINK = "One person’s year beside this message"


@pytest.fixture
def person(world: World, sign_in: SignIn) -> str:
    """Without a plan, so on the list that the report leads with."""
    person = keep_and_rank(woman_on_two_inhalers().record)
    keep_version(OURS, Version.IMP2ART, AuditEntry(now(), OPERATOR, "version"))
    sign_in(Role.MANAGER).post("/month/again/")
    return person


def address() -> str:
    return f"/one-year/{today():%Y-%m}/"


def openings(person: str) -> int:
    return sum(event.verb == "record-opened" for event in PracticeScope(OURS).audit_events(person))


def test_a_clinician_sees_the_year_beside_the_message_and_the_trail_says_so(
    person: str, sign_in: SignIn
) -> None:
    nurse = sign_in(Role.NURSE)
    assert LINK in text_of(nurse.get("/month/"))
    assert openings(person) == 0
    text = text_of(nurse.get(address()))
    assert NAME in text
    assert "still have none" in text or "still has none" in text
    assert openings(person) == 1


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_the_office_is_told_why_it_is_not_shown(person: str, sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    text = text_of(client.get("/month/"))
    assert "for those who may open records" in text
    assert LINK not in text
    assert client.get(address()).status_code == 403
    assert openings(person) == 0


def test_the_standard_version_has_none(person: str, sign_in: SignIn) -> None:
    keep_version(OURS, Version.STANDARD, AuditEntry(now(), OPERATOR, "version"))
    nurse = sign_in(Role.NURSE)
    assert "One person’s year" not in text_of(nurse.get("/month/"))
    assert nurse.get(address()).status_code == 404
    assert openings(person) == 0
