"""The clock of one practice's month: which step its report has reached, what is late, and why.

The steps are due → received → accepted → run → checked → released. A month is late at a step whose day
passed before the step was reached; a late step always has a cause and an owner. Where nobody named a
cause yet, the programme office owns it, and the clock says that it has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from imp2art.core.period import month_end
from imp2art.core.refusal import Refusal
from imp2art.core.written import as_seen, is_in_words

PROGRAMME_OFFICE = "programme office"
SHORTEST_WORDS = 10


class Step(StrEnum):
    """What can be written on a month's clock. Stored names: never rename one."""

    DUE = "due"
    RECEIVED = "received"  # an extract that covers the whole month has come
    ACCEPTED = "accepted"  # it is in force
    RUN = "run"  # the report is made from it
    CHECKED = "checked"  # a person looked, who did not run it by hand
    RELEASED = "released"  # the practice has it
    DELAYED = "delayed"  # somebody named a cause and an owner
    HELD = "held"  # kept back, with cause and owner, until resumed
    RESUMED = "resumed"


ORDER = (Step.DUE, Step.RECEIVED, Step.ACCEPTED, Step.RUN, Step.CHECKED, Step.RELEASED)


class Cause(StrEnum):
    """Why a step is late. The sentences are in content/clock.toml."""

    NOT_SENT = "extract-not-sent"
    REFUSED = "extract-refused"
    AGREEMENT = "data-sharing-agreement"
    REGISTER_MOVED = "register-moved"
    ENGINES_DIFFER = "engines-differ"
    NOT_CHECKED = "not-checked"
    WITHDREW = "practice-withdrew"
    OTHER = "other"  # always with words


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Days after the month's end. [C] a choice of this project: no source gives the programme's own."""

    extract: int = 7  # received and accepted
    release: int = 14  # run, checked and released

    def __post_init__(self) -> None:
        if not 0 < self.extract <= self.release:
            raise Refusal("An extract is due a day or more after the month, and not after the release.")

    def of(self, step: Step) -> int:
        """Within how many days the step is to be reached."""
        return self.extract if step in (Step.RECEIVED, Step.ACCEPTED) else self.release


@dataclass(frozen=True, slots=True)
class ClockEntry:
    """One line of the clock, `at` on London time. `of` is the late step that a delay is about, `report`
    the row of the report that was run, checked or released. `facts` is what was noted beside it.
    """

    step: Step
    at: datetime
    by: str
    actor_id: str
    report: int | None = None
    cause: Cause | None = None
    owner: str = ""
    words: str = ""
    of: Step | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lateness:
    """A step that was not reached by the day it was `due`; `reached` is None while it still is not.

    `cause` is None where nobody named one: `owner` is then the programme office.
    """

    step: Step
    due: date
    reached: date | None
    cause: Cause | None
    owner: str
    words: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the step is still to come."""
        return self.reached is None

    @property
    def is_silent(self) -> bool:
        """Whether nobody named a cause."""
        return self.cause is None


@dataclass(frozen=True, slots=True)
class MonthClock:
    """One month's clock. `counted_from` is the day that the deadlines count from (`days_from`);
    `entries` are all lines in the order written."""

    month_end: date
    counted_from: date
    entries: tuple[ClockEntry, ...]
    deadlines: Deadlines = Deadlines()

    def due(self, step: Step) -> date:
        """The last day on which the step is not late."""
        return self.counted_from + timedelta(days=self.deadlines.of(step))

    @property
    def standing(self) -> Mapping[Step, ClockEntry]:
        """The line by which each step is reached now. A newer extract undoes run and checked, a newer
        run undoes checked: what changed is looked at again. Nothing undoes a release.
        """
        reached: dict[Step, ClockEntry] = {}
        for entry in self.entries:
            if entry.step in ORDER and Step.RELEASED not in reached:
                if entry.step not in (Step.DUE, Step.RECEIVED):
                    for later in ORDER[ORDER.index(entry.step) + 1 :]:
                        reached.pop(later, None)
                reached[entry.step] = entry
        return MappingProxyType(reached)

    @property
    def step(self) -> Step:
        """The furthest step reached."""
        return max(self.standing, key=ORDER.index, default=Step.DUE)

    @property
    def held(self) -> ClockEntry | None:
        """The line that keeps the month back, where one does."""
        lines = [entry for entry in self.entries if entry.step in (Step.HELD, Step.RESUMED)]
        return lines[-1] if lines and lines[-1].step is Step.HELD else None


