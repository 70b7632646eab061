"""The report clocks of all practices: lines that are only added, each with its audit event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from imp2art.audit.reports.report_clock import Cause, ClockEntry, Deadlines, MonthClock, Step
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.kept import KeptReport
from imp2art.store.models import ReportRow, ReportStepRow


@dataclass(frozen=True, slots=True)
class KeptRelease:
    """Who gave a month's report to the practice, and when."""

    month_end: date
    by: str
    at: datetime


def open_month(
    practice: PracticeCode, month_end: date, counted_from: date, deadlines: Deadlines, event: AuditEntry
) -> None:
    """Start a month's clock. Its deadlines stand from then on, whatever the settings become.

    A month that has a clock already keeps it.
    """
    kept = {
        "from": counted_from.isoformat(),
        "extract": deadlines.extract,
        "release": deadlines.release,
    }
    with transaction.atomic():
        if not _rows(practice, month_end).filter(step=Step.DUE).exists():
            _add(practice, month_end, Step.DUE, event, kept)
            append(_line(event, Step.DUE, month_end, kept), practice)


def write_step(
    practice: PracticeCode,
    month_end: date,
    step: Step,
    event: AuditEntry,
    *,
    report: int | None = None,
    cause: Cause | None = None,
    owner: str = "",
    words: str = "",
    of: Step | None = None,
    by: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to a month's clock. Raises `Refusal` where the month has none.

    `by` is who did it, where the worker only notes it; `facts` is JSON that is kept beside the line.
    """
    with transaction.atomic():
        if read_clock(practice, month_end) is None:
            raise Refusal("This month's clock is not running for this practice.")
        detail = {"words": words, "of": of.value if of else "", "facts": dict(facts or {})}
        _add(practice, month_end, step, event, detail, report, cause, owner, by)
        append(_line(event, step, month_end, {"cause": cause, "owner": owner, "of": of}), practice)


def read_clock(practice: PracticeCode, month_end: date) -> MonthClock | None:
    """The clock of one month, or None where it was never started."""
    return _clock_of(month_end, _rows(practice, month_end).order_by("id"))


def read_clocks(month_end: date) -> Mapping[PracticeCode, MonthClock]:
    """The clock of every practice that has one for this month."""
    rows: dict[str, list[ReportStepRow]] = {}
    for row in ReportStepRow.objects.filter(month_end=month_end).order_by("id"):
        rows.setdefault(row.practice_id, []).append(row)
    clocks = {PracticeCode(code): _clock_of(month_end, lines) for code, lines in rows.items()}
    return {code: clock for code, clock in clocks.items() if clock is not None}


def opened_months(practice: PracticeCode | None = None) -> tuple[date, ...]:
    """The ends of the months that have a clock, newest first; of one practice, or of any."""
    rows = ReportStepRow.objects.filter(step=Step.DUE)
    if practice is not None:
        rows = rows.filter(practice_id=practice)
    return tuple(rows.order_by("-month_end").values_list("month_end", flat=True).distinct())


def is_released(practice: PracticeCode, month_end: date) -> bool:
    """Whether the practice has been given the report of this month."""
    return _rows(practice, month_end).filter(step=Step.RELEASED).exists()


def release_of(practice: PracticeCode, month_end: date) -> KeptRelease | None:
    """Who released the report of this month, and when; None where nobody has."""
    row = _rows(practice, month_end).filter(step=Step.RELEASED).order_by("id").first()
    return None if row is None else KeptRelease(row.month_end, row.by, row.at)


def newest_report_id(practice: PracticeCode, month_end: date) -> int | None:
    """The row of the newest report of the month, to write on its clock."""
    rows = ReportRow.objects.filter(practice_id=practice, month_end=month_end).order_by("-id")
    return rows.values_list("id", flat=True).first()


def report_on_clock(practice: PracticeCode, clock: MonthClock) -> KeptReport | None:
    """The report that the clock stands on: the one that was run, checked and released."""
    run = clock.standing.get(Step.RUN)
    rows = ReportRow.objects.filter(practice_id=practice, month_end=clock.month_end)
    row = rows.filter(pk=run.report).first() if run and run.report else None
    return (
        None if row is None else KeptReport(row.month_end, row.body, row.manifest, row.made_by, row.made_at)
    )


def _rows(practice: PracticeCode, month_end: date) -> QuerySet[ReportStepRow]:
    return ReportStepRow.objects.filter(practice_id=practice, month_end=month_end)


def _line(event: AuditEntry, step: Step, month_end: date, detail: Mapping[str, object]) -> AuditEntry:
    told = {name: value for name, value in detail.items() if value}
    return AuditEntry(event.at, event.actor, f"report-{step}", detail={"month_end": month_end, **told})


def _add(
    practice: PracticeCode,
    month_end: date,
    step: Step,
    event: AuditEntry,
    detail: Mapping[str, object],
    report: int | None = None,
    cause: Cause | None = None,
    owner: str = "",
    by: str = "",
) -> None:
    ReportStepRow.objects.create(
        practice_id=practice,
        month_end=month_end,
        step=step.value,
        report_id=report,
        cause=cause.value if cause else "",
        owner=owner,
        detail={**detail, "actor": event.actor.id},
        by=by or event.actor.name,
        at=event.at,
    )


def _clock_of(month_end: date, rows: Iterable[ReportStepRow]) -> MonthClock | None:
    lines = list(rows)
    opened = next((row for row in lines if row.step == Step.DUE), None)
    if opened is None:
        return None
    deadlines = Deadlines(opened.detail["extract"], opened.detail["release"])
    counted_from = date.fromisoformat(opened.detail["from"])
    return MonthClock(month_end, counted_from, tuple(map(_entry_of, lines)), deadlines)


def _entry_of(row: ReportStepRow) -> ClockEntry:
    return ClockEntry(
        step=Step(row.step),
        at=localtime(row.at),
        by=row.by,
        actor_id=row.detail["actor"],
        report=row.report_id,
        cause=Cause(row.cause) if row.cause else None,
        owner=row.owner,
        words=row.detail.get("words", ""),
        of=Step(row.detail["of"]) if row.detail.get("of") else None,
        facts=row.detail.get("facts", {}),
    )
