"""The review after an attack, the review in ten minutes, what stays due, and how reviews ended."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.core.actor import Role
from imp2art.store.scope import PracticeScope
from tests.conftest import OURS, World
from tests.integration.pages import (
    back,
    draft_named,
    keep_and_rank,
    names_of_fields,
    text_of,
    whole_form,
    woman_on_two_inhalers,
)

SignIn = Callable[..., Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(world: World) -> str:
    return keep_and_rank(woman_on_two_inhalers().record)


@pytest.fixture
def nurse(person: str, sign_in: SignIn) -> Client:
    return sign_in()


def address(person: str, query: str = "") -> str:
    return f"/people/{person}/review/{query}"


def finish(client: Client, person: str, **changes: str):
    form = {**draft_named(client, person), **whole_form(**changes)}
    return client.post(f"/people/{person}/review/finish/", form)


# --- after an attack ------------------------------------------------------------------------------


def test_a_post_attack_review_opens_with_the_attack_of_the_record_and_its_clock(
    nurse: Client, person: str
) -> None:
    answer = nurse.get(address(person, "?kind=post-attack"))
    text = text_of(answer)
    assert "<title>Post-attack review" in answer.content.decode()
    assert "Found in the record: " in text
    assert "Follow-up was due by " in text
    assert "Did they use their plan in this attack?" in text
    assert 'name="kind" value="post-attack"' in answer.content.decode()


def test_the_clock_runs_from_the_day_of_treatment_once_it_is_told(nurse: Client, person: str) -> None:
    year, month, day = back(0).split("-")
    seen = {"after_seen_on-day": day, "after_seen_on-month": month, "after_seen_on-year": year}
    form = {**draft_named(nurse, person), "kind": "post-attack", **seen}
    assert "2 working days left" in text_of(nurse.post(address(person), form, headers=HTMX))


def test_its_answers_are_kept_and_the_page_stays_one_after_an_attack(nurse: Client, person: str) -> None:
    nurse.post(
        address(person),
        {**draft_named(nurse, person), "kind": "post-attack", "after_plan_used": "did-not-use"},
    )
    kept = PracticeScope(OURS).draft(person).body["review"]
    assert (kept["kind"], kept["attack"]["plan_used"]) == ("post-attack", "did-not-use")
    assert "<title>Post-attack review" in nurse.get(address(person)).content.decode()


def test_it_is_written_as_a_follow_up_and_takes_the_attack_off_the_list(nurse: Client, person: str) -> None:
    assert "Post-attack review" in text_of(nurse.get("/?list=attack"))
    answer = finish(nurse, person, kind="post-attack", after_plan_used="used", after_steroids_finished="yes")
    text = text_of(nurse.get(answer["Location"]))
    assert "Asthma follow-up" in text
    assert "the answers about the attack" in text  # no code means the same
    assert "Nobody is in this list" in text_of(nurse.get("/?list=attack"))


@pytest.mark.parametrize("kind", ["", "nonsense", "routine"])
def test_any_other_kind_in_the_address_is_the_review_of_every_year(
    kind: str, nurse: Client, person: str
) -> None:
    assert "<title>Asthma review" in nurse.get(address(person, f"?kind={kind}")).content.decode()


def test_the_person_and_the_register_say_how_late_the_follow_up_is(nurse: Client, person: str) -> None:
    for page in ("/", f"/people/{person}/"):
        text = text_of(nurse.get(page))
        assert re.search(r"Follow-up was due by \d+ \w+ \d+: \d+ working days late", text)
        assert "Post-attack review" in text


# --- in ten minutes -------------------------------------------------------------------------------


def test_the_short_review_asks_everything_that_the_long_one_asks(nurse: Client, person: str) -> None:
    whole, short = nurse.get(address(person)), nurse.get(address(person, "?short=yes"))
    assert names_of_fields(whole) - {"step-triggers"} <= names_of_fields(short)


def test_the_essentials_come_before_what_is_folded(nurse: Client, person: str) -> None:
    page = nurse.get(address(person, "?short=yes")).content.decode()
    folded = page.index("If there is time")
    first = ("mode", "rcp_sleep", "attacks_12_months", "medicines_checked", "technique_observed", "regimen")
    assert all(page.index(f'name="{name}"') < folded for name in (*first, "no_plan_reason"))
    assert all(page.index(f'name="{name}"') > folded for name in ("days_off", "smoking", "feno_ppb", "note"))


def test_a_save_without_script_stays_in_the_short_review(nurse: Client, person: str) -> None:
    form = {**draft_named(nurse, person), "agenda": "Run"}
    answer = nurse.post(address(person, "?short=yes"), form)
    assert answer["Location"] == address(person, "?short=yes")


# --- what stays due -------------------------------------------------------------------------------


def test_h37_technique_stays_due_after_a_phone_review(nurse: Client, person: str) -> None:
    column = nurse.post(address(person), {**draft_named(nurse, person), "mode": "phone"}, headers=HTMX)
    assert "By phone you cannot watch them use an inhaler" in text_of(column)
    done = finish(nurse, person, mode="phone")
    assert "Inhaler technique: not watched" in text_of(nurse.get(done["Location"]))
    assert "Inhaler technique: not watched" in text_of(nurse.get(f"/people/{person}/"))
    assert "technique not watched at the review of" in text_of(nurse.get("/")).casefold()


def test_what_the_contract_would_miss_is_said_before_finishing(nurse: Client, person: str) -> None:
    named = draft_named(nurse, person)
    form = {**named, **whole_form(mode="phone", attacks_12_months="")}
    text = text_of(nurse.post(address(person), form, headers=HTMX))
    assert "For the contract: 2 things not done" in text
    assert "Number of attacks, coded : to do" in text


# --- how reviews ended ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.NURSE, Role.MANAGER])
def test_how_reviews_ended_is_counted_and_names_nobody(
    role: Role, nurse: Client, person: str, sign_in: SignIn
) -> None:
    finish(nurse, person, no_plan_reason="no-time")
    finish(nurse, person)
    text = text_of(sign_in(role).get("/reviews/"))
    assert "1 review of 2 ended with a plan" in text
    assert "There was no time 1" in text
    assert "Ourcanary" not in text


def test_before_the_first_review_nothing_is_counted(nurse: Client) -> None:
    assert "No review was finished" in text_of(nurse.get("/reviews/"))
