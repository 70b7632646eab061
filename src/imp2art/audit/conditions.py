"""What can be asked of one patient at one day: small frozen values that know no evaluator.

`reference.py` says what each means, slowly; `engine.py` answers the same tree for everyone at every
month end. A window of `months` is `core.period.months_up_to`: after (day − months), up to the day.
`months=None` means ever, up to the day. Nothing dated after the day counts.

Partial dates: an event known only to its year surely lies in a window when all of the year does, and
possibly when some of it does. Both kinds of answer are kept to the end (see `truth.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain


class Condition:
    """Anything that is yes, no or cannot tell of a patient at a day. `&`, `|` and `~` combine."""

    __slots__ = ()

    def __and__(self, other: Condition) -> And:
        return And((self, other))

    def __or__(self, other: Condition) -> Or:
        return Or((self, other))

    def __invert__(self) -> Not:
        return Not(self)


@dataclass(frozen=True, slots=True)
class And(Condition):
    """All of them."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or(Condition):
    """At least one of them."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The contrary."""

    part: Condition


@dataclass(frozen=True, slots=True)
class RegisteredOn(Condition):
    """On the list as a permanent (GMS) patient, and alive, on the day."""


@dataclass(frozen=True, slots=True)
class RegisteredWithin(Condition):
    """Every permanent registration that covers the day began in the last `months`."""

    months: int


@dataclass(frozen=True, slots=True)
class AgeAtLeast(Condition):
    """At least so many whole years old on the day.

    `years` holds (first financial year, age), oldest first: each age holds from its year on, and the
    first also for the years before it.
    """

    years: tuple[tuple[str, int], ...]

    def age_in(self, financial_year: str) -> int:
        """The age that the rules of this year ask for."""
        begun = [age for first, age in self.years if first <= financial_year]
        return begun[-1] if begun else self.years[0][1]


@dataclass(frozen=True, slots=True)
class AnyIn(Condition):
    """An entry or an issue whose code is in the codelist, in the last `months`."""

    codelist: str
    months: int | None


@dataclass(frozen=True, slots=True)
class DevicesAtLeast(Condition):
    """Inhalers issued in the last `months` add up to `count`, or to more than it if `or_more` is false.

    An issue counts its devices (`devices.py`). One whose devices are not known leaves the answer at
    cannot tell, unless the others reach the count.
    """

    codelist: str
    count: int
    months: int
    or_more: bool = True


@dataclass(frozen=True, slots=True)
class CoursesAtLeast(Condition):
    """Courses of a medicine that began in the last `months`, at least `count`.

    Issues up to `joined_days` after the one that began a course belong to it; issues of one day are
    one. Long-term use is no course: an issue among `steady_issues` on different days within
    `steady_days` of one another counts for nothing. Nor does one before the first entry of `since`
    (its earliest possible day): a course before there was asthma is not one for asthma.
    """

    codelist: str
    count: int
    months: int
    since: str
    joined_days: int
    steady_issues: int
    steady_days: int


@dataclass(frozen=True, slots=True)
class LatestStands(Condition):
    """The latest `codelist` entry up to the day has no `ended_by` entry on its own day or later.

    Someone without any `ended_by` entry stands, of course: the order of the two questions matters
    (PINCER's published code once dropped these people, clinical fact file §5.3).
    """

    codelist: str
    ended_by: str


@dataclass(frozen=True, slots=True)
class Together(Condition):
    """A day in the last `months` with an `anchor` entry and a `same_day` entry, and with an entry of
    each list of `before` in the `before_months` up to and including that day.
    """

    anchor: str
    same_day: str
    before: tuple[str, ...]
    before_months: int
    months: int


@dataclass(frozen=True, slots=True)
class TwoApart(Condition):
    """Two entries in the last `months`, at least `days` days from each other."""

    codelist: str
    days: int
    months: int


@dataclass(frozen=True, slots=True)
class FirstIn(Condition):
    """The first entry ever lies in the last `months`."""

    codelist: str
    months: int


@dataclass(frozen=True, slots=True)
class FirstSince(Condition):
    """The first entry ever lies on or after the day that the rules of that contract year name.

    `starts` holds (first financial year, day), oldest first, read as `AgeAtLeast.years` is.
    """

    codelist: str
    starts: tuple[tuple[str, date], ...]

    def start_in(self, financial_year: str) -> date:
        """The day that the rules of this year name."""
        begun = [start for first, start in self.starts if first <= financial_year]
        return begun[-1] if begun else self.starts[0][1]


