"""The page that renews a plan: what changed is open, the rest folded; it issues a plan and never a review."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.changes import compare_plans
from imp2art.core.actor import Role
from imp2art.store.json_form import from_json
from imp2art.store.scope import PracticeScope
from imp2art.web.practice.on_site import today
from imp2art.web.practice.plan_form import texts_of_plan
from tests.conftest import OURS, World
from tests.integration.pages import back, keep_and_rank, text_of, woman_on_two_inhalers
from tests.spec.people import CLENIL_100, SALBUTAMOL, SERETIDE_100, person
from tests.spec.plans import CALL, TWO_INHALERS

SignIn = Callable[..., Client]
ASKED = {"plan_acknowledged": "yes", "plan_teach_back": "yes", "steroids_considered": "yes"}


@pytest.fixture
def woman(world: World) -> str:
    return keep_and_rank(woman_on_two_inhalers().record)


@pytest.fixture
def nurse(woman: str, sign_in: SignIn) -> Client:
    return sign_in()


def fields_of(page) -> dict[str, list[str]]:
    """The form as a browser would send it, unchanged."""
    html = page.content.decode()
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        named = dict(re.findall(r'(name|type|value)="([^"]*)"', tag))
        if "name" not in named or (named.get("type") in ("radio", "checkbox") and " checked" not in tag):
            continue
        sent.setdefault(named["name"], []).append(named.get("value", ""))
    for name, inside in re.findall(r'(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        sent[name] = [chosen[1] if chosen else ""]
    return sent


def opened(client: Client, who: str) -> dict[str, list[str]]:
    return fields_of(client.get(f"/people/{who}/plan/"))


def issue(client: Client, who: str, form: dict, **more: str):
    return client.post(f"/people/{who}/plan/", {**form, **more, "issue": "yes"})


def whole_plan(**changes: str) -> dict:
    plan = replace(TWO_INHALERS, review_due=today() + timedelta(days=300), practice_phone="0131 496 0000")
    return {name: list(texts) for name, texts in texts_of_plan(plan).items()} | ASKED | changes


def first_plan(client: Client, who: str):
    """A first plan through the page; the fixture's person has none."""
    key = opened(client, who)["key"]
    answer = issue(client, who, whole_plan(), key=key[0])
    assert answer.status_code == 302, text_of(answer)
    return answer


def newest(who: str) -> ActionPlan:
    return from_json(PracticeScope(OURS).plans(who)[0].body, ActionPlan)


class TestAFirstPlan:
    def test_the_inhalers_in_use_and_their_labels_are_in_it_and_nothing_else_is_chosen(
        self, nurse: Client, woman: str
    ) -> None:
        form = opened(nurse, woman)
        assert (form["morning_puffs"], form["evening_puffs"], form["reliever_puffs"]) == (["2"], ["2"], ["2"])
        assert "basis" not in form
        assert form["attack_max_puffs"] == [""]
        assert "plan_acknowledged" not in form

    def test_one_press_takes_one_number_of_guidance_over(self, nurse: Client, woman: str) -> None:
        page = nurse.get(f"/people/{woman}/plan/")
        assert 'name="use" value="attack_max_puffs"' in page.content.decode()
        page = nurse.post(f"/people/{woman}/plan/", {**fields_of(page), "use": "attack_max_puffs"})
        form = fields_of(page)
        assert (form["attack_max_puffs"], form["attack_seconds_between"]) == (["10"], [""])

    def test_h15_enter_checks_and_never_issues(self, nurse: Client, woman: str) -> None:
        page = nurse.get(f"/people/{woman}/plan/").content.decode()
        form = page[page.index('id="renew"') :]
        assert re.search(r'<button[^>]*name="(\w+)"', form)[1] == "check"

    def test_it_is_issued_with_its_codes_and_its_trail_and_is_no_review(
        self, nurse: Client, woman: str
    ) -> None:
        answer = first_plan(nurse, woman)
        scope = PracticeScope(OURS)
        (act,) = scope.renewals(woman)
        assert answer["Location"] == f"/people/{woman}/reviews/{act.review_id}/"
        assert scope.reviews(woman) == ()
        assert [str(entry.event.code) for entry in scope.written_codes(woman, act.review_id)] == [
            "811921000000103"
        ]
        assert "plan-renewed" in [event.verb for event in scope.audit_events(woman)]
        assert [entry.kind for entry in scope.outbox(woman)] == ["gp-record"]

    def test_a_plan_that_they_did_not_agree_to_is_coded_as_given_not_as_agreed(
        self, nurse: Client, woman: str
    ) -> None:
        issue(nurse, woman, whole_plan(plan_acknowledged="no"), key="b" * 32)
        scope = PracticeScope(OURS)
        assert [str(entry.event.code) for entry in scope.written_codes(woman, "b" * 32)] == [
            "527171000000103"
        ]
        assert (newest(woman).acknowledged, newest(woman).teach_back) == (False, True)

    def test_pressed_twice_it_is_issued_once(self, nurse: Client, woman: str) -> None:
        form = whole_plan(key="a" * 32)
        assert issue(nurse, woman, form)["Location"] == issue(nurse, woman, form)["Location"]
        assert len(PracticeScope(OURS).plans(woman)) == 1

    @pytest.mark.parametrize("name", ["plan_acknowledged", "plan_teach_back"])
    def test_h15_the_persons_own_answers_are_asked_before_it_is_issued(
        self, nurse: Client, woman: str, name: str
    ) -> None:
        answer = issue(nurse, woman, whole_plan(**{name: ""}))
        assert answer.status_code == 422
        assert f'href="#{name}"' in answer.content.decode()
        assert PracticeScope(OURS).plans(woman) == ()

    def test_an_unsafe_plan_is_not_issued_and_what_was_typed_stays(self, nurse: Client, woman: str) -> None:
        answer = issue(nurse, woman, whole_plan(attack_max_puffs="12", goal="Swim"))
        assert answer.status_code == 422
        assert "more puffs in an attack" in text_of(answer)
        assert fields_of(answer)["goal"] == ["Swim"]