def days_from(month: date, opened: date, is_first: bool) -> date:
    """The day that deadlines count from: the month's end; for a practice's first month not before the
    day it joined, so that nobody is late for what they could not send.
    """
    return max(month, opened) if is_first else month


def months_to_open(opened: Sequence[date], today: date) -> tuple[date, ...]:
    """The ended months without a clock, oldest first: every one since the newest opened, so that no
    month is skipped while the worker stood still; only the last one where none was opened yet.
    """
    last = today.replace(day=1) - timedelta(days=1)
    month = month_end(max(opened) + timedelta(days=1)) if opened else last
    missing = []
    while month <= last:
        missing.append(month)
        month = month_end(month + timedelta(days=1))
    return tuple(missing)


def lateness(clock: MonthClock, today: date) -> tuple[Lateness, ...]:
    """Every step that came late, and the first that is late now, in the order of the steps."""
    return tuple(_late_steps(clock, today))


def _late_steps(clock: MonthClock, today: date) -> Iterator[Lateness]:
    first = _first_reached(clock)
    for step in ORDER[1:]:
        reached = first.get(step)
        if reached is None and ORDER.index(step) < ORDER.index(clock.step):
            continue  # passed over
        if (reached or today) > clock.due(step):
            yield _named(clock, step, reached)
        if reached is None:
            return


def _first_reached(clock: MonthClock) -> Mapping[Step, date]:
    """The day of each step that stands now. An extract came when the first one came: a better one later
    does not make it late.
    """
    days = {step: entry.at.date() for step, entry in clock.standing.items()}
    for step in (Step.RECEIVED, Step.ACCEPTED):
        lines = [entry.at.date() for entry in clock.entries if entry.step is step]
        if step in days:
            days[step] = lines[0]
    return days


def _named(clock: MonthClock, step: Step, reached: date | None) -> Lateness:
    """With the newest cause named for this step, or for an earlier one that made it late too."""
    place = ORDER.index(step)
    named = [
        entry
        for entry in clock.entries
        if entry.cause and entry.of in ORDER and ORDER.index(entry.of) <= place
    ]
    if not named:
        return Lateness(step, clock.due(step), reached, None, PROGRAMME_OFFICE)
    newest = named[-1]
    return Lateness(step, clock.due(step), reached, newest.cause, newest.owner, newest.words)


def check_delay(cause: Cause, owner: str, words: str) -> None:
    """Raise `Refusal` for a delay that names no owner, or another cause without saying it in words."""
    if not as_seen(owner):
        raise Refusal("Say who sees to it: a role or a person.")
    if cause is Cause.OTHER and (len(as_seen(words)) < SHORTEST_WORDS or not is_in_words(words)):
        raise Refusal(f"Say the cause in words, in {SHORTEST_WORDS} characters or more.")


def urgency(clock: MonthClock, today: date) -> int:
    """Where a month stands on the programme's page, lowest first: late without a cause (0), late (1),
    held (2), came late without a cause (3), to check (4), on its way (5), released (6).
    """
    late = lateness(clock, today)
    if any(each.is_open and each.is_silent for each in late):
        return 0
    if any(each.is_open for each in late):
        return 1
    if clock.held and clock.step is not Step.RELEASED:
        return 2
    if any(each.is_silent for each in late):
        return 3
    return {Step.RELEASED: 6, Step.RUN: 4, Step.CHECKED: 4}.get(clock.step, 5)
