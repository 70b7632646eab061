"""Kept monthly reports. A month made again is a new row; the newest is the one shown."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet

from imp2art.core.identifiers import PracticeCode
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import Json, KeptReport
from imp2art.store.models import ExtractImport, ReportRow, ReviewRow


def read_report(practice: PracticeCode, month_end: date) -> KeptReport | None:
    """The newest report of the month."""
    row = _of(practice).filter(month_end=month_end).order_by("-id").first()
    return None if row is None else _report_of(row)


def read_reports(practice: PracticeCode) -> tuple[KeptReport, ...]:
    """The newest report of each month, newest month first."""
    newest = _of(practice).values("month_end").annotate(newest=Max("id")).values("newest")
    rows = ReportRow.objects.filter(id__in=newest).order_by("-month_end")
    return tuple(map(_report_of, rows))


def report_months(practice: PracticeCode) -> tuple[date, ...]:
    """The ends of the months that have a report, newest first."""
    months = _of(practice).order_by("-month_end").values_list("month_end", flat=True)
    return tuple(months.distinct())


def keep_report(
    practice: PracticeCode, month_end: date, body: Json, manifest: Json, event: AuditEntry
) -> KeptReport:
    """Keep a report beside any that the month had before."""
    with transaction.atomic():
        row = ReportRow.objects.create(
            practice_id=practice,
            month_end=month_end,
            body=body,
            manifest=manifest,
            made_by=event.actor.name,
            made_at=event.at,
        )
        append(event, practice)
    return _report_of(row)


def is_behind(practice: PracticeCode, month_end: date) -> bool:
    """Whether the month has no report yet, or the record has changed since its newest one was made."""
    made = _of(practice).filter(month_end=month_end).aggregate(at=Max("made_at"))["at"]
    imports = ExtractImport.objects.filter(practice_id=practice)
    reviews = ReviewRow.objects.filter(patient__practice_id=practice)
    return made is None or (
        imports.filter(accepted_at__gt=made).exists() or reviews.filter(done_at__gt=made).exists()
    )


def _of(practice: PracticeCode) -> QuerySet[ReportRow]:
    return ReportRow.objects.filter(practice_id=practice)


def _report_of(row: ReportRow) -> KeptReport:
    return KeptReport(row.month_end, row.body, row.manifest, row.made_by, row.made_at)
