"""Sets of tables for research: what was asked for, and every step since. Lines are only added."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from imp2art.audit.reports.table_set import WAITING, SetAction, SetStep, author_of, state_of
from imp2art.core.refusal import NotHere
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import Json
from imp2art.store.models import TableSetStepRow, User


@dataclass(frozen=True, slots=True)
class KeptSet:
    """`body` says what is in the set and is the newest submission's; `steps` are in order."""

    id: str
    body: Json
    steps: tuple[SetStep, ...]


def keep_new_set(set_id: str, event: AuditEntry, body: Json) -> bool:
    """Ask for a set. False where the same person asked for the same figures and purpose and that waits for
    its checks: a form that is sent twice asks for nothing new."""
    with transaction.atomic():
        # Two forms of one person take turns, so that the second sees what the first asked for.
        User.objects.select_for_update().filter(pk=event.actor.id).first()
        if any(_asks_the_same(kept, event.actor.id, body) for kept in read_sets()):
            return False
        keep_set_step(set_id, SetAction.ASK, event, body)
    return True


def _asks_the_same(kept: KeptSet, author: str, body: Json) -> bool:
    waits = state_of(kept.steps, is_intact=True) in WAITING
    same = all(kept.body[name] == body[name] for name in ("purpose", "months", "digests"))
    return waits and same and author_of(kept.steps) == author


def keep_set_step(set_id: str, action: SetAction, event: AuditEntry, body: Json | None = None) -> None:
    """Add a step. `body` comes with the steps that submit."""
    actor = event.actor
    with transaction.atomic():
        TableSetStepRow.objects.create(
            table_set=set_id,
            action=action.value,
            body=body or {},
            actor_id=actor.id,
            role=actor.role.value,
            by=actor.name,
            at=event.at,
        )
        append(event, None)


def read_set(set_id: str) -> KeptSet:
    """One set; `NotHere` where there is none of that id."""
    rows = list(TableSetStepRow.objects.filter(table_set=set_id).order_by("id"))
    if not rows:
        raise NotHere("There are no such tables.")
    return _set_of(set_id, rows)


def read_sets() -> tuple[KeptSet, ...]:
    """Every set, newest first."""
    rows: dict[str, list[TableSetStepRow]] = {}
    for row in TableSetStepRow.objects.order_by("id"):
        rows.setdefault(row.table_set, []).append(row)
    return tuple(_set_of(set_id, steps) for set_id, steps in reversed(rows.items()))


def _set_of(set_id: str, rows: list[TableSetStepRow]) -> KeptSet:
    body = next(row.body for row in reversed(rows) if row.body)
    steps = tuple(SetStep(SetAction(row.action), row.actor_id, row.by, row.at) for row in rows)
    return KeptSet(set_id, body, steps)
