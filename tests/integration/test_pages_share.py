"""Sending or printing a plan: the link is shown once, and each share leaves a line in the trail."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from imp2art.core.actor import Role
from imp2art.documents.plan.forms.render import PlanForm
from imp2art.store.scope import PracticeScope
from tests.conftest import OURS, World
from tests.integration.pages import keep_and_rank, text_of, woman_on_two_inhalers
from tests.integration.shared_plans import issue

SignIn = Callable[..., Client]


@pytest.fixture
def person(world: World) -> str:
    cache.clear()
    person = keep_and_rank(woman_on_two_inhalers().record)
    issue(person)
    return person


def verbs(person: str) -> list[str]:
    return [event.verb for event in PracticeScope(OURS).audit_events(person)]


def test_a_link_is_shown_once_with_its_square_and_opens_the_plan(person: str, sign_in: SignIn) -> None:
    nurse = sign_in()
    page = nurse.post(f"/people/{person}/share/link/").content.decode()
    address = re.search(r"http://[^<\s]*(/plan/[A-Za-z0-9_-]{32}/)", page)
    assert address is not None
    assert "<svg" in page
    assert address[1] not in nurse.get(f"/people/{person}/share/").content.decode()
    born = woman_on_two_inhalers().record.patient.born
    date = {"day": born.day, "month": born.month, "year": born.year}
    assert Client().post(address[1], date).status_code == 302
    assert {"plan-link-made", "plan-link-opened"} <= set(verbs(person))


def test_a_withdrawn_link_says_so_and_opens_nothing(person: str, sign_in: SignIn) -> None:
    nurse = sign_in()
    nurse.post(f"/people/{person}/share/link/")
    (link,) = PracticeScope(OURS).plan_links(person)
    page = nurse.post(f"/people/{person}/share/{link.number}/end/", follow=True)
    assert "Withdrawn" in text_of(page)
    assert "plan-link-withdrawn" in verbs(person)


@pytest.mark.parametrize("form", PlanForm)
def test_every_form_is_printed_and_leaves_a_line(person: str, sign_in: SignIn, form: PlanForm) -> None:
    answer = sign_in().get(f"/people/{person}/plans/1/{form}.pdf")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer.content.startswith(b"%PDF")
    assert "plan-form-opened" in verbs(person)


def test_an_unknown_form_or_version_is_not_there(person: str, sign_in: SignIn) -> None:
    for address in (f"/people/{person}/plans/1/poster.pdf", f"/people/{person}/plans/9/wallet.pdf"):
        assert sign_in().get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER])
def test_T02_the_office_makes_no_link_to_a_plan(person: str, sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).post(f"/people/{person}/share/link/").status_code == 403


def test_both_pages_lead_there(person: str, sign_in: SignIn) -> None:
    nurse = sign_in()
    review = PracticeScope(OURS).plans(person)[0].review_id
    for address in (f"/people/{person}/", f"/people/{person}/reviews/{review}/"):
        assert f"/people/{person}/share/" in nurse.get(address).content.decode()
