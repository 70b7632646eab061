"""Finished reviews. Finishing keeps the review, its plan, codes and messages in one transaction."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.drafts import check_is_newest
from imp2art.store.kept import RENEWAL, FinishedReview, KeptReview, WrittenCode
from imp2art.store.models import CodedEntryRow, PatientRow, ReviewDraft, ReviewRow
from imp2art.store.outbox import queue
from imp2art.store.own_entries import event_of
from imp2art.store.patient_rows import lock_person
from imp2art.store.plans import issue_plan


def keep_finished_review(practice: PracticeCode, finished: FinishedReview, event: AuditEntry) -> KeptReview:
    """Keep all of it or nothing. The same key again writes nothing and answers what was kept first."""
    with transaction.atomic():
        person = lock_person(practice, finished.public_id)
        if kept := ReviewRow.objects.filter(pk=finished.key, patient=person).first():
            return _review_of(kept)
        if finished.draft_version is not None:
            check_is_newest(person, finished.key, finished.draft_version)
        review = _keep_review(person, finished)
        if plan := finished.plan:
            issue_plan(person, review, plan)
        _keep_codes(person, review, finished.entries)
        queue(person, finished.outbox, finished.at)
        ReviewDraft.objects.filter(patient=person, key=finished.key).delete()
        append(event, practice)
    return _review_of(review)


def read_reviews(practice: PracticeCode, public_id: str) -> tuple[KeptReview, ...]:
    """The person's finished reviews, newest first."""
    return _read(practice, public_id, None)


def read_renewals(practice: PracticeCode, public_id: str) -> tuple[KeptReview, ...]:
    """The plans that were renewed without a review, newest first."""
    return _read(practice, public_id, RENEWAL)


def read_reviews_since(practice: PracticeCode, since: date) -> tuple[KeptReview, ...]:
    """Everybody's finished reviews from a day on, newest first; nobody is named."""
    rows = ReviewRow.objects.filter(patient__practice_id=practice, done_on__gte=since, kind=None)
    ordered = rows.select_related("actionplanrow").defer("actionplanrow__pdf")
    return tuple(map(_review_of, ordered.order_by("-done_on", "-done_at")))


def _read(practice: PracticeCode, public_id: str, kind: str | None) -> tuple[KeptReview, ...]:
    rows = ReviewRow.objects.filter(patient__practice_id=practice, patient__public_id=public_id, kind=kind)
    ordered = rows.select_related("actionplanrow").defer("actionplanrow__pdf")
    return tuple(map(_review_of, ordered.order_by("-done_on", "-done_at")))


def read_written_codes(practice: PracticeCode, public_id: str, review_id: str) -> tuple[WrittenCode, ...]:
    """What one review wrote, in the order that it was given."""
    rows = CodedEntryRow.objects.filter(
        patient__practice_id=practice, patient__public_id=public_id, review_id=review_id
    )
    return tuple(WrittenCode(event_of(row), row.term) for row in rows.order_by("id"))


def _keep_review(person: PatientRow, finished: FinishedReview) -> ReviewRow:
    return ReviewRow.objects.create(
        id=finished.key,
        patient=person,
        done_on=finished.done_on,
        body=finished.body,
        done_by=finished.by,
        done_at=finished.at,
        kind=finished.kind,
    )


def _keep_codes(person: PatientRow, review: ReviewRow, entries: tuple[WrittenCode, ...]) -> None:
    CodedEntryRow.objects.bulk_create([_code_row(person, review, entry) for entry in entries])


def _code_row(person: PatientRow, review: ReviewRow, entry: WrittenCode) -> CodedEntryRow:
    event = entry.event
    if not event.on.is_whole:
        raise Refusal("A code that a review writes needs its day.")
    return CodedEntryRow(
        review=review,
        patient=person,
        on=event.on.first,
        system=event.code.system.value,
        code=str(event.code),
        term=entry.term,
        value=str(event.value.value) if event.value else "",
        unit=event.value.unit if event.value else "",
    )


def _review_of(row: ReviewRow) -> KeptReview:
    plan = getattr(row, "actionplanrow", None)
    return KeptReview(
        review_id=row.id,
        done_on=row.done_on,
        body=row.body,
        done_by=row.done_by,
        done_at=row.done_at,
        plan_version=None if plan is None else plan.version,
    )