class TestARenewal:
    def test_with_nothing_new_all_is_folded_and_three_answers_and_one_press_issue_it(
        self, nurse: Client, woman: str
    ) -> None:
        """U-10: after the person is open, six activations with steroid tablets in the plan, five without."""
        first_plan(nurse, woman)
        page = nurse.get(f"/people/{woman}/plan/")
        assert "the same inhalers and the same doses" in text_of(page)
        assert "plan-group" in page.content.decode()
        assert re.findall(r'<details class="[^"]*plan-group"[^>]* open', page.content.decode()) == []
        answer = issue(nurse, woman, fields_of(page) | ASKED)
        assert answer.status_code == 302
        assert newest(woman).version == 2
        first = from_json(PracticeScope(OURS).plans(woman)[1].body, ActionPlan)
        assert compare_plans(first, newest(woman)) == ()

    def test_another_inhaler_opens_what_changed_and_its_numbers_are_not_taken_over(
        self, world: World, sign_in: SignIn
    ) -> None:
        before = woman_on_two_inhalers()
        who = keep_and_rank(before.record)
        client = sign_in()
        first_plan(client, who)
        after = replace(before, issues=tuple(i for i in before.issues if i.code != CLENIL_100))
        keep_and_rank(after.took(SERETIDE_100, back(1), label="1 puff twice a day").record)
        page = client.get(f"/people/{who}/plan/")
        folds = re.findall(
            r'<details class="[^"]*plan-group" id="group-([\w-]+)"( open)?', page.content.decode()
        )
        assert [group for group, is_open in folds if is_open] == ["every-day", "worse", "attack"]
        assert "Its doses were not taken over" in text_of(page)
        assert fields_of(page)["attack_max_puffs"] == [""]

    def test_both_versions_are_kept_and_one_is_current(self, nurse: Client, woman: str) -> None:
        first_plan(nurse, woman)
        issue(nurse, woman, fields_of(nurse.get(f"/people/{woman}/plan/")) | ASKED)
        plans = PracticeScope(OURS).plans(woman)
        assert [(plan.version, plan.replaced_at is None) for plan in plans] == [(2, True), (1, False)]


class TestWhoMayAndWhose:
    def test_an_administrator_may_not(self, woman: str, sign_in: SignIn) -> None:
        assert sign_in(Role.ADMINISTRATOR).get(f"/people/{woman}/plan/").status_code == 403

    def test_t01_another_practices_person_is_nobody(self, world: World, nurse: Client) -> None:
        assert nurse.get(f"/people/{world.their_person}/plan/").status_code == 404
        assert issue(nurse, world.their_person, whole_plan()).status_code == 404


class TestAChild:
    @pytest.fixture
    def child(self, world: World) -> str:
        life = (
            person(back(8 * 366), family_name="Ourcanary", patient_id="p00001")
            .diagnosed(back(700))
            .took(CLENIL_100, back(20), label="2 puffs twice a day")
            .took(SALBUTAMOL, back(20), label="2 puffs when required")
        )
        return keep_and_rank(life.record)

    def test_the_page_names_the_family_and_asks_for_the_spacer(self, child: str, sign_in: SignIn) -> None:
        page = sign_in().get(f"/people/{child}/plan/")
        assert "Plan for a child of 5 to 11" in text_of(page)
        assert "a plan by symptoms is usually preferred" in text_of(page)
        assert 'name="spacer"' in page.content.decode()

    def test_h08_what_is_not_for_a_child_is_not_offered(self, child: str, sign_in: SignIn) -> None:
        page = sign_in().get(f"/people/{child}/plan/").content.decode()
        assert re.findall(r'value="(increase-preventer|mart|air)"', page) == []

    def test_h28_the_copies_are_of_the_same_version_and_a_grown_persons_has_none(
        self, child: str, sign_in: SignIn
    ) -> None:
        client = sign_in()
        texts = texts_of_plan(replace(TWO_INHALERS, action_points=(TWO_INHALERS.action_points[0], CALL)))
        form = whole_plan() | {name: list(text) for name, text in texts.items() if name.startswith("point_2")}
        answer = issue(client, child, form | {"spacer": "yes"} | ASKED)
        assert answer.status_code == 302, text_of(answer)
        shown = client.get(answer["Location"]).content.decode()
        assert re.findall(r'plans/1/for/(\w+)\.pdf"', shown) == ["carer", "school"]
        copy = client.get(f"/people/{child}/plans/1/for/school.pdf")
        assert (copy.status_code, copy["Content-Type"]) == (200, "application/pdf")
        assert client.get(f"/people/{child}/plans/2/for/school.pdf").status_code == 404
        assert client.get(f"/people/{child}/plans/1/for/aunt.pdf").status_code == 404
