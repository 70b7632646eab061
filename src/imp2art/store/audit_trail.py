"""Who did what to whom, when. Lines are only ever added: triggers in the database refuse the rest.

Every write of the store takes an `AuditEntry` and adds it in the transaction of the change, so that
neither exists without the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.store.json_form import to_json
from imp2art.store.kept import KeptEvent
from imp2art.store.models import AuditEvent
from imp2art.store.patient_rows import check_is_here


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line to be. `subject` is the public id of the patient concerned, or empty.

    `detail` holds counts, versions and digests; never a name, a number or a clinical word.
    """

    at: datetime
    actor: Actor
    verb: str
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def append(entry: AuditEntry, practice: PracticeCode | None) -> None:
    """Add the line inside the caller's transaction; an actor of another practice is refused."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit event is written with its change, in one transaction")
    if entry.actor.practice not in (None, practice):
        raise NotHere("There is nothing of that name in your practice.")
    AuditEvent.objects.create(
        at=entry.at,
        actor_id=entry.actor.id,
        actor_name=entry.actor.name,
        role=entry.actor.role.value,
        practice_code=practice or "",
        verb=entry.verb,
        subject=entry.subject,
        detail=to_json(dict(entry.detail)),
    )


def note(practice: PracticeCode | None, entry: AuditEntry) -> None:
    """Add a line that comes with no change: someone looked, or was refused."""
    with transaction.atomic():
        append(entry, practice)


def events_about(practice: PracticeCode, public_id: str) -> tuple[KeptEvent, ...]:
    """Every line about one person, newest first; `NotHere` where the practice has nobody of that id."""
    check_is_here(practice, public_id)
    rows = AuditEvent.objects.filter(practice_code=practice, subject=public_id).order_by("-id")
    return tuple(
        KeptEvent(row.at, row.actor_id, row.actor_name, row.role, row.verb, row.subject, row.detail)
        for row in rows
    )
