"""Show a month's report as it was kept, and the people behind its numbers; nothing is worked out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from imp2art.access.rights import Action, check_may
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport
from imp2art.core.actor import Actor
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import financial_year
from imp2art.core.refusal import NotHere
from imp2art.store.json_form import from_json
from imp2art.store.released import version_of
from imp2art.store.scope import PracticeScope
from imp2art.store.shown_reports import ReportOnShelf, ReportShelf, Stamp


@dataclass(frozen=True, slots=True)
class ListBehind:
    """Public ids of those who were counted there then. `met_since` are those of them who, by the newest
    figures that may be seen, are counted on the other side: they left the list by themselves."""

    slug: str
    public_ids: frozenset[str]
    met_since: frozenset[str]


_OTHER_SIDE = {Outcome.MET: Outcome.NOT_MET, Outcome.NOT_MET: Outcome.MET}


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report of the shelf: who had it made and who released it, in the version the practice gets.

    `months` are the ends of all months that may be seen, newest first; `waiting` those whose report is
    being made or checked. `key` is another for every other report and version. The report itself is
    read only where it is asked for: a page that was made before needs it not.
    """

    practice: PracticeCode
    on_shelf: ReportOnShelf
    newest: ReportOnShelf
    version: Version
    months: tuple[date, ...]
    waiting: tuple[date, ...]

    @property
    def report(self) -> AuditReport:
        """The kept report."""
        return _read(self.practice, self.on_shelf.row, self.on_shelf.made_at)

    def behind(self, slug: str, outcome: Outcome) -> ListBehind:
        """The people behind one number, and who of them left that list since."""
        public_ids = frozenset(self.report.people_behind(slug, outcome))
        other, newest = _OTHER_SIDE.get(outcome), self.newest
        if other is None or newest == self.on_shelf:
            return ListBehind(slug, public_ids, frozenset())
        now = _read(self.practice, newest.row, newest.made_at).people_behind(slug, other)
        return ListBehind(slug, public_ids, public_ids.intersection(now))

    @property
    def made_by(self) -> str:
        """Who had it made."""
        return self.on_shelf.made_by

    @property
    def made_at(self) -> datetime:
        """When."""
        return self.on_shelf.made_at

    @property
    def key(self) -> tuple[object, ...]:
        """What a page made of this depends on."""
        return (self.practice, self.on_shelf, self.version, self.months, self.waiting)


def show_report(actor: Actor, practice: PracticeCode, month: date | None = None) -> ShownReport | None:
    """The kept report of the month that ends on `month`, or the newest; None where there is none to see.

    A released month is shown in the version that it was released in, any other in the practice's own of
    now. Where nobody said which, it is the standard one: it has less.
    """
    check_may(actor, Action.SEE_REPORT, practice)
    shelf, version = _shelf_and_version(practice, PracticeScope(practice).report_stamp())
    found = next((each for each in shelf.shown if month in (None, each.month_end)), None)
    if found is None:
        return None
    months = tuple(each.month_end for each in shelf.shown)
    return ShownReport(practice, found, shelf.shown[0], found.version or version, months, shelf.waiting)


def show_year(actor: Actor, practice: PracticeCode, year: str) -> ShownReport | None:
    """The newest report that may be seen of the financial year `2025/26`; None where there is none."""
    newest = show_report(actor, practice)
    months = newest.months if newest else ()
    found = next((month for month in months if financial_year(month) == year), None)
    return show_report(actor, practice, found) if found else None


def months_waiting(actor: Actor, practice: PracticeCode) -> tuple[date, ...]:
    """The ends of the months whose report is being made or checked, newest first."""
    check_may(actor, Action.SEE_REPORT, practice)
    return PracticeScope(practice).report_shelf().waiting


def show_list(actor: Actor, practice: PracticeCode, month: date, slug: str) -> ShownReport:
    """The report whose lists of one indicator someone asks for: its `behind` names people.

    Raises `NotHere` for a month without report and an unknown indicator.
    """
    check_may(actor, Action.SEE_LIST, practice)
    shown = show_report(actor, practice, month)
    if shown is None or slug not in INDICATORS:
        raise NotHere("There is no such list in your practice.")
    return shown


# Looked at anew after every change, which changes the stamp.
@lru_cache(maxsize=1024)
def _shelf_and_version(practice: PracticeCode, stamp: Stamp) -> tuple[ReportShelf, Version]:
    return PracticeScope(practice).report_shelf(), version_of(practice) or Version.STANDARD


def forget() -> None:
    """For tests, whose databases begin anew with the same rows."""
    _shelf_and_version.cache_clear()


# A row is never changed, so what was read of it holds; the instant tells two databases' rows apart.
@lru_cache(maxsize=24)
def _read(practice: PracticeCode, row: int, made_at: datetime) -> AuditReport:
    return from_json(PracticeScope(practice).report_body(row), AuditReport)
