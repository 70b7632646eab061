"""The register's page: why each person needs someone, lists, search, and who may open what."""

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
def ranked(world: World) -> str:
    return keep_and_rank(
        woman_on_two_inhalers().record, woman_on_two_inhalers(2, "O’Brien-Featherstonehaugh").record
    )


def test_a_row_says_who_why_since_when_and_how_the_plan_stands(ranked: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get("/"))
    assert f"{NAME} Woman, 4" in text
    assert "not followed up" in text
    assert "No plan" in text or "no plan" in text


def test_the_page_says_how_old_its_data_is_and_who_accepted_it(world: World, sign_in: SignIn) -> None:
    keep_and_rank(woman_on_two_inhalers().record, taken_on=today() - timedelta(days=12))
    assert "(12 days ago), accepted by Olive Operator" in text_of(sign_in().get("/"))


def test_a_count_leads_to_the_list_of_as_many_people(ranked: str, sign_in: SignIn) -> None:
    client = sign_in()
    assert "2 attack, not followed up" in text_of(client.get("/"))
    assert "2 people, most urgent first" in text_of(client.get("/", {"list": "attack"}))


def test_a_search_that_one_person_fits_opens_the_record(ranked: str, sign_in: SignIn) -> None:
    answer = sign_in().post("/", {"search": "ourcan"})
    assert answer["Location"] == f"/people/{ranked}/"


def test_the_same_search_typed_live_only_narrows_the_list(ranked: str, sign_in: SignIn) -> None:
    answer = sign_in(headers={"HX-Request": "true"}).post("/", {"search": "ourcan"})
    assert "1 person whose name holds “ourcan”" in text_of(answer)


def test_a_search_that_finds_nobody_offers_the_whole_register(ranked: str, sign_in: SignIn) -> None:
    answer = sign_in().post("/", {"search": "nobody", "list": "first"})
    assert "Look in the whole register" in text_of(answer)


@pytest.mark.parametrize(
    "query",
    [
        {"search": "<script>alert(1)</script>"},
        {"search": "x" * 5000},
        {"page": "99999999999"},
        {"page": "٣"},
        {"list": "'; drop table"},
        {"search": "\x00"},
    ],
    ids=str,
)
def test_odd_addresses_are_answered_calmly(query: dict[str, str], ranked: str, sign_in: SignIn) -> None:
    client = sign_in()
    assert client.get("/", query).status_code == 200
    answer = client.post("/", query)
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_no_name_that_is_searched_for_comes_into_an_address(ranked: str, sign_in: SignIn) -> None:
    page = sign_in().post("/", {"search": "our", "list": "all"}).content.decode()
    assert "search=" not in page


def test_who_may_not_open_a_record_gets_no_link_to_one(ranked: str, sign_in: SignIn) -> None:
    for role in (Role.ADMINISTRATOR, Role.MANAGER):
        page = sign_in(role).get("/").content.decode()
        assert NAME in page
        assert f"/people/{ranked}/review/" not in page


def test_a_manager_is_led_to_who_opened_a_record(ranked: str, sign_in: SignIn) -> None:
    assert f"/people/{ranked}/seen/" in sign_in(Role.MANAGER).get("/").content.decode()


def test_before_the_first_import_the_page_says_what_to_do(world: World, sign_in: SignIn) -> None:
    from imp2art.core.identifiers import PracticeCode
    from imp2art.store.people import StaffAccount, create_account
    from imp2art.store.practices import keep_practice
    from imp2art.store.scope import AuditEntry, PracticeFacts
    from tests.builders import AT, OPERATOR
    from tests.conftest import PASSWORD

    empty = PracticeCode("C99999")
    keep_practice(PracticeFacts(empty, "New", "england"), AuditEntry(AT, OPERATOR, "practice-kept"))
    account = StaffAccount("nurse-c99999", "New Nurse", Role.NURSE, empty)
    create_account(account, PASSWORD, AuditEntry(AT, OPERATOR, "account-made"))
    assert "Import an extract" in text_of(sign_in(Role.NURSE, empty).get("/"))
