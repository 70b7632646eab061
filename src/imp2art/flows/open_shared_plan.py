"""Open one's own plan by a link and the date of birth, and say what one did with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.attacks import attacks
from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.state import PlanStanding, plan_standing
from imp2art.asthma.plan.use import PlanUse
from imp2art.codes.library import Library
from imp2art.core.digest import digest_of
from imp2art.core.refusal import NotHere, Refusal
from imp2art.record.patient_record import PatientRecord
from imp2art.store.json_form import from_json
from imp2art.store.plan_links import HeldLink, KeptLink, LinkStep, find_link, keep_answer, try_date
from imp2art.store.scope import KeptPlan, PracticeScope

# Who opens a plan has one: "no plan" is an answer for the practice's own page only.
_ANSWERS = frozenset(PlanUse) - {PlanUse.NO_PLAN}


class NotOpened(Refusal):
    """The link and the date do not open a plan. One sentence for every cause, so that it tells none."""

    def __init__(self) -> None:
        super().__init__(
            "We cannot open a plan with this link and this date of birth. Check the date. If it is right, "
            "the link may have ended: ask your practice for a new one."
        )


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """The newest plan of who holds the link. `replaced_on` is the day on which the one that the link was
    made for was replaced, None while it is in force. `attack_on` is the attack to ask about, if any.
    """

    plan: ActionPlan
    replaced_on: date | None
    standing: PlanStanding
    attack_on: date | None
    is_read: bool


def unlock_plan(token: str, born: date, at: datetime) -> None:
    """Try a date of birth; each try is kept. `NotOpened` for a wrong one and for a link that has ended."""
    if not try_date(digest_of(token.encode()), born, at):
        raise NotOpened


def open_shared_plan(token: str, library: Library, on: date, at: datetime) -> SharedPlan:
    """The plan for who gave the date of birth before. `NotOpened` where the link has ended since."""
    held = _held(token, at)
    scope = PracticeScope(held.practice)
    plans = scope.plans(held.public_id)
    record = scope.record(held.public_id)
    current = next((plan for plan in plans if plan.replaced_at is None), None)
    if record is None or current is None:
        raise NotOpened
    plan = from_json(current.body, ActionPlan)
    found = tuple(attacks(record.record, library, on))
    return SharedPlan(
        plan=plan,
        replaced_on=_replaced_on(held.link, plans),
        standing=plan_standing(record.record, library, on, found),
        attack_on=_attack_to_ask_about(held.link, record.record, library, on, plans),
        is_read=any(step.version == plan.version for step in held.link.when(LinkStep.READ)),
    )


def say_read(token: str, at: datetime) -> None:
    """Keep that the person has read their plan and agrees with it."""
    keep_answer(_held(token, at), LinkStep.READ, at)


def say_used(token: str, use: PlanUse, at: datetime) -> None:
    """Keep the answer to "did you use your plan?" after an attack; `NO_PLAN` is a fault."""
    keep_answer(_held(token, at), LinkStep(use.value), at)


def _held(token: str, at: datetime) -> HeldLink:
    held = find_link(digest_of(token.encode()))
    if held is None or not held.link.works_at(at):
        raise NotOpened
    try:
        check_may(held.actor, Action.OPEN_OWN_PLAN, held.practice)
    except NotHere:
        raise NotOpened from None
    return held


def _replaced_on(link: KeptLink, plans: tuple[KeptPlan, ...]) -> date | None:
    made_for = next((plan for plan in plans if plan.version == link.version), None)
    return made_for.replaced_at.date() if made_for and made_for.replaced_at else None


def _attack_to_ask_about(
    link: KeptLink, record: PatientRecord, library: Library, on: date, plans: tuple[KeptPlan, ...]
) -> date | None:
    """The newest attack since the first plan, unless an answer came after it."""
    first = min(plan.issued_at.date() for plan in plans)
    days = [attack.last_on for attack in attacks(record, library, on) if attack.on >= first]
    last = max(days, default=None)
    answered = last is not None and any(
        step.at.date() >= last for step in link.steps if step.step.value in _ANSWERS
    )
    return None if answered else last
