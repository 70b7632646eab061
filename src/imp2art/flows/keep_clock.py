"""Keep the clocks of a practice's months: open them, note what came and what was made, name delays.

The worker asks for all of it in every round, so that nothing is late silently; whatever stands on a
clock already is not written twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.audit.reports.release import ExtractRows, check_report
from imp2art.audit.reports.report import AuditReport
from imp2art.audit.reports.report_clock import (
    Cause,
    Deadlines,
    MonthClock,
    Step,
    check_delay,
    days_from,
    months_to_open,
)
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.store import report_clock as clocks
from imp2art.store.json_form import from_json, to_json
from imp2art.store.scope import AuditEntry, PracticeScope


def open_clocks(
    actor: Actor, practice: PracticeCode, today: date, at: datetime, deadlines: Deadlines
) -> tuple[date, ...]:
    """Start the clock of every ended month that has none, and answer the months not released yet."""
    check_may(actor, Action.KEEP_CLOCK, practice)
    opened = clocks.opened_months(practice)
    for month in months_to_open(opened, today):
        start = days_from(month, today, is_first=not opened)
        entry = AuditEntry(at, actor, "report-due")
        clocks.open_month(practice, month, start, deadlines, entry)
    return tuple(
        month for month in sorted(clocks.opened_months(practice)) if not clocks.is_released(practice, month)
    )


def note_extract(actor: Actor, practice: PracticeCode, month: date, at: datetime) -> MonthClock:
    """Note that an extract which covers the month is in force, if one is and it is not noted yet."""
    check_may(actor, Action.KEEP_CLOCK, practice)
    clock = _clock(practice, month)
    imported = PracticeScope(practice).latest_import()
    if imported is None or imported.taken_on < month or clock.step is Step.RELEASED:
        return clock
    accepted = [entry.at for entry in clock.entries if entry.step is Step.ACCEPTED]
    if accepted and accepted[-1] >= imported.accepted_at:
        return clock
    event = AuditEntry(max(imported.accepted_at, clock.entries[0].at), actor, "")
    if Step.RECEIVED not in clock.standing:
        clocks.write_step(practice, month, Step.RECEIVED, event, by=imported.accepted_by)
    clocks.write_step(practice, month, Step.ACCEPTED, event, by=imported.accepted_by)
    return _clock(practice, month)


def note_received(actor: Actor, practice: PracticeCode, taken_on: date, at: datetime) -> None:
    """Note on every open month that an extract which covers it has come, accepted or not."""
    check_may(actor, Action.KEEP_CLOCK, practice)
    for clock in _waiting_for(practice, taken_on):
        if Step.RECEIVED not in clock.standing:
            clocks.write_step(practice, clock.month_end, Step.RECEIVED, AuditEntry(at, actor, ""))


def note_refused(
    actor: Actor, practice: PracticeCode, taken_on: date, at: datetime, cause: Cause, owner: str
) -> None:
    """Note on every open month that the extract which covers it was not taken, and why."""
    check_may(actor, Action.KEEP_CLOCK, practice)
    for clock in _waiting_for(practice, taken_on):
        note_delay(actor, practice, clock.month_end, at, Step.ACCEPTED, cause, owner)


def _waiting_for(practice: PracticeCode, taken_on: date) -> Iterator[MonthClock]:
    """The clocks that wait for an extract of this day: nothing is accepted on them yet."""
    for month in clocks.opened_months(practice):
        clock = _clock(practice, month)
        if month <= taken_on and not {Step.ACCEPTED, Step.RELEASED} & clock.standing.keys():
            yield clock


def note_run(actor: Actor, practice: PracticeCode, month: date, at: datetime) -> None:
    """Note that the month's newest report was made, by this person or the worker, with its checks.

    Raises `Refusal` where there is no report, and after the release: what a practice has stays.
    """
    check_may(actor, Action.KEEP_CLOCK, practice)
    check_is_open(practice, month)
    kept, row = PracticeScope(practice).report(month), clocks.newest_report_id(practice, month)
    if kept is None or row is None:
        raise Refusal("No report of this month was made yet.")
    report = from_json(kept.body, AuditReport)
    checks = check_report(report, ExtractRows.of(PracticeScope(practice).import_in_force().counts))
    facts = {"checks": to_json(checks), "taken_on": to_json(report.manifest.extract_taken_on)}
    clocks.write_step(practice, month, Step.RUN, AuditEntry(at, actor, ""), report=row, facts=facts)


def check_is_open(practice: PracticeCode, month: date) -> None:
    """Raise `Refusal` for a month whose report the practice has already."""
    if clocks.is_released(practice, month):
        raise Refusal("This month's report was released. What a practice has been given stays as it is.")


def note_delay(
    actor: Actor,
    practice: PracticeCode,
    month: date,
    at: datetime,
    of: Step,
    cause: Cause,
    owner: str,
    words: str = "",
) -> None:
    """Name why a step is late and who sees to it. Raises `Refusal` where either is wanting."""
    check_may(actor, Action.KEEP_CLOCK, practice)
    check_delay(cause, owner, words)
    entry = AuditEntry(at, actor, "")
    clocks.write_step(
        practice, month, Step.DELAYED, entry, cause=cause, owner=owner.strip(), words=words.strip(), of=of
    )


def _clock(practice: PracticeCode, month: date) -> MonthClock:
    clock = clocks.read_clock(practice, month)
    if clock is None:
        raise NotHere("This month's clock is not running for this practice.")
    return clock
