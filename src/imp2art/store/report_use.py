"""Whether released reports are read and acted on. Asks nobody's leave: it may be told outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imp2art.audit.disclosure import ProtectedFigures
from imp2art.audit.disclosure.report_use import ReportUse, use_by_indicator
from imp2art.audit.reports.list_mark import Mark, holds
from imp2art.audit.reports.report import AuditReport
from imp2art.core.identifiers import PracticeCode
from imp2art.store.json_form import from_json
from imp2art.store.list_marks import marks_by_list
from imp2art.store.models import ReportReadingRow, User
from imp2art.store.readings import reading_rates
from imp2art.store.released import released_of
from imp2art.store.shown_reports import read_released_body


def report_use(practice: PracticeCode, month_end: date, today: date) -> ReportUse | None:
    """Of the report that was released for the month; None where none was."""
    released, body = released_of(practice, month_end), read_released_body(practice, month_end)
    if released is None or body is None:
        return None
    months = from_json(released.body, ProtectedFigures).months
    protected = next(month for month in months if month.month_end == month_end)
    report = from_json(body, AuditReport)
    rates = reading_rates(practice, month_end)
    uses = use_by_indicator(report, protected, _acted_on(practice, today), rates.by_thing)
    return ReportUse(practice, month_end, rates.accounts, rates.readers, tuple(uses))


def _acted_on(practice: PracticeCode, today: date) -> Mapping[str, frozenset[str]]:
    return {
        slug: frozenset(
            person
            for person, mark in marks.items()
            if mark.mark is not Mark.OPEN and holds(mark.at.date(), today)
        )
        for slug, marks in marks_by_list(practice).items()
    }


def readers_by_practice(month_end: date) -> Mapping[PracticeCode, tuple[int, int]]:
    """By practice: how many accounts opened anything of the month's report, of how many."""
    staff = User.objects.filter(practice__isnull=False, is_active=True).values_list("practice_id", "id")
    accounts: dict[str, set[str]] = {}
    for practice, account in staff:
        accounts.setdefault(str(practice), set()).add(str(account))
    rows = ReportReadingRow.objects.filter(month_end=month_end)
    read = set(rows.values_list("practice_id", "reader").distinct())
    return {
        PracticeCode(practice): (sum((practice, each) in read for each in ids), len(ids))
        for practice, ids in accounts.items()
    }
