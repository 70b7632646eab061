"""Hand over to the practice's own system what reviews wrote. Run by the worker, again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from imp2art.core.refusal import Refusal
from imp2art.extracts.hand_over import HandOver, write_hand_over
from imp2art.store import outbox
from imp2art.store.gp_record import gp_record_contents
from imp2art.store.kept import KeptOutbox


def deliver_outbox(folder: Path, clock: Callable[[], datetime], limit: int = 20) -> int:
    """Deliver what is due; returns how many went. What fails waits and is tried again."""
    return sum(_deliver(folder, intent, clock) for intent in outbox.lease_due(clock(), limit))


def _deliver(folder: Path, intent: KeptOutbox, clock: Callable[[], datetime]) -> bool:
    try:
        contents = gp_record_contents(intent.body)
        write_hand_over(folder, HandOver(str(contents.practice), intent.key, contents.rows, contents.pdf))
    except (OSError, Refusal) as fault:
        # Neither names a patient: the system's word for a full disk, or a sentence of our own.
        words = fault.strerror if isinstance(fault, OSError) else str(fault)
        outbox.mark_failed(intent.key, clock(), intent.attempts, words or "not written")
        return False
    outbox.mark_sent(intent.key, clock(), intent.attempts)
    return True
