"""Every address of the site, walked from its table of routes: who may open it, and what a stranger sees.

A route that appears tomorrow is walked tomorrow; one with a part that this walk does not know fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from imp2art.core.actor import Role
from tests.conftest import World

NOBODY = "0" * 32
# Values for the parts of an address that name no person. Each is shaped as a true one.
OTHER_PARTS = {
    "review_id": "1" * 32,
    "version": "1",
    "link": "1",
    "form": "wallet",
    "copy": "school",
    "month": "2026-10",
    "year": "2026-27",
    "slug": "plan-12-months",
    "outcome": "met",
    "practice_code": "A12345",
    "table_set": "2" * 32,
    "set_action": "check",
    "table": "figures",
    "file_form": "csv",
    "language": "cy",
    "family": "mart",
}
OPEN_TO_ALL = re.compile(
    r"(health$|about/|current/|plan/|account/|accounts/|static/|security\.txt|\.well-known/|favicon)"
)


@dataclass(frozen=True)
class Route:
    path: str  # as Django writes it: people/<str:public_id>/
    view: Callable[..., object]

    @property
    def parts(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.path)

    def address(self, public_id: str) -> str:
        values = {**OTHER_PARTS, "public_id": public_id}
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: values[part[1]], self.path)


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, path)
        else:
            yield Route(path.replace("^", "").replace("$", ""), pattern.callback)


def routes() -> list[Route]:
    return list(walk(get_resolver().url_patterns))


def inner() -> list[Route]:
    return [route for route in routes() if not OPEN_TO_ALL.match(route.path)]


def personal() -> list[Route]:
    return [route for route in inner() if "public_id" in route.parts]


def body(client: Client, method: str, address: str) -> tuple[int, str]:
    answer = getattr(client, method)(address)
    text = answer.content.decode("utf-8", "replace")
    # Once per answer by design: the page's nonce and the form's token.
    text = re.sub(r'(nonce|value)="[A-Za-z0-9+/=_-]{16,}"', "", text)
    return answer.status_code, text.replace(address, "")


def test_there_are_pages_about_people() -> None:
    assert len(personal()) >= 5


def test_every_part_of_an_address_is_known_to_this_walk() -> None:
    unknown = {part for route in inner() for part in route.parts} - {*OTHER_PARTS, "public_id"}
    assert unknown == set()


def test_every_inner_page_states_the_right_that_it_needs() -> None:
    assert [route.path for route in inner() if not hasattr(route.view, "action")] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", inner(), ids=lambda route: route.path)
def test_a_stranger_is_asked_to_sign_in(route: Route, method: str, world: World, client: Client) -> None:
    answer = getattr(client, method)(route.address(world.our_person))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("role", [Role.NURSE, Role.MANAGER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("route", personal(), ids=lambda route: route.path)
def test_T01_T04_not_yours_reads_exactly_as_not_there(
    route: Route, method: str, role: Role, world: World, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(role)
    theirs = body(client, method, route.address(world.their_person))
    nobody = body(client, method, route.address(NOBODY))
    assert theirs == nobody
    assert theirs[0] in (403, 404, 405)
    assert "Theircanary" not in theirs[1]


@pytest.mark.parametrize("route", inner(), ids=lambda route: route.path)
def test_T01_no_page_of_ours_shows_a_person_of_theirs(
    route: Route, world: World, sign_in: Callable[..., Client]
) -> None:
    _, text = body(sign_in(Role.NURSE), "get", route.address(world.our_person))
    assert "Theircanary" not in text
    assert world.their_person not in text


@pytest.mark.parametrize("route", personal(), ids=lambda route: route.path)
def test_every_opening_of_a_record_leaves_a_line_in_the_trail(
    route: Route, world: World, sign_in: Callable[..., Client]
) -> None:
    from imp2art.store.scope import PracticeScope

    before = len(PracticeScope(world.ours).audit_events(world.our_person))
    answer = sign_in(Role.NURSE).get(route.address(world.our_person))
    after = len(PracticeScope(world.ours).audit_events(world.our_person))
    opened = answer.status_code == 200 and b"Ourcanary" in answer.content
    assert (after > before) or not opened
