"""The intent to write to a practice that its month's report is there, and what the letter is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.audit.disclosure import ProtectedFigures
from imp2art.audit.reports.release import Version, check_prepared
from imp2art.audit.reports.report import AuditReport
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.json_form import from_json, to_json
from imp2art.store.kept import Json, OutboxIntent
from imp2art.store.models import User
from imp2art.store.released import released_of, version_of
from imp2art.store.report_clock import read_clock, report_on_clock

KIND = "report-email"


@dataclass(frozen=True, slots=True)
class ReportMailIntent:
    """Names what to send; the report is read, and the version asked for again, when it is sent."""

    practice: PracticeCode
    month_end: date
    version: Version


@dataclass(frozen=True, slots=True)
class ReportMailContents:
    """The released report, the protected figures that left with it, and the addresses of the practice's
    staff who gave one."""

    practice: PracticeCode
    report: AuditReport
    released: ProtectedFigures
    version: Version
    addresses: tuple[str, ...]


def report_mail_intent(practice: PracticeCode, month_end: date, version: Version) -> OutboxIntent:
    """The same key for the same practice and month, so that it is sent once."""
    key = f"{KIND}-{practice}-{month_end:%Y-%m}"
    return OutboxIntent(key, KIND, to_json(ReportMailIntent(practice, month_end, version)))


def report_mail_contents(body: Json) -> ReportMailContents:
    """What the intent sends. Raises `Refusal` where the practice now gets another version."""
    intent = from_json(body, ReportMailIntent)
    version = check_prepared(version_of(intent.practice), intent.version)
    clock = read_clock(intent.practice, intent.month_end)
    kept = report_on_clock(intent.practice, clock) if clock else None
    left = released_of(intent.practice, intent.month_end)
    if kept is None or left is None:
        raise Refusal("The released report is not there any more.")
    staff = User.objects.filter(practice_id=intent.practice, is_active=True).exclude(email="")
    addresses = tuple(staff.order_by("username").values_list("email", flat=True))
    return ReportMailContents(
        intent.practice,
        from_json(kept.body, AuditReport),
        from_json(left.body, ProtectedFigures),
        version,
        addresses,
    )
