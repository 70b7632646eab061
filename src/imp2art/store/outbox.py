"""What must leave the site. Kept with its cause; a worker leases an intent, sends it and says so.

A worker that dies loses its lease after `LEASE`, and the next one tries under the same key. A worker
that was only slow holds an old lease number by then: its word is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import KeptOutbox, OutboxIntent
from imp2art.store.models import OutboxEntry, PatientRow

WAITING, LEASED, SENT = "waiting", "leased", "sent"
LEASE = timedelta(minutes=2)  # the longest that an intent waits after its worker died (F-21, F-22)
_LONGEST_WAIT = timedelta(hours=6)
_WORKER = Actor("outbox-worker", "The outbox worker", Role.SYSTEM, None)


def queue(person: PatientRow, intents: Iterable[OutboxIntent], at: datetime) -> None:
    """Keep the intents, due at once. Inside the caller's transaction."""
    rows = [
        OutboxEntry(
            key=intent.key, patient=person, kind=intent.kind, body=intent.body, created_at=at, due_at=at
        )
        for intent in intents
    ]
    OutboxEntry.objects.bulk_create(rows)


def queue_for_practice(practice: PracticeCode, intent: OutboxIntent, at: datetime) -> None:
    """Keep an intent that is about no patient, due at once. Inside the caller's transaction."""
    OutboxEntry.objects.create(
        key=intent.key, practice_id=practice, kind=intent.kind, body=intent.body, created_at=at, due_at=at
    )


def read_outbox(practice: PracticeCode, public_id: str) -> tuple[KeptOutbox, ...]:
    """What was to leave the site for this person, newest first."""
    rows = OutboxEntry.objects.filter(patient__practice_id=practice, patient__public_id=public_id)
    return tuple(map(_intent_of, rows.order_by("-id")))


def lease_due(at: datetime, limit: int) -> tuple[KeptOutbox, ...]:
    """Take up to `limit` intents of all practices that are due, oldest first, for `LEASE` from `at`."""
    with transaction.atomic():
        rows = list(_due(at)[:limit])
        for row in rows:
            row.state, row.attempts, row.due_at = LEASED, row.attempts + 1, at + LEASE
        OutboxEntry.objects.bulk_update(rows, ["state", "attempts", "due_at"])
    return tuple(map(_intent_of, rows))


def mark_sent(key: str, at: datetime, attempt: int) -> None:
    """The receiver has it. `attempt` is the lease's number (`KeptOutbox.attempts`)."""
    with transaction.atomic():
        row = _held(key, attempt)
        row.state, row.sent_at, row.last_error = SENT, at, ""
        row.save(update_fields=["state", "sent_at", "last_error"])
        _note(row, at, "outbox-sent")


def mark_failed(key: str, at: datetime, attempt: int, error: str) -> None:
    """It did not work: wait and try again, twice as long each time. `error` names no patient."""
    with transaction.atomic():
        row = _held(key, attempt)
        row.state, row.due_at, row.last_error = WAITING, at + wait_after(attempt), error
        row.save(update_fields=["state", "due_at", "last_error"])
        _note(row, at, "outbox-failed")


def wait_after(attempts: int) -> timedelta:
    """A minute after the first failure, doubled with each, and never more than six hours."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), _LONGEST_WAIT)


def _due(at: datetime) -> QuerySet[OutboxEntry]:
    rows = OutboxEntry.objects.select_for_update(skip_locked=_can_skip_locked())
    return rows.filter(state__in=(WAITING, LEASED), due_at__lte=at).order_by("id")


def _can_skip_locked() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked


def _held(key: str, attempt: int) -> OutboxEntry:
    rows = OutboxEntry.objects.select_for_update(of=("self",)).select_related("patient")
    row = rows.filter(key=key, state=LEASED, attempts=attempt).first()
    if row is None:
        raise Refusal("This worker no longer holds the intent: its lease ended and another took it.")
    return row


def _note(row: OutboxEntry, at: datetime, verb: str) -> None:
    detail = {"key": row.key, "kind": row.kind, "attempt": row.attempts}
    entry = AuditEntry(at, _WORKER, verb, row.patient.public_id if row.patient else "", detail)
    practice = row.patient.practice_id if row.patient else row.practice_id
    append(entry, PracticeCode(practice) if practice else None)


def _intent_of(row: OutboxEntry) -> KeptOutbox:
    return KeptOutbox(
        key=row.key,
        kind=row.kind,
        body=row.body,
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
    )
