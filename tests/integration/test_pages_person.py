"""One person's page, and the trail of who opened it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from imp2art.core.actor import Role
from imp2art.web.practice.on_site import today
from tests.conftest import World
from tests.integration.pages import NAME, keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]


@pytest.fixture
def person(world: World) -> str:
    return keep_and_rank(woman_on_two_inhalers().record)


def test_H01_the_banner_names_the_person_three_ways(person: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get(f"/people/{person}/"))
    assert f"{NAME} Born 4 March 1985 (4" in text
    assert "NHS number 900 " in text


def test_a_flag_comes_with_its_rule_and_where_that_is_from(person: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get(f"/people/{person}/"))
    assert "not followed up" in text
    assert "once two working days are over" in text
    assert "Source: NICE QS25" in text


def test_the_year_is_drawn_and_told_as_a_table(person: str, sign_in: SignIn) -> None:
    answer = sign_in().get(f"/people/{person}/")
    assert b"<svg" in answer.content
    assert "The same as a table" in text_of(answer)
    assert b"style=" not in answer.content  # a strict policy would drop it


def test_the_medicines_now_are_shown_with_label_and_age(person: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get(f"/people/{person}/"))
    assert "2 puffs in the morning and 2 puffs at night" in text
    assert "(2 weeks ago)" in text


def test_H22_old_data_asks_to_check_the_medicines(world: World, sign_in: SignIn) -> None:
    person = keep_and_rank(woman_on_two_inhalers().record, taken_on=today() - timedelta(days=8))
    assert "Check the medicines in your own system" in text_of(sign_in().get(f"/people/{person}/"))


def test_the_trail_joins_what_one_person_did_on_one_day(person: str, sign_in: SignIn) -> None:
    client = sign_in()
    for _ in range(3):
        client.get(f"/people/{person}/")
    text = text_of(client.get(f"/people/{person}/seen/"))
    assert "Nurse Of A12345 (nurse) Opened the record, 3 times" in text


def test_a_manager_sees_the_trail_but_not_the_record(person: str, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    assert client.get(f"/people/{person}/seen/").status_code == 200
    assert client.get(f"/people/{person}/").status_code == 403


def test_a_role_that_may_not_is_told_so_in_words(person: str, sign_in: SignIn) -> None:
    answer = sign_in(Role.ADMINISTRATOR).get(f"/people/{person}/")
    assert "ask your practice manager" in text_of(answer)


@pytest.mark.parametrize("address", ["/people/'/", "/people/%00/", "/people/" + "a" * 500 + "/"])
def test_an_odd_address_is_simply_not_there(address: str, person: str, sign_in: SignIn) -> None:
    assert sign_in().get(address).status_code == 404


def test_the_page_says_how_each_figure_counts_them_and_why(world: World, sign_in: SignIn) -> None:
    text = text_of(sign_in().get(f"/people/{keep_and_rank(woman_on_two_inhalers().record)}/"))
    assert (
        "Current action plan No It would need: a written action plan recorded in the last 12 months" in text
    )
    assert "Asthma register Yes" in text


def test_H24_the_page_says_what_was_not_checked(person: str, sign_in: SignIn) -> None:
    assert "Bank holidays are not known" in text_of(sign_in().get(f"/people/{person}/"))
