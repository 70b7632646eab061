"""What overtakes a plan marks it as one to renew on every page of the staff about the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from imp2art.store.scope import AuditEntry, PracticeScope
from imp2art.web.practice.on_site import now, today
from tests.conftest import OURS, World
from tests.integration.pages import back, keep_and_rank, text_of
from tests.integration.reviews import NURSE
from tests.spec.people import ATTACK, CLENIL_100, SALBUTAMOL, Life, person
from tests.spec.plans import CALL, TWO_INHALERS, WORSE

SignIn = Callable[..., Client]
MARK = "Renew this plan:"


def life(born: str = "1985-03-04") -> Life:
    return (
        person(born, family_name="Ourcanary", patient_id="p00001")
        .diagnosed(back(2000))
        .took(CLENIL_100, back(500), back(20), label="2 puffs twice a day")
        .took(SALBUTAMOL, back(20), label="2 puffs when required")
    )


def overtaken(why: str) -> tuple[Life, int, str]:
    """Someone, how many days ago their plan was made, and the words of what overtook it."""
    if why == "attack":
        return life().coded(ATTACK, back(10)), 40, "an attack on"
    if why == "change":
        changed = life().took(CLENIL_100.__class__("3186911000001100"), back(5), label="1 puff twice a day")
        return changed, 60, "a new treatment since"
    if why == "birthday":
        born = date(today().year - 12, today().month, today().day) - timedelta(days=3)
        return life(born.isoformat()), 40, "a birthday on"
    return life(), 400, "more than 12 months ago"


def given_a_plan(who: str, days_ago: int) -> str:
    """A plan issued here so many days ago; returns the id of its review."""
    from dataclasses import replace

    from imp2art.asthma.review.codes import renewal_entries
    from imp2art.core.digest import digest_of
    from imp2art.store.json_form import to_json
    from imp2art.store.scope import FinishedReview, WrittenCode
    from tests.integration.pages import LIBRARY

    made_on = today() - timedelta(days=days_ago)
    kept = PracticeScope(OURS).record(who).record.patient
    plan = replace(
        TWO_INHALERS,
        person=replace(TWO_INHALERS.person, born=kept.born),
        action_points=(WORSE, CALL),
        made_on=made_on,
        review_due=made_on + timedelta(days=300),
        acknowledged=True,
        spacer=True,
    )
    entries = renewal_entries(plan, made_on, LIBRARY, "review:" + "c" * 32)
    PracticeScope(OURS).keep_finished_review(
        FinishedReview(
            public_id=who,
            key="c" * 32,
            done_on=made_on,
            body={},
            plan_body=to_json(plan),
            plan_version=1,
            pdf=b"%PDF",
            pdf_digest=digest_of(b"%PDF"),
            entries=tuple(WrittenCode(event, term) for event, term in entries),
            outbox=(),
            at=now() - timedelta(days=days_ago),
            by="Nora Nurse",
            kind="renewal",
        ),
        AuditEntry(now(), NURSE, "plan-renewed", who),
    )
    return "c" * 32


@pytest.mark.parametrize("why", ["attack", "change", "birthday", "age"])
def test_h02_h28_each_of_them_marks_the_plan_on_every_page(world: World, sign_in: SignIn, why: str) -> None:
    someone, days_ago, told = overtaken(why)
    who = keep_and_rank(someone.record)
    act = given_a_plan(who, days_ago)
    keep_and_rank(someone.record)
    nurse = sign_in()
    register = text_of(nurse.get("/"))
    assert told in register
    for page in ("", "review/", "plan/", f"reviews/{act}/"):
        text = text_of(nurse.get(f"/people/{who}/{page}"))
        assert MARK in text, page
        assert told in text, page


def test_a_plan_that_nothing_overtook_is_marked_nowhere(world: World, sign_in: SignIn) -> None:
    who = keep_and_rank(life().record)
    act = given_a_plan(who, 40)
    keep_and_rank(life().record)
    nurse = sign_in()
    for page in ("", "review/", "plan/", f"reviews/{act}/"):
        assert MARK not in text_of(nurse.get(f"/people/{who}/{page}")), page
