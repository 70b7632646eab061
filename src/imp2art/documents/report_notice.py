"""The message to a practice that its month's report is there. It names nobody and holds no figure."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from imp2art.audit.report import AuditReport
from imp2art.documents.words import month_in_words, phrase

BOOK = "clock"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message's subject and its two forms, the same words in each."""

    subject: str
    text: str
    html: str


def write_notice(report: AuditReport) -> Notice:
    """The words for one released report."""
    month = month_in_words(report.as_at)
    sentences = (
        phrase(BOOK, "notice-ready", month=month, practice=report.practice_name),
        phrase(BOOK, "notice-read"),
        phrase(BOOK, "notice-why"),
    )
    html = Markup("").join(Markup("<p>{}</p>\n").format(sentence) for sentence in sentences)
    return Notice(phrase(BOOK, "notice-subject", month=month), "\n\n".join(sentences) + "\n", str(html))
