"""Show a month's report as it was kept, and the people behind its numbers; nothing is worked out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.report import AuditReport
from imp2art.core.actor import Actor
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.store.json_form import from_json
from imp2art.store.scope import PracticeScope


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A kept report with who had it made, and the ends of all months that have one, newest first."""

    report: AuditReport
    made_by: str
    made_at: datetime
    months: tuple[date, ...]


def show_report(actor: Actor, practice: PracticeCode, month: date | None = None) -> ShownReport | None:
    """The kept report of the month that ends on `month`, or the newest; None where there is none."""
    check_may(actor, Action.SEE_REPORT, practice)
    scope = PracticeScope(practice)
    months = scope.report_months()
    wanted = month or next(iter(months), None)
    kept = scope.report(wanted) if wanted else None
    if kept is None:
        return None
    return ShownReport(from_json(kept.body, AuditReport), kept.made_by, kept.made_at, months)


def members_behind(
    actor: Actor, practice: PracticeCode, month: date, slug: str, outcome: Outcome
) -> tuple[str, ...]:
    """The public ids of the people behind a number of the kept report of the month ending on `month`.

    They are those who were counted then. Raises `NotHere` for a month without report and an unknown
    indicator.
    """
    check_may(actor, Action.SEE_LIST, practice)
    kept = PracticeScope(practice).report(month)
    if kept is None or slug not in INDICATORS:
        raise NotHere("There is no such list in your practice.")
    return from_json(kept.body, AuditReport).people_behind(slug, outcome)
