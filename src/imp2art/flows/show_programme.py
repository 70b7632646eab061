"""What the programme office sees of a month: every practice's clock and checks, what is read; no figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from imp2art.access.rights import Action, check_may
from imp2art.audit.disclosure.report_use import ReportUse
from imp2art.audit.reports.release import (
    Grade,
    ReleaseCheck,
    Version,
    check_may_release,
    checks_now,
)
from imp2art.audit.reports.report_clock import Lateness, MonthClock, Step, lateness, urgency
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.store.json_form import from_json
from imp2art.store.practices import practice_codes, read_facts
from imp2art.store.released import KeptVersion, version_of, version_of_release, versions_of
from imp2art.store.report_clock import opened_months, read_clock, read_clocks
from imp2art.store.report_use import readers_by_practice, report_use


@dataclass(frozen=True, slots=True)
class PracticeMonth:
    """One practice's month. `refusal` is why this person cannot release it now; empty where they can.

    `readers` are the people who opened the released report, of the accounts that may sign in; `use` says
    the same of each indicator, and how far it is acted on, for one practice alone.
    """

    practice: PracticeCode
    name: str
    clock: MonthClock
    late: tuple[Lateness, ...]
    checks: tuple[ReleaseCheck, ...]
    version: Version | None
    refusal: str
    readers: tuple[int, int] | None = None
    use: ReportUse | None = None

    @property
    def open_delay(self) -> Lateness | None:
        """The step that is late now."""
        return next((each for each in self.late if each.is_open), None)

    @property
    def to_look_at(self) -> tuple[ReleaseCheck, ...]:
        """The checks that ask for a look, and those that forbid the release."""
        return tuple(check for check in self.checks if check.grade in (Grade.LOOK, Grade.STOP))


@dataclass(frozen=True, slots=True)
class ProgrammeMonth:
    """A month of every practice that has a clock for it, most urgent first."""

    month_end: date | None
    months: tuple[date, ...]
    rows: tuple[PracticeMonth, ...]


def show_programme(actor: Actor, today: date, month: date | None = None) -> ProgrammeMonth:
    """The month that ended on `month`, or the newest with a clock. `NotHere` for one that has none."""
    check_may(actor, Action.SEE_PROGRAMME, None)
    months = opened_months()
    if month is not None and month not in months:
        raise NotHere("No clock runs for that month.")
    wanted = month or next(iter(months), None)
    found = read_clocks(wanted) if wanted else {}
    readers = readers_by_practice(wanted) if wanted else {}
    rows = [
        replace(_row(actor, practice, clock, today), readers=_readers(clock, readers.get(practice)))
        for practice, clock in found.items()
    ]
    return ProgrammeMonth(wanted, months, tuple(sorted(rows, key=lambda row: _place(row, today))))


def show_practice_month(actor: Actor, practice: PracticeCode, month: date, today: date) -> PracticeMonth:
    """One practice's month; `NotHere` where it has no clock."""
    check_may(actor, Action.SEE_PROGRAMME, None)
    clock = read_clock(practice, month)
    if clock is None:
        raise NotHere("No clock runs for that month.")
    return replace(_row(actor, practice, clock, today), use=report_use(practice, month, today))


def show_versions(actor: Actor) -> tuple[tuple[PracticeCode, str, tuple[KeptVersion, ...]], ...]:
    """Each practice with its name and the versions that it was given, newest first."""
    check_may(actor, Action.GIVE_VERSION, None)
    return tuple((each, read_facts(each).name, versions_of(each)) for each in practice_codes())


def _readers(clock: MonthClock, counted: tuple[int, int] | None) -> tuple[int, int] | None:
    return (counted or (0, 0)) if clock.step is Step.RELEASED else None


def _place(row: PracticeMonth, today: date) -> tuple[int, date, str]:
    delay = row.open_delay
    return urgency(row.clock, today), delay.due if delay else today, row.practice


def _row(actor: Actor, practice: PracticeCode, clock: MonthClock, today: date) -> PracticeMonth:
    version = _version(practice, clock)
    checks = _checks_of(clock, version, today)
    return PracticeMonth(
        practice=practice,
        name=read_facts(practice).name,
        clock=clock,
        late=lateness(clock, today),
        checks=checks,
        version=version,
        refusal=_refusal(clock, checks, actor),
    )


def _version(practice: PracticeCode, clock: MonthClock) -> Version | None:
    """The version that the month was released in, or that it would be released in now."""
    done = clock.standing.get(Step.RELEASED)
    return version_of_release(practice, done.facts, done.at) if done else version_of(practice)


def _checks_of(clock: MonthClock, version: Version | None, today: date) -> tuple[ReleaseCheck, ...]:
    run = clock.standing.get(Step.RUN)
    if run is None:
        return ()
    kept = from_json(run.facts["checks"], tuple[ReleaseCheck, ...])
    return checks_now(kept, date.fromisoformat(run.facts["taken_on"]), version, today)


def _refusal(clock: MonthClock, checks: tuple[ReleaseCheck, ...], actor: Actor) -> str:
    if clock.step is Step.RELEASED:
        return "It was released already."
    try:
        check_may_release(clock, checks, actor.id)
    except Refusal as refusal:
        return str(refusal)
    return ""
