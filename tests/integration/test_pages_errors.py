"""The pages for what went wrong: plain words, the same for not there and not yours, and no details."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template import engines
from django.test import Client

from tests.conftest import World
from tests.integration.pages import draft_named, keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_needs_nothing_of_the_site(name: str) -> None:
    """Whatever is broken, the page that says so must not depend on it: no request, no session, no tables."""
    page = engines["jinja2"].get_template(name).render()
    assert "Go to the start page" in page
    assert "Sign out" not in page


def test_a_form_from_an_ended_session_says_that_nothing_saved_is_lost(world: World, sign_in: SignIn) -> None:
    person = keep_and_rank(woman_on_two_inhalers().record)
    client = sign_in(enforce_csrf_checks=True)
    form = {**draft_named(client, person), "agenda": "Run"}
    answer = client.post(f"/people/{person}/review/", form)
    assert answer.status_code == 403
    assert "This form has expired" in text_of(answer)


def test_a_page_that_is_not_there_says_so_and_leads_on(world: World, sign_in: SignIn) -> None:
    answer = sign_in().get("/nothing/of/the/kind/")
    assert answer.status_code == 404
    assert "There is nothing at this address that you can see" in text_of(answer)


def test_a_fault_shows_no_details(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("NHS number 9000000009")

    monkeypatch.setattr("imp2art.web.practice.register.show_register", break_down)
    answer = sign_in(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "Nothing was lost that had been saved" in text_of(answer)
    assert b"9000000009" not in answer.content
