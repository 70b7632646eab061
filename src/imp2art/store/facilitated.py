"""Which facilitator supports which practice."""

from __future__ import annotations

from django.db import transaction

from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.models import FacilitatedPractice, Practice, User


def practices_of(facilitator: Actor) -> tuple[PracticeCode, ...]:
    """The practices that this facilitator supports, in order of code."""
    rows = FacilitatedPractice.objects.filter(facilitator_id=int(facilitator.id)).order_by("practice_id")
    return tuple(map(PracticeCode, rows.values_list("practice_id", flat=True)))


def keep_support(username: str, practice: PracticeCode, event: AuditEntry) -> None:
    """Let a facilitator support a practice from now on; once is enough.

    Raises `Refusal` for an account that is no facilitator's, `NotHere` for an unknown practice.
    """
    with transaction.atomic():
        person = User.objects.filter(username=username, role=Role.FACILITATOR, is_active=True).first()
        if person is None:
            raise Refusal("There is no facilitator of that user name.")
        if not Practice.objects.filter(pk=practice).exists():
            raise NotHere("There is no practice of that code on this site.")
        _, is_new = FacilitatedPractice.objects.get_or_create(practice_id=practice, facilitator=person)
        if is_new:
            append(event, practice)


def end_support(username: str, practice: PracticeCode, event: AuditEntry) -> None:
    """Let a facilitator support a practice no more; `Refusal` where they did not."""
    with transaction.atomic():
        rows = FacilitatedPractice.objects.filter(practice_id=practice, facilitator__username=username)
        if not rows.exists():
            raise Refusal("That person does not support this practice.")
        rows.delete()
        append(event, practice)
