"""A long list is a page at a time: narrowed as before, ticked as a page, marked without losing the place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.core.actor import Role
from imp2art.store.scope import PracticeScope
from imp2art.web.practice.list_page import PAGE_LENGTH
from imp2art.web.practice.on_site import today
from tests.conftest import OURS, World
from tests.integration.pages import keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]
PEOPLE = PAGE_LENGTH + 10


@pytest.fixture
def client(world: World, sign_in: SignIn) -> Client:
    """A manager, with more people without a plan than a page holds."""
    keep_and_rank(*(woman_on_two_inhalers(each, f"Person{each}").record for each in range(1, PEOPLE + 1)))
    manager = sign_in(Role.MANAGER)
    manager.post("/month/again/")
    return manager


def address() -> str:
    return f"/month/{today():%Y-%m}/plan-12-months/not-met/"


def people_on(answer) -> list[str]:
    return re.findall(r'name="person" value="([0-9a-f]+)"', answer.content.decode())


def ticked_on(answer) -> list[str]:
    return re.findall(r'name="person" value="([0-9a-f]+)" checked', answer.content.decode())


def test_every_person_is_on_one_page_and_no_page_is_too_long(client: Client) -> None:
    pages = [people_on(client.get(address(), {"page": number})) for number in (1, 2)]
    assert [len(page) for page in pages] == [PAGE_LENGTH, 10]
    assert len({*pages[0], *pages[1]}) == PEOPLE


def test_the_page_says_where_one_is_and_leads_on_with_the_narrowing_kept(client: Client) -> None:
    answer = client.get(address(), {"show": "open"})
    assert f"People 1 to {PAGE_LENGTH} of {PEOPLE}" in text_of(answer)
    assert "?show=open&amp;page=2" in answer.content.decode()


def test_all_stand_on_one_page_for_who_asks(client: Client) -> None:
    assert len(people_on(client.get(address(), {"page": "all"}))) == PEOPLE


@pytest.mark.parametrize("page", ["0", "99", "-1", "x", ""])
def test_a_page_that_is_not_there_is_the_nearest(client: Client, page: str) -> None:
    assert people_on(client.get(address(), {"page": page}))


def test_a_button_ticks_the_page_and_marks_nobody(client: Client) -> None:
    answer = client.post(address() + "?page=2", {"tick": "page", "reason": "Moving away"})
    assert answer.status_code == 200
    assert ticked_on(answer) == people_on(client.get(address() + "?page=2"))
    assert "Moving away" in answer.content.decode()
    assert not PracticeScope(OURS).list_marks("plan-12-months")


def test_a_button_ticks_nobody(client: Client) -> None:
    first = people_on(client.get(address()))
    answer = client.post(address(), {"tick": "nobody", "person": first})
    assert people_on(answer) == first
    assert ticked_on(answer) == []


def test_whoever_marks_on_a_page_comes_back_to_it(client: Client) -> None:
    second = people_on(client.get(address() + "?show=all&page=2"))
    answer = client.post(address() + "?show=all&page=2", {"do": "done", "person": second})
    assert answer["Location"] == address() + "?show=all&page=2"
    assert len(PracticeScope(OURS).list_marks("plan-12-months")) == 10


def test_a_page_that_the_marks_emptied_leads_to_the_last_there_is(client: Client) -> None:
    second = people_on(client.get(address() + "?show=open&page=2"))
    answer = client.post(address() + "?show=open&page=2", {"do": "done", "person": second})
    assert answer["Location"] == address() + "?show=open"


def test_what_is_wrong_keeps_the_page_and_the_ticks(client: Client) -> None:
    second = people_on(client.get(address() + "?page=2"))
    answer = client.post(address() + "?page=2", {"do": "assigned", "person": second[:1]})
    assert answer.status_code == 422
    assert ticked_on(answer) == second[:1]


def test_a_page_asks_the_store_as_often_as_a_short_list(
    client: Client, django_assert_max_num_queries
) -> None:
    client.get(address())
    with django_assert_max_num_queries(30):
        client.get(address())
