"""Open one person's page: the year drawn, what is wrong and why, the plan in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.inhalers import CurrentMedicine, current_medicines
from imp2art.asthma.need import Need, rank_need
from imp2art.asthma.recorded_control import RecordedControl, control_from_record
from imp2art.asthma.reference import NotConfigured
from imp2art.asthma.regimen import RegimenFinding, classify_regimen
from imp2art.asthma.risk import checks_not_run
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

    `audited` is how each indicator counts the person on the day of the page, by slug.
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
        need=rank_need(record, library, on, taken.taken_on),
        not_checked=checks_not_run(on),
        regimen=classify_regimen(record, library, seen),
        medicines=current_medicines(record, library, seen),
        control=control_from_record(record, library, on),
        year=year_of_care(record, library, on),
        plans=scope.plans(public_id),
        reviews=scope.reviews(public_id),
        draft=scope.draft(public_id),
    )


def who_has_seen(actor: Actor, practice: PracticeCode, public_id: str) -> tuple[KeptEvent, ...]:
    """Every line of the trail about one person, newest first; empty for nobody of this practice."""
    check_may(actor, Action.SEE_AUDIT_TRAIL, practice)
    return PracticeScope(practice).audit_events(public_id)
