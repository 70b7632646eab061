"""Check and release a month's reports, many at once; hold one back and resume it.

Each practice is released or refused by itself, in a transaction of its own; a second click changes
nothing. What leaves the practice with the release is protected first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.audit.disclosure import ProtectedFigures, protect
from imp2art.audit.reports.release import (
    ExtractRows,
    check_given,
    check_may_release,
    check_report,
    checks_now,
)
from imp2art.audit.reports.report import AuditReport
from imp2art.audit.reports.report_clock import Cause, MonthClock, Step, check_delay
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.store import report_clock as clocks
from imp2art.store.json_form import from_json, to_json
from imp2art.store.practices import import_in_force, read_facts
from imp2art.store.released import Release, digest_of_body, keep_release, read_released, version_of
from imp2art.store.report_mail import report_mail_intent
from imp2art.store.scope import AuditEntry


@dataclass(frozen=True, slots=True)
class Ending:
    """How a practice's release ended. `refusal` is empty where the practice has its report now;
    `is_new` is False where it had it before.
    """

    practice: PracticeCode
    name: str
    refusal: str = ""
    is_new: bool = True


def release_reports(
    actor: Actor, practices: Iterable[PracticeCode], month: date, at: datetime, today: date
) -> tuple[Ending, ...]:
    """Check and release this month's report of each practice, and say of each how it ended."""
    check_may(actor, Action.RELEASE_REPORTS, None)
    return tuple(_ending(actor, practice, month, at, today) for practice in practices)


def _ending(actor: Actor, practice: PracticeCode, month: date, at: datetime, today: date) -> Ending:
    name = str(practice)
    try:
        name = read_facts(practice).name
        return Ending(practice, name, is_new=_release(actor, practice, month, at, today))
    except Refusal as refusal:
        return Ending(practice, name, str(refusal))


def _release(actor: Actor, practice: PracticeCode, month: date, at: datetime, today: date) -> bool:
    clock = _clock(practice, month)
    if clock.step is Step.RELEASED:
        return False
    report, row = _report_on(clock, practice)
    version = check_given(version_of(practice))
    kept = check_report(report, ExtractRows.of(import_in_force(practice).counts))
    check_may_release(clock, checks_now(kept, report.manifest.extract_taken_on, version, today), actor.id)
    earlier = tuple(from_json(each.body, ProtectedFigures) for each in read_released(practice))
    figures = to_json(protect(report, earlier))
    release = Release(
        practice=practice,
        month_end=month,
        report=row,
        version=version,
        figures=figures,
        digest=digest_of_body(figures),
        mail=report_mail_intent(practice, month, version),
    )
    return keep_release(release, AuditEntry(at, actor, "report-released"))


def _report_on(clock: MonthClock, practice: PracticeCode) -> tuple[AuditReport, int]:
    """The report that the clock stands on, and its row."""
    kept, run = clocks.report_on_clock(practice, clock), clock.standing.get(Step.RUN)
    if kept is None or run is None or run.report is None:
        raise Refusal("This month's report is not made yet: there is nothing to release.")
    return from_json(kept.body, AuditReport), run.report


def hold_back(
    actor: Actor, practice: PracticeCode, month: date, at: datetime, cause: Cause, owner: str, words: str
) -> None:
    """Keep the month's report back until it is resumed. Raises `Refusal` after the release."""
    check_may(actor, Action.RELEASE_REPORTS, practice)
    check_delay(cause, owner, words)
    if _clock(practice, month).step is Step.RELEASED:
        raise Refusal("This report was released. It cannot be held back any more.")
    clocks.write_step(
        practice,
        month,
        Step.HELD,
        AuditEntry(at, actor, ""),
        cause=cause,
        owner=owner.strip(),
        words=words.strip(),
        of=Step.RELEASED,
    )


def resume_report(actor: Actor, practice: PracticeCode, month: date, at: datetime) -> None:
    """Hold the month's report back no longer; one that is not held stays as it is."""
    check_may(actor, Action.RELEASE_REPORTS, practice)
    if _clock(practice, month).held:
        clocks.write_step(practice, month, Step.RESUMED, AuditEntry(at, actor, ""))


def _clock(practice: PracticeCode, month: date) -> MonthClock:
    clock = clocks.read_clock(practice, month)
    if clock is None:
        raise NotHere("No clock runs for that month.")
    return clock