@dataclass(frozen=True, slots=True)
class NearFirst(Condition):
    """An entry of `codelist` lies around the first entry ever of `anchor`.

    The window is from `before_months` before the anchor's day up to `after_months` after it, both days
    in it, and up to the day asked about.

    Where the anchor's day is not known: yes if one entry lies in the window of each day that it may be,
    no if none can lie in any of them, and else it cannot be told.
    """

    codelist: str
    anchor: str
    before_months: int
    after_months: int


@dataclass(frozen=True, slots=True)
class AgeAtFirst(Condition):
    """At least `years` old on the day of the first entry ever of `anchor`; no where there is none.

    Where its day is not known: yes if old enough on the first that it may be, no if not on the last.
    """

    anchor: str
    years: int


@dataclass(frozen=True, slots=True)
class Band:
    """Entries of a list whose value lies from `low` to `high`, both in it; None leaves a side open.

    Without either limit every entry is in it. With one, an entry that has no value may be in it.
    """

    codelist: str
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LatestIn(Condition):
    """On the latest day of the last `months` with an entry of `among`, some such entry is in a band.

    `bands` are of lists in `among`. Two entries of one day: one in a band is enough.

    Yes if no entry that may be outside the bands can be later than one that is surely in a band. Perhaps
    if an entry that may be in a band can be as late as the latest day must be.
    """

    bands: tuple[Band, ...]
    among: tuple[str, ...]
    months: int | None


@dataclass(frozen=True, slots=True)
class SinceLatest(Condition):
    """An entry of `codelist` on the day of the latest entry of any of `of` in the last `months`, or later.

    No where there is no entry of `of` in that time.

    Where the latest day is not known: yes if one entry lies on or after the last that it may be, no if
    none can lie on or after the first.
    """

    codelist: str
    of: tuple[str, ...]
    months: int


@dataclass(frozen=True, slots=True)
class Begun(Condition):
    """One of the medicine lists `of` was begun in the last `months`.

    A list is begun by an issue with no issue of the same list in the `clear_months` before it. Someone
    whose first permanent registration here that covers the day began within that time may have had it
    elsewhere: that is not asked.
    """

    of: tuple[str, ...]
    months: int
    clear_months: int


@dataclass(frozen=True, slots=True)
class SinceBegun(Condition):
    """An entry of `codelist` on the latest day that `begun` speaks of, or later. No where nothing began."""

    codelist: str
    begun: Begun


@dataclass(frozen=True, slots=True)
class FollowedUp(Condition):
    """The latest due entry of `of` was followed by one of `by` in time.

    Due is an entry of the last `months` whose time to follow it up, `working_days` after its day
    (`core.working_days`), has ended by the day asked about. In time is from its own day to that last
    day. No where none is due.

    Where the latest due day is not known: yes if one entry is in time whichever it is, no if none can be
    in time for any.
    """

    of: tuple[str, ...]
    by: tuple[str, ...]
    working_days: int
    months: int


@dataclass(frozen=True, slots=True)
class DueForFollowUp(Condition):
    """An entry of `of` is due, as `FollowedUp` says."""

    of: tuple[str, ...]
    working_days: int
    months: int


def atoms_of(condition: Condition) -> Iterator[Condition]:
    """The conditions that are not made of others, each as often as it occurs."""
    match condition:
        case And(parts) | Or(parts):
            yield from chain.from_iterable(atoms_of(part) for part in parts)
        case Not(part):
            yield from atoms_of(part)
        case _:
            yield condition


def codelists_of(atom: Condition) -> tuple[str, ...]:
    """The slugs of the lists that an atom reads."""
    match atom:
        case LatestStands(codelist, ended_by):
            return (codelist, ended_by)
        case Together(anchor, same_day, before):
            return (anchor, same_day, *before)
        case NearFirst(codelist, anchor):
            return (codelist, anchor)
        case AgeAtFirst(anchor):
            return (anchor,)
        case LatestIn(_, among):
            return among
        case SinceLatest(codelist, of):
            return (codelist, *of)
        case Begun(of) | DueForFollowUp(of):
            return of
        case SinceBegun(codelist, begun):
            return (codelist, *begun.of)
        case FollowedUp(of, by):
            return (*of, *by)
        case AnyIn() | TwoApart() | FirstIn() | FirstSince() | DevicesAtLeast():
            return (atom.codelist,)
        case CoursesAtLeast():
            return (atom.codelist, atom.since)
        case _:
            return ()


def bands_of(atom: Condition) -> tuple[Band, ...]:
    """The bands of values that an atom asks for."""
    return atom.bands if isinstance(atom, LatestIn) else ()
