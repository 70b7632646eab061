"""Whether a copy is current: three answers, nothing else told, open to all and not to be guessed fast."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest
from django.core.cache import cache
from django.test import Client

from imp2art.asthma.plan.currency import draw_code, spaced_code
from imp2art.store.scope import PracticeScope
from tests.conftest import OURS, THEIRS, World
from tests.integration.pages import draft_named, keep_and_rank, text_of, whole_form, woman_on_two_inhalers
from tests.integration.shared_plans import code_of, issue
from tests.spec.plans import TWO_INHALERS

NOBODYS = draw_code(b"nobody!")


@pytest.fixture(autouse=True)
def _tries_begin_anew():
    cache.clear()


def ask(code: str) -> tuple[int, str]:
    answer = Client().get(f"/current/{code}")
    assert answer["Cache-Control"] == "no-store"
    return answer.status_code, text_of(answer)


def test_a_plan_in_force_is_current(world: World) -> None:
    issue(world.our_person)
    assert "This plan is current" in ask(spaced_code(code_of(1)))[1]


def test_a_replaced_plan_says_when(world: World) -> None:
    issue(world.our_person)
    issue(world.our_person, 2)
    assert "This plan was replaced on" in ask(code_of(1))[1]
    assert "This plan is current" in ask(code_of(2))[1]


@pytest.mark.parametrize("code", [NOBODYS, NOBODYS[:-1] + "0", "x", "'; DROP TABLE", "..", "%F0%9F%98%80"])
def test_a_code_of_nobodys_and_what_is_no_code_are_not_known(world: World, code: str) -> None:
    status, text = ask(code)
    assert status == 200
    assert "We do not know this code" in text


def test_it_tells_nothing_else(world: World) -> None:
    issue(world.their_person, practice=THEIRS)
    text = ask(code_of(1, THEIRS))[1]
    for secret in ("canary", "Harbour", "Mill Road", "Clenil", "version", "1985", "B54321"):
        assert secret.lower() not in text.lower().replace("current", "")


def test_two_current_plans_answer_letter_for_letter_alike(world: World) -> None:
    issue(world.our_person)
    issue(world.their_person, practice=THEIRS)
    assert ask(code_of(1)) == ask(code_of(1, THEIRS))


def test_a_plan_issued_on_the_page_carries_a_code_that_is_current(
    world: World, sign_in: Callable[..., Client]
) -> None:
    person = keep_and_rank(woman_on_two_inhalers().record)
    nurse = sign_in()
    nurse.post(f"/people/{person}/review/finish/", {**draft_named(nurse, person), **whole_form()})
    code = PracticeScope(OURS).plans(person)[0].body["currency_code"]
    pdf = pypdfium2.PdfDocument(PracticeScope(OURS).plan_pdf(person, 1))
    assert spaced_code(code) in pdf[0].get_textpage().get_text_bounded()
    assert "This plan is current" in ask(code)[1]


def test_it_is_read_as_people_type_it(world: World) -> None:
    issue(world.our_person)
    answer = Client().get("/current/", {"code": spaced_code(code_of(1)).lower().replace("-", " ")})
    assert "This plan is current" in text_of(answer)


def test_a_plan_of_before_there_were_codes_is_kept_without_one(world: World) -> None:
    issue(world.our_person, currency_code="")
    assert TWO_INHALERS.currency_code == ""
    assert "We do not know this code" in ask("")[1] or "Code on the plan" in ask("")[1]


def test_more_than_sixty_in_a_minute_from_one_place_wait(world: World, client: Client) -> None:
    answers = [client.get(f"/current/{NOBODYS}").status_code for _ in range(61)]
    assert answers.count(200) == 60
    assert answers[-1] == 429


def test_the_landing_page_is_open_and_says_what_it_is_not(client: Client) -> None:
    answer = client.get("/about/")
    assert answer.status_code == 200
    assert "It is not for use with real patients" in text_of(answer)
