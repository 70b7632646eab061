"""Put a plan into the person's hand: a link to it, shown once, and its other forms on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from imp2art.access.rights import Action, check_may
from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.core.actor import Actor
from imp2art.core.digest import digest_of
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.record.patient import Patient
from imp2art.store.json_form import from_json
from imp2art.store.plan_links import KeptLink, LinkStep
from imp2art.store.scope import AuditEntry, KeptPlan, PracticeScope

# A plan is looked at again within a year (NICE NG245 review; clinical fact file 3.8); the link ends with it.
LINK_LASTS = timedelta(days=366)
LEAST_TOKEN = 22  # letters of an address-safe token of 128 bits


@dataclass(frozen=True, slots=True)
class ShareDesk:
    """What the page for sharing shows; `plan` is the one in force, None where there is none."""

    public_id: str
    patient: Patient
    kept: KeptPlan | None
    plan: ActionPlan | None
    links: tuple[KeptLink, ...]


def open_share_desk(actor: Actor, practice: PracticeCode, public_id: str, at: datetime) -> ShareDesk:
    """The plan in force and the links to it. `NotHere` for nobody of this practice."""
    check_may(actor, Action.SHARE_PLAN, practice)
    scope = PracticeScope(practice)
    kept = scope.open_record(public_id, AuditEntry(at, actor, "plan-sharing-opened", public_id))
    plan = next((each for each in scope.plans(public_id) if each.replaced_at is None), None)
    value = from_json(plan.body, ActionPlan) if plan else None
    return ShareDesk(public_id, kept.record.patient, plan, value, scope.plan_links(public_id))


def make_link(
    actor: Actor, practice: PracticeCode, public_id: str, token: str, at: datetime
) -> tuple[ShareDesk, KeptLink]:
    """Keep a link that this token opens. The token is made by the caller, shown once and never kept."""
    check_may(actor, Action.SHARE_PLAN, practice)
    if len(token) < LEAST_TOKEN:
        raise ValueError("a token has 128 bits or more")
    event = AuditEntry(at, actor, "plan-link-made", public_id)
    digest = digest_of(token.encode())
    link = PracticeScope(practice).keep_plan_link(public_id, digest, at + LINK_LASTS, event)
    return open_share_desk(actor, practice, public_id, at), link


def withdraw_link(actor: Actor, practice: PracticeCode, public_id: str, number: int, at: datetime) -> None:
    """End a link now."""
    check_may(actor, Action.SHARE_PLAN, practice)
    event = AuditEntry(at, actor, "plan-link-withdrawn", public_id)
    PracticeScope(practice).withdraw_plan_link(public_id, number, event)


def open_plan_to_print(
    actor: Actor, practice: PracticeCode, public_id: str, version: int, form: str, at: datetime
) -> ActionPlan:
    """A version of the plan for one of its printed forms; that it was printed stands in the trail."""
    check_may(actor, Action.SHARE_PLAN, practice)
    scope = PracticeScope(practice)
    detail = {"version": version, "form": form}
    scope.open_record(public_id, AuditEntry(at, actor, "plan-form-opened", public_id, detail))
    found = [plan for plan in scope.plans(public_id) if plan.version == version]
    if not found:
        raise NotHere("There is no plan of that version.")
    return from_json(found[0].body, ActionPlan)


def openings(link: KeptLink) -> int:
    """How many times the right date of birth opened it."""
    return len(link.when(LinkStep.OPENED))
