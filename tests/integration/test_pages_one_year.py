"""One person's year beside the month's message: for those who may open records, and kept in the trail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.audit.reports.release import Version
from imp2art.core.actor import Role
from imp2art.store.released import keep_version
from imp2art.store.scope import AuditEntry, PracticeScope
from imp2art.web.practice.on_site import now, today
from tests.builders import OPERATOR, nhs_number
from tests.conftest import OURS, World
from tests.integration.pages import NAME, back, keep_and_rank, text_of, woman_on_two_inhalers
from tests.spec.people import ATTACK, CLENIL_100, Life
from tests.spec.people import person as a_person

SignIn = Callable[..., Client]
LINK = "Draw one person’s last two years beside this message"


@pytest.fixture
def person(world: World, sign_in: SignIn) -> str:
    """Two without a plan, so on the list that the report leads to; the first had an attack last month."""
    well = person_without_plan(2, "Aable").record
    person = keep_and_rank(woman_on_two_inhalers().record, well)
    keep_version(OURS, Version.IMP2ART, AuditEntry(now(), OPERATOR, "version"))
    sign_in(Role.MANAGER).post("/month/again/")
    return person


def person_without_plan(number: int, family_name: str) -> Life:
    """An attack long ago that was followed up, and a review last month."""
    facts = {"patient_id": f"p{number:05}", "nhs_number": nhs_number(number)}
    life = a_person(family_name=family_name, **facts)
    life = life.took(CLENIL_100, back(200), back(20), label="2 puffs twice a day")
    return life.diagnosed(back(2500)).coded(ATTACK, back(200)).reviewed(back(199), back(30))


BESIDE = "/month/?year=beside"


def seen(person: str) -> int:
    return sum(event.verb == "year-seen" for event in PracticeScope(OURS).audit_events(person))


def test_a_clinician_asks_for_the_year_beside_the_message_and_the_trail_says_so(
    person: str, sign_in: SignIn
) -> None:
    nurse = sign_in(Role.NURSE)
    before = text_of(nurse.get("/month/"))
    assert LINK in before
    assert NAME not in before
    assert seen(person) == 0
    answer = nurse.get(f"/month/{today():%Y-%m}/?year=beside")
    text = text_of(answer)
    assert NAME in text
    assert "still have none" in text or "still has none" in text
    assert "this is who stands first on today’s register" in text
    assert '<div class="drawing"><svg' in answer.content.decode()
    assert "The same as a table" in text
    assert "A review" in text or "Review" in text
    assert LINK not in text
    assert seen(person) == 1
    assert "Saw their year beside the month’s message" in text_of(nurse.get(f"/people/{person}/seen/"))


def test_asking_for_the_head_of_the_page_looks_into_no_record(person: str, sign_in: SignIn) -> None:
    assert sign_in(Role.NURSE).head(BESIDE).status_code == 200
    assert seen(person) == 0


def test_who_left_the_list_gives_place_to_the_next(person: str, sign_in: SignIn) -> None:
    """Not in the extract any more, so not on today's register."""
    keep_and_rank(person_without_plan(2, "Aable").record)
    text = text_of(sign_in(Role.NURSE).get(BESIDE))
    assert NAME not in text
    assert "Aable" in text
    assert seen(person) == 0


def test_a_list_that_all_have_left_says_so(person: str, sign_in: SignIn) -> None:
    keep_and_rank(person_without_plan(3, "Newcomer").record)
    assert "Nobody on the list that this message leads to" in text_of(sign_in(Role.NURSE).get(BESIDE))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_the_office_is_told_why_it_is_not_shown(person: str, sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    for page in ("/month/", BESIDE):
        text = text_of(client.get(page))
        assert "by those who may open records" in text
        assert NAME not in text
        assert LINK not in text
    assert seen(person) == 0


def test_the_standard_version_has_none(person: str, sign_in: SignIn) -> None:
    keep_version(OURS, Version.STANDARD, AuditEntry(now(), OPERATOR, "version"))
    nurse = sign_in(Role.NURSE)
    text = text_of(nurse.get(BESIDE))
    assert "ne person’s last two years" not in text
    assert NAME not in text
    assert seen(person) == 0


def test_nobody_is_named_in_the_pdf(person: str, sign_in: SignIn) -> None:
    answer = sign_in(Role.NURSE).get(f"/month/{today():%Y-%m}/report.pdf")
    assert answer.status_code == 200
    assert seen(person) == 0
