"""Open one person's page: the year drawn, what is wrong and why, the plan in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.attack_clock import FollowUpClock, follow_up_clock
from imp2art.asthma.inhalers import CurrentMedicine, current_medicines
from imp2art.asthma.need import Need, rank_need
from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.recorded_control import RecordedControl, control_from_record
from imp2art.asthma.reference import NotConfigured
from imp2art.asthma.regimen import RegimenFinding, classify_regimen
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.checks import Check, checks_due
from imp2art.asthma.risk.flags import checks_not_run
from imp2art.asthma.year import YearOfCare, year_of_care
from imp2art.audit.definitions.asthma_register import INDICATOR as ASTHMA_REGISTER
from imp2art.audit.explain import Explanation, explain_finding
from imp2art.audit.packs import indicators_for
from imp2art.audit.reference import find
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.finding import Finding
from imp2art.core.identifiers import PracticeCode
from imp2art.record.patient import Patient
from imp2art.store.json_form import from_json
from imp2art.store.scope import (
    AcceptedImport,
    AuditEntry,
    KeptDraft,
    KeptEvent,
    KeptPlan,
    KeptReview,
    PracticeFacts,
    PracticeScope,
)


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """Everything that the page shows. Medicines are as the extract of `taken` has them.

    `audited` is how each indicator counts the person on the day of the page, by slug. `follow_up` is the
    clock after an attack, `left_over` what the newest review made here left due.
    """

    public_id: str
    patient: Patient
    age: int
    facts: PracticeFacts
    taken: AcceptedImport
    on_register: Finding
    audited: tuple[tuple[str, Explanation], ...]
    need: Need
    not_checked: tuple[NotConfigured, ...]
    regimen: RegimenFinding
    medicines: tuple[CurrentMedicine, ...]
    control: RecordedControl | None
    year: YearOfCare
    plans: tuple[KeptPlan, ...]
    reviews: tuple[KeptReview, ...]
    draft: KeptDraft | None
    follow_up: FollowUpClock | None
    left_over: tuple[Check, ...]


def open_record(
    actor: Actor, practice: PracticeCode, public_id: str, library: Library, on: date, at: datetime
) -> OpenedRecord:
    """The record as at `on`; that it was opened is kept. `NotHere` for nobody of this practice."""
    check_may(actor, Action.OPEN_RECORD, practice)
    scope = PracticeScope(practice)
    taken = scope.import_in_force()
    kept = scope.open_record(public_id, AuditEntry(at, actor, "record-opened", public_id))
    record, seen = kept.record, min(on, taken.taken_on)
    facts = scope.facts()
    counted, _ = indicators_for(facts.nation, library)
    need = rank_need(record, library, on, taken.taken_on)
    reviews, plans = scope.reviews(public_id), scope.plans(public_id)
    return OpenedRecord(
        public_id=public_id,
        patient=record.patient,
        age=age_on(record.patient.born, on),
        facts=facts,
        taken=taken,
        on_register=find(ASTHMA_REGISTER, record, on, library),
        audited=tuple(
            (indicator.slug, explain_finding(indicator, record, on, library)) for indicator in counted
        ),
        need=need,
        not_checked=checks_not_run(on, library),
        regimen=classify_regimen(record, library, seen),
        medicines=current_medicines(record, library, seen),
        control=control_from_record(record, library, on),
        year=year_of_care(record, library, on),
        plans=plans,
        reviews=reviews,
        draft=scope.draft(public_id),
        follow_up=_follow_up(need, on),
        left_over=_left_over(need, reviews, plans),
    )


def _follow_up(need: Need, on: date) -> FollowUpClock | None:
    rules = ("attack-not-followed-up", "attack-to-follow-up")
    days = [flag.on for flag in need.flags if flag.rule in rules and flag.on]
    return follow_up_clock(min(days), on) if days else None


def _left_over(need: Need, reviews: tuple[KeptReview, ...], plans: tuple[KeptPlan, ...]) -> tuple[Check, ...]:
    """What the newest review left due, if the record has no newer one; technique until it was watched."""
    if not reviews or reviews[0].done_on != need.last_review:
        return ()
    newest = reviews[0]
    plan = next(
        (from_json(each.body, ActionPlan) for each in plans if each.review_id == newest.review_id), None
    )
    due = checks_due(from_json(newest.body, Review), plan)
    watched = not any(flag.rule == "technique-due" for flag in need.flags)
    return tuple(check for check in due if not (watched and check is Check.TECHNIQUE))


def who_has_seen(actor: Actor, practice: PracticeCode, public_id: str) -> tuple[KeptEvent, ...]:
    """Every line of the trail about one person, newest first; empty for nobody of this practice."""
    check_may(actor, Action.SEE_AUDIT_TRAIL, practice)
    return PracticeScope(practice).audit_events(public_id)
