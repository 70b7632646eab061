"""The month's page: what was kept, never worked out again in passing, and the people behind each number."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.audit.definitions import INDICATORS
from imp2art.core.actor import Role
from imp2art.store.scope import PracticeScope
from imp2art.web.practice.on_site import today
from tests.conftest import OURS, World
from tests.integration.pages import NAME, keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]


@pytest.fixture
def audited(world: World, sign_in: SignIn) -> str:
    """One person, and this month's report made by the manager."""
    person = keep_and_rank(woman_on_two_inhalers().record)
    answer = sign_in(Role.MANAGER).post("/month/again/")
    assert answer["Location"] == "/month/"
    return person


def test_before_the_first_report_the_page_says_so(world: World, sign_in: SignIn) -> None:
    assert "No month has been worked out yet" in text_of(sign_in().get("/month/"))


def test_the_month_begins_with_what_it_means(audited: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get("/month/"))
    assert "have a current plan" in text
    assert f"Figures as at {today().day} " in text
    assert "different" in text.lower() or "differ" in text.lower()  # the two engines' check


def test_every_card_has_its_chart_rule_source_and_table(audited: str, sign_in: SignIn) -> None:
    page = sign_in().get("/month/").content.decode()
    cards = page.count('class="panel month-card"')
    assert cards == len(INDICATORS)
    assert page.count("Rules in force:") == cards
    assert len(re.findall(r"<svg", page)) == cards


def test_every_number_leads_to_as_many_people(audited: str, sign_in: SignIn) -> None:
    client = sign_in()
    page = client.get("/month/").content.decode()
    links = re.findall(r'<a href="(/month/[^"]+/)">(\d+) (?:person|people)', page)
    assert len(links) >= 5
    for address, number in links:
        assert f"{number} person in the report" in text_of(client.get(address))


def test_the_list_behind_a_number_names_the_people(audited: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get(f"/month/{today():%Y-%m}/plan-12-months/not-met/"))
    assert "Current action plan: not met" in text
    assert NAME in text


def test_the_report_is_the_kept_one_until_it_is_worked_out_again(audited: str, sign_in: SignIn) -> None:
    before = text_of(sign_in().get("/month/"))
    keep_and_rank(woman_on_two_inhalers().record, woman_on_two_inhalers(2, "Second").record)
    assert text_of(sign_in().get("/month/")) == before
    sign_in(Role.MANAGER).post("/month/again/")
    assert text_of(sign_in().get("/month/")) != before


def test_someone_no_longer_on_the_register_is_counted_and_said(audited: str, sign_in: SignIn) -> None:
    keep_and_rank(woman_on_two_inhalers(2, "Second").record)
    text = text_of(sign_in().get(f"/month/{today():%Y-%m}/plan-12-months/not-met/"))
    assert "1 person more was counted then and is not on the register today" in text


def test_who_may_not_work_it_out_has_no_button_and_no_way(audited: str, sign_in: SignIn) -> None:
    nurse = sign_in()
    assert "Work this month out again" not in text_of(nurse.get("/month/"))
    assert nurse.post("/month/again/").status_code == 403
    assert "Work this month out again" in text_of(sign_in(Role.MANAGER).get("/month/"))


def test_working_it_out_again_keeps_the_earlier_report(audited: str, sign_in: SignIn) -> None:
    sign_in(Role.MANAGER).post("/month/again/")
    assert len(PracticeScope(OURS).reports()) == 1  # the newest of each month is shown


@pytest.mark.parametrize(
    "address",
    [
        "/month/2019-13/",
        "/month/0000-01/",
        "/month/2999-12/",
        "/month/٢٠٢٦-١٠/",
        "/month/2026-10-01/",
        "/month/x/",
        "/month/2026-10/plan-12-months/met/",
        "/month/2026-10/no-such-thing/met/",
        "/month/2026-10/plan-12-months/nonsense/",
    ],
)
def test_a_month_or_list_that_is_not_there_is_not_there(address: str, audited: str, sign_in: SignIn) -> None:
    assert sign_in().get(address).status_code == 404
