"""The patient's page: the red box before all, nothing personal before the date of birth, own words only."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from imp2art.store.scope import PracticeScope
from imp2art.web.site.log_form import QuietFormatter
from tests.builders import nhs_number
from tests.conftest import OURS, World
from tests.integration.pages import text_of
from tests.integration.shared_plans import TOKEN, issue, link_to, nurse_of
from tests.spec.plans import AIR, MART

DOOR = f"/plan/{TOKEN}/"
BORN = {"day": "15", "month": "6", "year": "1980"}
GENERAL = "Take the inhaler that your plan names for an attack"


@pytest.fixture(autouse=True)
def _tries_begin_anew():
    cache.clear()


@pytest.fixture
def person(world: World) -> str:
    issue(world.our_person)
    link_to(world.our_person)
    return world.our_person


@pytest.fixture
def inside(person: str) -> Client:
    client = Client()
    assert client.post(DOOR, BORN).status_code == 302
    return client


def without_tokens(answer) -> str:
    return re.sub(r'value="[A-Za-z0-9]{40,}"', "", answer.content.decode())


def test_H12_the_red_box_stands_first_without_date_sign_in_or_script(person: str, client: Client) -> None:
    page = client.get(DOOR).content.decode()
    assert "<script" not in page
    assert page.index("999") < page.index("date of birth")
    assert GENERAL in page


def test_H13_the_door_says_that_nobody_reads_it_as_it_happens(person: str, client: Client) -> None:
    assert "No one reads this page as you use it" in text_of(client.get(DOOR))


def test_before_the_date_nothing_personal_is_shown(person: str, client: Client) -> None:
    page = client.get(DOOR).content.decode()
    for secret in ("Zzyzx", "Ourcanary", "Harbour", "Clenil", '1980"', nhs_number(1).spaced):
        assert secret not in page


def test_a_link_that_never_was_shows_the_same_door_and_the_same_refusal(person: str, client: Client) -> None:
    nowhere = f"/plan/{'z' * 32}/"
    wrong = BORN | {"day": "16"}
    assert without_tokens(client.get(DOOR)) == without_tokens(client.get(nowhere))
    theirs, nobodys = client.post(DOOR, wrong), client.post(nowhere, wrong)
    assert (theirs.status_code, without_tokens(theirs)) == (nobodys.status_code, without_tokens(nobodys))


@pytest.mark.parametrize("typed", [{}, BORN | {"month": "13"}, BORN | {"year": "80"}, BORN | {"day": "٣x"}])
def test_what_is_no_date_is_asked_again_with_what_was_typed(person: str, client: Client, typed: dict) -> None:
    answer = client.post(DOOR, typed)
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert "<title>Error: " in answer.content.decode()


def test_the_cookie_is_of_this_link_alone_and_out_of_reach_of_scripts(person: str, client: Client) -> None:
    cookie = next(iter(client.post(DOOR, BORN).cookies.values()))
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (DOOR, True, "Lax")
    assert "Ourcanary" not in cookie.value


def test_the_cookie_of_one_link_does_not_open_another(inside: Client, world: World) -> None:
    other = "another-token-of-more-than-128-b"
    link_to(world.our_person, other)
    name, value = next((name, cookie.value) for name, cookie in inside.cookies.items() if "plan" in name)
    stranger = Client()
    stranger.cookies[name] = value
    assert "Ourcanary" not in stranger.get(f"/plan/{other}/").content.decode()


def test_the_open_plan_says_whose_it_is_and_that_it_is_current_without_the_nhs_number(inside: Client) -> None:
    text = text_of(inside.get(DOOR))
    assert "Current Made on" in text
    assert "The plan of Zzyzx Ourcanary" in text
    assert nhs_number(1).spaced not in text
    assert str(nhs_number(1)) not in text


@pytest.mark.parametrize("plan", [MART, AIR], ids=["MART", "AIR"])
def test_H03_the_red_box_of_one_inhaler_never_has_the_ten_puffs(world: World, client: Client, plan) -> None:
    issue(world.our_person, regimen=plan.regimen, usual=plan.usual, emergency=plan.emergency)
    link_to(world.our_person)
    client.post(DOOR, BORN)
    box = client.get(DOOR).content.decode().partition('class="red"')[2].partition("</section>")[0]
    assert "Stop at 6 puffs" in box
    assert "10 puffs" not in box


@pytest.mark.parametrize(
    ("now", "said", "unsaid"),
    [
        ("well", "Clenil", "wakes me at night"),
        ("worse", "Asthma wakes me at night", "Not sure Asthma"),
        ("unsure", "it is an attack", "Clenil Modulite"),
    ],
)
def test_a_state_shows_the_own_words_for_it(inside: Client, now: str, said: str, unsaid: str) -> None:
    text = text_of(inside.get(f"{DOOR}?now={now}"))
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize("query", ["now=<b>", "size=huge", "language=xx", "now=well&now=worse"])
def test_a_made_up_choice_shows_the_plain_page(inside: Client, query: str) -> None:
    assert inside.get(f"{DOOR}?{query}").status_code == 200


def test_every_copy_opens_and_the_one_to_share_has_no_nhs_number(inside: Client) -> None:
    page = inside.get(DOOR).content.decode()
    copies = re.findall(r'href="(/plan/[^"]+(?:pdf|png|aloud/))"', page)
    assert len(copies) == 8
    for address in copies:
        answer = inside.get(address)
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("part", ["read/", "used/", "aloud/", "asthma-plan.png", "asthma-plan-page.pdf"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_behind_the_door_opens_without_the_date(
    person: str, client: Client, part: str, method: str
) -> None:
    answer = getattr(client, method)(DOOR + part)
    assert answer.status_code in (302, 405)
    assert answer.get("Location", DOOR) == DOOR


def test_a_link_that_was_withdrawn_closes_the_open_page(inside: Client, world: World) -> None:
    from imp2art.flows.share_plan import withdraw_link

    (link,) = PracticeScope(OURS).plan_links(world.our_person)
    withdraw_link(nurse_of(), OURS, world.our_person, link.number, timezone.now())
    assert "Ourcanary" not in inside.get(DOOR).content.decode()


def test_H02_a_newer_plan_is_shown_with_the_day_of_the_change(inside: Client, world: World) -> None:
    issue(world.our_person, 2)
    text = text_of(inside.get(DOOR))
    assert "Your plan was replaced on" in text
    assert "Version 2" in text


def test_that_it_was_read_is_kept_and_said(inside: Client) -> None:
    assert inside.post(f"{DOOR}read/").status_code == 302
    assert "You said that you have read this plan" in text_of(inside.get(DOOR))


def test_closing_it_closes_it_on_this_device(inside: Client) -> None:
    inside.post(f"{DOOR}close/")
    assert "Ourcanary" not in inside.get(DOOR).content.decode()


def test_too_many_tries_from_one_place_are_told_to_wait(person: str, client: Client) -> None:
    for _ in range(20):
        client.post(f"/plan/{'z' * 32}/", BORN)
    answer = client.post(DOOR, BORN)
    assert "Wait a few minutes" in text_of(answer)
    assert GENERAL in text_of(answer)


def test_the_secret_part_of_a_link_stands_in_no_log(person: str, client: Client, caplog) -> None:
    client.post(DOOR, {})
    client.get(f"{DOOR}nothing/")
    lines = [QuietFormatter().format(record) for record in caplog.records]
    assert any("/plan/" in line for line in lines)
    assert [line for line in lines if TOKEN in line] == []


def test_U20_the_first_view_is_light(inside: Client) -> None:
    """At most 15 kB of page and 75 kB in all, in six requests."""
    page = inside.get(f"{DOOR}?now=worse").content
    parts = set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', page))
    sizes = [len(gzip.compress(b"".join(inside.get(part.decode()).streaming_content))) for part in parts]
    assert len(gzip.compress(page)) <= 15_000
    assert len(parts) + 1 <= 6
    assert len(gzip.compress(page)) + sum(sizes) <= 75_000
