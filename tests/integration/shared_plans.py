"""A person of our practice with issued plans, and a link to them, for the tests of what a patient sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.currency import DICE_BYTES, draw_code
from imp2art.asthma.review.answers import Review
from imp2art.core.actor import Actor, Role
from imp2art.core.digest import digest_of
from imp2art.core.identifiers import PracticeCode
from imp2art.flows.share_plan import make_link
from imp2art.store.json_form import to_json
from imp2art.store.scope import AuditEntry, PracticeScope
from tests.builders import nhs_number
from tests.conftest import OURS
from tests.integration.reviews import PAGE, a_review
from tests.spec.plans import TWO_INHALERS

BORN = date(1980, 6, 15)  # as `build_record` has it
TOKEN = "a-token-of-more-than-128-bits-000"


def nurse_of(practice: PracticeCode = OURS) -> Actor:
    return Actor("7", "Nora Nurse", Role.NURSE, practice)


def code_of(version: int, practice: PracticeCode = OURS) -> str:
    """The code of a plan that `issue` issued."""
    dice = digest_of(f"{practice}{version}".encode()).encode()[-DICE_BYTES:]
    return draw_code(dice)


def issue(public_id: str, version: int = 1, practice: PracticeCode = OURS, **changes: object) -> ActionPlan:
    """Issue a plan to this person now, as a finished review does."""
    today = timezone.localdate()
    plan = replace(
        TWO_INHALERS,
        person=replace(TWO_INHALERS.person, name="Zzyzx Ourcanary", born=BORN, nhs_number=nhs_number(1)),
        made_on=today,
        review_due=today + timedelta(days=360),
        version=version,
        currency_code=code_of(version, practice),
    )
    plan = replace(plan, **changes)
    finished = a_review(
        public_id,
        f"{practice.lower()}{version:026x}",
        version,
        body=to_json(Review()),
        plan_body=to_json(plan),
        pdf_digest=digest_of(PAGE),
        at=timezone.now(),
        done_on=today,
    )
    event = AuditEntry(timezone.now(), nurse_of(practice), "plan-issued", public_id)
    PracticeScope(practice).keep_finished_review(finished, event)
    return plan


def link_to(person: str, token: str = TOKEN, practice: PracticeCode = OURS) -> int:
    """A link that this token opens; returns its number."""
    _, link = make_link(nurse_of(practice), practice, person, token, timezone.now())
    return link.number
