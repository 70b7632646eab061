"""Hand over what waits: what reviews wrote to the practice's own system, and messages to its mail relay.

Run by the worker, again and again. `address` is where the site is open to its practices: messages link
to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from imp2art.core.refusal import Refusal
from imp2art.documents.report_email import write_email
from imp2art.extracts.hand_over import HandOver, write_hand_over
from imp2art.extracts.mail_hand_over import Mail, write_mail
from imp2art.store import outbox, report_mail
from imp2art.store.gp_record import gp_record_contents
from imp2art.store.kept import KeptOutbox
from imp2art.store.report_mail import report_mail_contents


def deliver_outbox(folder: Path, address: str, clock: Callable[[], datetime], limit: int = 20) -> int:
    """Deliver what is due; returns how many went. What fails waits and is tried again."""
    return sum(_deliver(folder, address, intent, clock) for intent in outbox.lease_due(clock(), limit))


def _deliver(folder: Path, address: str, intent: KeptOutbox, clock: Callable[[], datetime]) -> bool:
    try:
        if intent.kind == report_mail.KIND:
            _hand_over_mail(folder, address, intent)
        else:
            _hand_over_record(folder, intent)
    except (OSError, Refusal) as fault:
        # Neither names a patient: the system's word for a full disk, or a sentence of our own.
        words = fault.strerror if isinstance(fault, OSError) else str(fault)
        outbox.mark_failed(intent.key, clock(), intent.attempts, words or "not written")
        return False
    outbox.mark_sent(intent.key, clock(), intent.attempts)
    return True


def _hand_over_record(folder: Path, intent: KeptOutbox) -> None:
    contents = gp_record_contents(intent.body)
    write_hand_over(folder, HandOver(str(contents.practice), intent.key, contents.rows, contents.pdf))


def _hand_over_mail(folder: Path, address: str, intent: KeptOutbox) -> None:
    """Refused where the practice now gets another version of its report than was released."""
    contents = report_mail_contents(intent.body)
    link = f"{address.rstrip('/')}/month/{contents.report.as_at:%Y-%m}/"
    words = write_email(contents.report, contents.released, contents.version, link)
    mail = Mail(
        practice=str(contents.practice),
        key=intent.key,
        to=contents.addresses,
        subject=words.subject,
        text=words.text,
        html=words.html,
        at=intent.created_at,
    )
    write_mail(folder, mail)
