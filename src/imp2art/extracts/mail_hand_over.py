"""A message to a practice as a file that its mail server can send: `<practice>/<key>/message.eml`.

The site sends no mail itself: a practice's or programme's own relay takes the file. It appears whole or
not at all, and writing the same key again changes nothing.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mail:
    """`to` may be empty where nobody of the practice gave an address: the relay then knows who reads it."""

    practice: str
    key: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    at: datetime


def write_mail(folder: Path, mail: Mail) -> Path:
    """Write the message's folder and return it. An `OSError` leaves nothing but a `.part` folder behind."""
    target = folder / mail.practice / mail.key
    if target.exists():
        return target
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    (part / "message.eml").write_bytes(_message_of(mail).as_bytes(policy=SMTP))
    part.rename(target)
    return target


def _message_of(mail: Mail) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    message["X-Imp2art-Key"] = mail.key
    if mail.to:
        message["To"] = ", ".join(mail.to)
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    boundary = "=" * 8 + mail.key  # fixed, so that the same message gives the same bytes
    message.set_boundary(boundary)
    return message
