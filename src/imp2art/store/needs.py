"""The register's page: who needs what, worked out once after each import and kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from imp2art.asthma.need import Need
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.record.patient import Sex
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.json_form import to_json
from imp2art.store.kept import KeptNeed, KeptRecord
from imp2art.store.models import NeedRow
from imp2art.store.patient_rows import people_of


def kept_need(kept: KeptRecord, need: Need, on: date) -> KeptNeed:
    """A need, worked out as at `on`, in the form that is kept."""
    patient = kept.record.patient
    return KeptNeed(
        public_id=kept.public_id,
        name=patient.name,
        sex=patient.sex,
        born=patient.born,
        priority=need.priority,
        last_review=need.last_review,
        plan_state=need.plan_state,
        body=to_json(need),
        as_at=on,
    )


def read_needs(practice: PracticeCode) -> tuple[KeptNeed, ...]:
    """The needs of everyone in the extract, most urgent (lowest priority) first."""
    return tuple(map(_need_of, _in_order(practice).select_related("patient")))


def read_first(practice: PracticeCode, public_ids: Collection[str]) -> str | None:
    """Whoever of these people is the most urgent; None where nobody of them is in the extract."""
    wanted = frozenset(public_ids)
    ordered = _in_order(practice).values_list("patient__public_id", flat=True)
    return next((each for each in ordered if each in wanted), None)


def _in_order(practice: PracticeCode) -> QuerySet[NeedRow]:
    rows = NeedRow.objects.filter(patient__practice_id=practice, patient__in_extract=True)
    return rows.order_by("priority", "patient__family_name", "patient_id")


def keep_needs(practice: PracticeCode, needs: Iterable[KeptNeed], event: AuditEntry) -> None:
    """Put these in the place of all that were kept before; all of them or none."""
    with transaction.atomic():
        ids = dict(people_of(practice).values_list("public_id", "id"))
        NeedRow.objects.filter(patient__practice_id=practice).delete()
        NeedRow.objects.bulk_create([_row_of(need, ids) for need in needs], batch_size=500)
        append(event, practice)


def keep_need(practice: PracticeCode, need: KeptNeed, event: AuditEntry) -> None:
    """Put this in the place of what was kept before for one person, such as after their review."""
    with transaction.atomic():
        ids = dict(people_of(practice).filter(public_id=need.public_id).values_list("public_id", "id"))
        row = _row_of(need, ids)
        NeedRow.objects.filter(patient_id=row.patient_id).delete()
        row.save(force_insert=True)
        append(event, practice)


def _row_of(need: KeptNeed, ids: dict[str, int]) -> NeedRow:
    if need.public_id not in ids:
        raise NotHere("There is nobody of that name in your practice.")
    return NeedRow(
        patient_id=ids[need.public_id],
        priority=need.priority,
        last_review=need.last_review,
        plan_state=need.plan_state,
        body=need.body,
        as_at=need.as_at,
    )


def _need_of(row: NeedRow) -> KeptNeed:
    person = row.patient
    return KeptNeed(
        public_id=person.public_id,
        name=f"{person.given_name} {person.family_name}",
        sex=Sex(person.sex),
        born=person.born,
        priority=row.priority,
        last_review=row.last_review,
        plan_state=row.plan_state,
        body=row.body,
        as_at=row.as_at,
    )
