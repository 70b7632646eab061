"""Reviews being written. Two people may have one open: each save says which version it builds on."""

from __future__ import annotations

from django.db import transaction

from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import Json, KeptDraft, StaleDraft
from imp2art.store.models import PatientRow, ReviewDraft, ReviewRow
from imp2art.store.patient_rows import lock_person


def read_draft(practice: PracticeCode, public_id: str) -> KeptDraft | None:
    """The review being written for this person, if there is one."""
    rows = ReviewDraft.objects.filter(patient__practice_id=practice, patient__public_id=public_id)
    row = rows.first()
    return None if row is None else _draft_of(row)


def keep_draft(
    practice: PracticeCode, public_id: str, key: str, expected_version: int, body: Json, event: AuditEntry
) -> KeptDraft:
    """Keep the next version. `expected_version` is the one that `body` builds on; 0 starts a draft.

    Raises `StaleDraft` with what was saved meanwhile, and `Refusal` where the review is finished.
    """
    with transaction.atomic():
        person = lock_person(practice, public_id)
        _check_is_unfinished(key)
        check_is_newest(person, key, expected_version)
        row, _ = ReviewDraft.objects.update_or_create(
            patient=person,
            defaults={
                "key": key,
                "version": expected_version + 1,
                "body": body,
                "saved_by": event.actor.name,
                "saved_at": event.at,
            },
        )
        append(event, practice)
    return _draft_of(row)


def check_is_newest(person: PatientRow, key: str, version: int) -> None:
    """Raise where the person's draft is another review or another version than the one expected."""
    row = ReviewDraft.objects.filter(patient=person).first()
    if row is None and version != 0:
        raise Refusal("This review is no longer open. Start it again.")
    if row is not None and (row.key, row.version) != (key, version):
        raise StaleDraft(_draft_of(row))


def _check_is_unfinished(key: str) -> None:
    if ReviewRow.objects.filter(pk=key).exists():
        raise Refusal("This review is finished already. Start a new one to add to it.")


def _draft_of(row: ReviewDraft) -> KeptDraft:
    return KeptDraft(row.key, row.version, row.body, row.saved_by, row.saved_at)
