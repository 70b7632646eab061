"""A month's protected figures of many practices, kept whole under their digest; the newest counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from imp2art.core.identifiers import PracticeCode
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import Json
from imp2art.store.models import PatientRow, PeerFiguresRow
from imp2art.store.released import digest_of_body


@dataclass(frozen=True, slots=True)
class KeptPeers:
    """`body` is `audit.peers.PeerFigures` as JSON."""

    month_end: date
    body: Json
    digest: str
    by: str
    at: datetime


def keep_peers(month_end: date, body: Json, event: AuditEntry) -> bool:
    """Keep what other practices' figures are from now on; False where they are as they were."""
    digest = digest_of_body(body)
    with transaction.atomic():
        newest = PeerFiguresRow.objects.filter(month_end=month_end).order_by("-id").first()
        if newest is not None and newest.digest == digest:
            return False
        PeerFiguresRow.objects.create(
            month_end=month_end, body=body, digest=digest, by=event.actor.name, at=event.at
        )
        append(event, None)
    return True


def read_peers(month_end: date) -> KeptPeers | None:
    """The newest figures of this month, or of the newest month before it."""
    row = PeerFiguresRow.objects.filter(month_end__lte=month_end).order_by("-month_end", "-id").first()
    return None if row is None else KeptPeers(row.month_end, row.body, row.digest, row.by, row.at)


def deciles_of(practice: PracticeCode) -> list[int]:
    """The decile of deprivation of everyone in the extract, 0 where it is not known."""
    rows = PatientRow.objects.filter(practice_id=practice, in_extract=True)
    return [decile or 0 for decile in rows.values_list("imd_decile", flat=True)]
