"""What holds on every page: one main heading, none skipped, labels, each id once, nothing inline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.test import Client

from imp2art.core.actor import Role
from imp2art.web.practice.on_site import today
from tests.conftest import World
from tests.integration.pages import (
    draft_named,
    keep_and_rank,
    whole_form,
    woman_on_two_inhalers,
)

SignIn = Callable[..., Client]
VOID = {"input", "meta", "link", "br", "img", "hr"}


class Outline(HTMLParser):
    """The elements of a page with their attributes, and what is left open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.mistakes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.mistakes.append(tag)

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]


def _finished(client: Client, person: str) -> str:
    form = {**draft_named(client, person), **whole_form()}
    return client.post(f"/people/{person}/review/finish/", form)["Location"]


def _merge(client: Client, person: str):
    opened = draft_named(client, person)
    client.post(f"/people/{person}/review/", {**draft_named(client, person), "agenda": "Sleep"})
    return client.post(f"/people/{person}/review/", {**opened, "agenda": "Run"})


PAGES: dict[str, Callable[[Client, str], object]] = {
    "register": lambda client, person: client.get("/"),
    "person": lambda client, person: client.get(f"/people/{person}/"),
    "review": lambda client, person: client.get(f"/people/{person}/review/"),
    "review with errors": lambda client, person: client.post(f"/people/{person}/review/finish/"),
    "two writers": _merge,
    "finished": lambda client, person: client.get(_finished(client, person)),
    "trail": lambda client, person: client.get(f"/people/{person}/seen/"),
    "month": lambda client, person: client.get("/month/"),
    "list": lambda client, person: client.get(f"/month/{today():%Y-%m}/plan-12-months/not-met/"),
    "not there": lambda client, person: client.get("/nothing/"),
}


@pytest.fixture(params=sorted(PAGES))
def answer(request: pytest.FixtureRequest, world: World, sign_in: SignIn):
    person = keep_and_rank(woman_on_two_inhalers().record)
    sign_in(Role.MANAGER).post("/month/again/")
    return PAGES[request.param](sign_in(), person)


@pytest.fixture
def page(answer) -> Outline:
    return Outline(answer.content.decode())


def test_every_element_is_closed_where_it_belongs(page: Outline) -> None:
    assert (page.mistakes, page.open) == ([], [])


def test_headings_begin_with_one_of_the_first_level_and_skip_none(page: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_no_id_is_given_twice(page: Outline) -> None:
    assert [name for name, count in Counter(page.ids()).items() if count > 1] == []


def test_whatever_points_to_an_id_finds_it(page: Outline) -> None:
    ids = set(page.ids())
    pointed = [
        name
        for _, attributes in page.elements
        for key in ("for", "aria-describedby", "aria-labelledby")
        for name in (attributes.get(key) or "").split()
    ]
    assert [name for name in pointed if name not in ids] == []


def test_every_field_has_its_label(page: Outline) -> None:
    labelled = {attributes.get("for") for tag, attributes in page.elements if tag == "label"}
    fields = [
        attributes
        for tag, attributes in page.elements
        if tag in ("input", "select", "textarea") and attributes.get("type") != "hidden"
    ]
    assert [field.get("name") for field in fields if field.get("id") not in labelled] == []


def test_nothing_is_inline_that_a_strict_policy_would_drop(page: Outline) -> None:
    inline = [
        (tag, key)
        for tag, attributes in page.elements
        for key in attributes
        if key == "style" or key.startswith(("on", "hx-on"))
    ]
    scripts = [attributes for tag, attributes in page.elements if tag == "script" and "src" not in attributes]
    assert (inline, scripts) == ([], [])


def test_every_address_on_the_page_is_the_sites_own(page: Outline) -> None:
    named = [
        attributes.get(key) or ""
        for _, attributes in page.elements
        for key in ("href", "src", "action", "formaction", "hx-post", "hx-get")
        if key in attributes
    ]
    assert [address for address in named if not re.match(r"[/#?]|$", address)] == []


def test_the_title_names_the_page_and_then_the_service(answer) -> None:
    title = re.search("<title>(.*?)</title>", answer.content.decode())
    assert title is not None
    assert re.fullmatch(r"(Error: )?\S.* – IMP²ART asthma", title[1])


def test_every_form_that_changes_something_carries_its_token(answer) -> None:
    forms = re.findall(r'(?s)<form[^>]*method="post".*?</form>', answer.content.decode())
    assert [form for form in forms if "csrfmiddlewaretoken" not in form] == []


def test_no_mark_of_the_code_reaches_the_reader(answer) -> None:
    page = answer.content.decode()
    assert re.findall(r'="None"|Undefined|\{\{|\}\}|\{%|Outcome\.|Regimen\.|datetime\.|Decimal\(', page) == []
