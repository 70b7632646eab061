"""The practices of this site, what is printed about them, and which extract each stands on."""

from __future__ import annotations

from django.db import transaction

from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import AcceptedImport, PracticeFacts
from imp2art.store.models import ExtractImport, Practice


def practice_codes() -> tuple[PracticeCode, ...]:
    """Every practice of the site, in order of code."""
    rows = Practice.objects.order_by("code").values_list("code", flat=True)
    return tuple(map(PracticeCode, rows))


def keep_practice(facts: PracticeFacts, event: AuditEntry) -> None:
    """Add a practice, or keep what is newly said about one that stands."""
    with transaction.atomic():
        Practice.objects.update_or_create(
            code=facts.code,
            defaults={
                "name": facts.name,
                "nation": facts.nation,
                "phone": facts.phone,
                "out_of_hours_phone": facts.out_of_hours_phone,
            },
        )
        append(event, facts.code)


def read_facts(practice: PracticeCode) -> PracticeFacts:
    """What is known of a practice; `NotHere` where the site has none of that code."""
    row = Practice.objects.filter(pk=practice).first()
    if row is None:
        raise NotHere("There is no practice of that code on this site.")
    return PracticeFacts(PracticeCode(row.code), row.name, row.nation, row.phone, row.out_of_hours_phone)


def latest_import(practice: PracticeCode) -> AcceptedImport | None:
    """The extract that the practice's pages stand on."""
    row = ExtractImport.objects.filter(practice_id=practice).order_by("-id").first()
    if row is None:
        return None
    return AcceptedImport(
        taken_on=row.taken_on,
        accepted_by=row.accepted_by,
        accepted_at=row.accepted_at,
        digest=row.digest,
        counts=row.counts,
        reason=row.reason,
    )


def import_in_force(practice: PracticeCode) -> AcceptedImport:
    """The same, where nothing can be done without one: `Refusal` before the first import."""
    taken = latest_import(practice)
    if taken is None:
        raise Refusal("This practice has no accepted extract yet: import one first.")
    return taken
