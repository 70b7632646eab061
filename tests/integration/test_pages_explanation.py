"""Why one person counts as they do: asked from a list, the differences or the person's page, and kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.audit.packs import indicators_for
from imp2art.core.actor import Role
from imp2art.store.models import ReportReadingRow
from imp2art.store.scope import PracticeScope
from imp2art.web.practice.on_site import today
from tests.conftest import OURS, World
from tests.integration.pages import LIBRARY, NAME, back, keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]
DECIDED = "a written action plan recorded in the last 12 months"


@pytest.fixture
def person(world: World, sign_in: SignIn) -> str:
    """One person whose only plan is too old, in this month's report."""
    person = keep_and_rank(woman_on_two_inhalers().coded("811921000000103", back(800)).record)
    sign_in(Role.MANAGER).post("/month/again/")
    return person


def month() -> str:
    return f"{today():%Y-%m}"


def address(person: str, slug: str = "plan-12-months", of: str | None = None) -> str:
    return f"/people/{person}/why/{slug}/" + (f"{of}/" if of else "")


def test_a_nurse_sees_the_clause_the_entry_and_what_would_change_it(person: str, sign_in: SignIn) -> None:
    text = text_of(sign_in(Role.NURSE).get(address(person, of=month())))
    assert NAME in text
    assert "Counted as not met on" in text
    assert f"This decided, because it does not hold: {DECIDED}." in text
    assert "The newest entry that could count:" in text
    assert f"They would count as met if this held: {DECIDED}." in text
    assert "Every part of the rule" in text


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_the_office_sees_the_clause_and_no_entry(person: str, role: Role, sign_in: SignIn) -> None:
    text = text_of(sign_in(role).get(address(person, of=month())))
    assert f"This decided, because it does not hold: {DECIDED}." in text
    assert "The newest entry" not in text
    assert "Every part of the rule" not in text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RESEARCHER, Role.PROGRAMME, Role.OPERATOR])
def test_nobody_outside_the_practice_sees_it(person: str, role: Role, sign_in: SignIn) -> None:
    answer = sign_in(role, None).get(address(person, of=month()))
    assert answer.status_code in (403, 404)
    assert NAME not in answer.content.decode()


@pytest.mark.parametrize("of", [None, "this month"])
def test_every_look_is_a_line_about_the_person(person: str, of: str | None, sign_in: SignIn) -> None:
    sign_in(Role.MANAGER).get(address(person, of=month() if of else None))
    lines = [each for each in PracticeScope(OURS).audit_events(person) if each.verb == "figure-explained"]
    assert len(lines) == 1
    assert set(lines[0].detail) == {"list", "as_at"}


def test_a_look_counts_as_reading_the_list(person: str, sign_in: SignIn) -> None:
    sign_in(Role.PHARMACIST).get(address(person, of=month()))
    assert ReportReadingRow.objects.filter(role="pharmacist", what="list", slug="plan-12-months").exists()


def test_another_practices_person_is_nobody(person: str, world: World, sign_in: SignIn) -> None:
    for of in (None, month()):
        assert sign_in(Role.NURSE).get(address(world.their_person, of=of)).status_code == 404


@pytest.mark.parametrize("slug", ["nonsense", *indicators_for("england", LIBRARY)[1]])
def test_a_figure_that_is_not_counted_here_is_not_there(person: str, slug: str, sign_in: SignIn) -> None:
    assert sign_in(Role.NURSE).get(address(person, slug)).status_code == 404


def test_a_month_without_a_report_is_not_there(person: str, sign_in: SignIn) -> None:
    assert sign_in(Role.NURSE).get(address(person, of="2019-01")).status_code == 404


def test_a_record_that_changed_since_the_report_is_said(person: str, sign_in: SignIn) -> None:
    keep_and_rank(woman_on_two_inhalers().coded("811921000000103", back(1)).record)
    text = text_of(sign_in(Role.NURSE).get(address(person, of=month())))
    assert "Counted as met on" in text
    assert "Their record has changed since" in text


@pytest.mark.parametrize("role", [Role.NURSE, Role.MANAGER])
def test_each_row_of_a_list_leads_there(person: str, role: Role, sign_in: SignIn) -> None:
    page = sign_in(role).get(f"/month/{month()}/plan-12-months/not-met/").content.decode()
    assert f'href="{address(person, of=month())}"' in page


def test_the_differences_and_the_persons_page_lead_there(person: str, sign_in: SignIn) -> None:
    client = sign_in(Role.NURSE)
    patient_id = PracticeScope(OURS).person_keys()[0].patient_id
    differing = client.post(
        f"/month/{month()}/plan-12-months/differences/", {"pasted": patient_id, "side": "met"}
    )
    assert f'href="{address(person, of=month())}"' in differing.content.decode()
    assert f'href="{address(person)}"' in client.get(f"/people/{person}/").content.decode()
