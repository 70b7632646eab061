"""Hand over to the practice's own system what reviews wrote. Run by the worker, again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imp2art.core.identifiers import PracticeCode
from imp2art.extracts.hand_over import HandOver, write_hand_over
from imp2art.store import outbox
from imp2art.store.json_form import from_json
from imp2art.store.kept import KeptOutbox
from imp2art.store.scope import PracticeScope

GP_RECORD = "gp-record"


@dataclass(frozen=True, slots=True)
class GpRecordEntries:
    """Body of an intent of kind `gp-record`: cells in the order of `hand_over.HEADER`."""

    practice: PracticeCode
    public_id: str
    plan_version: int | None
    rows: tuple[tuple[str, ...], ...]


def deliver_outbox(folder: Path, clock: Callable[[], datetime], limit: int = 20) -> int:
    """Deliver what is due; returns how many went. What fails waits and is tried again."""
    return sum(_deliver(folder, intent, clock) for intent in outbox.lease_due(clock(), limit))


def _deliver(folder: Path, intent: KeptOutbox, clock: Callable[[], datetime]) -> bool:
    try:
        write_hand_over(folder, _hand_over_of(intent))
    except OSError as error:
        outbox.mark_failed(intent.key, clock(), intent.attempts, error.strerror or "not written")
        return False
    outbox.mark_sent(intent.key, clock(), intent.attempts)
    return True


def _hand_over_of(intent: KeptOutbox) -> HandOver:
    entries = from_json(intent.body, GpRecordEntries)
    version = entries.plan_version
    pdf = PracticeScope(entries.practice).plan_pdf(entries.public_id, version) if version else None
    return HandOver(str(entries.practice), intent.key, entries.rows, pdf)
