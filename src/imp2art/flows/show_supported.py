"""What a facilitator sees of the practices that they support: clocks and protected figures only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from imp2art.access.rights import Action, check_may, check_supports
from imp2art.audit.disclosure import ProtectedFigures, protected_figures_table
from imp2art.audit.disclosure.report_use import ReportUse
from imp2art.audit.peers import as_it_leaves
from imp2art.audit.reports.report import AuditReport, Comparison, PeerPoint
from imp2art.audit.reports.report_clock import Lateness, MonthClock, lateness, urgency
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.store.facilitated import practices_of
from imp2art.store.json_form import from_json
from imp2art.store.practices import read_facts
from imp2art.store.readings import ReadingRates, reading_rates
from imp2art.store.released import read_released
from imp2art.store.report_clock import opened_months, read_clock
from imp2art.store.report_use import report_use
from imp2art.store.shown_reports import read_released_body


@dataclass(frozen=True, slots=True)
class SupportedPractice:
    """One practice. `figures` are those of its newest released month, protected; `released` is its end.

    `comparisons` sets the indicators that lead beside the unnamed others of that month's report, by the
    same protected counts.
    `reading` counts staff who opened the report; `use` says of each indicator whether it is read and
    acted on, for one practice alone.
    """

    practice: PracticeCode
    name: str
    clock: MonthClock | None
    late: tuple[Lateness, ...]
    released: date | None
    figures: tuple[dict[str, Any], ...]
    reading: ReadingRates | None = None
    comparisons: tuple[tuple[str, Comparison], ...] = ()
    use: ReportUse | None = None


def show_supported(actor: Actor, today: date) -> tuple[SupportedPractice, ...]:
    """Every practice that this facilitator supports; those whose month is late first."""
    check_may(actor, Action.SEE_SUPPORTED, None)
    rows = [_row(practice, today) for practice in practices_of(actor)]
    return tuple(sorted(rows, key=lambda row: (_urgency(row, today), row.practice)))


def show_one_supported(actor: Actor, practice: PracticeCode, today: date) -> SupportedPractice:
    """One of them; `NotHere` for any other practice."""
    check_may(actor, Action.SEE_SUPPORTED, None)
    check_supports(practice, practices_of(actor))
    row = _row(practice, today)
    use = report_use(practice, row.released, today) if row.released else None
    return replace(row, comparisons=tuple(_comparisons(row)), use=use)


def _urgency(row: SupportedPractice, today: date) -> int:
    return urgency(row.clock, today) if row.clock else 7


def _row(practice: PracticeCode, today: date) -> SupportedPractice:
    month = next(iter(opened_months(practice)), None)
    clock = read_clock(practice, month) if month else None
    released = read_released(practice)
    newest = released[-1] if released else None
    return SupportedPractice(
        practice=practice,
        name=read_facts(practice).name,
        clock=clock,
        late=lateness(clock, today) if clock else (),
        released=newest.month_end if newest else None,
        figures=tuple(_newest_figures(newest.body, newest.month_end)) if newest else (),
        reading=reading_rates(practice, newest.month_end) if newest else None,
    )


def _newest_figures(body: dict[str, Any], month: date) -> Iterator[dict[str, Any]]:
    table = protected_figures_table([from_json(body, ProtectedFigures)])
    return (row for row in table.to_pylist() if row["month_end"] == month)


def _comparisons(row: SupportedPractice) -> Iterator[tuple[str, Comparison]]:
    """Those of the report that the practice was given: a count of similar practices means one thing on its
    pages and here. What other practices released since stands in the next report of both.
    """
    body = read_released_body(row.practice, row.released) if row.released else None
    if body is None:
        return
    report, left = from_json(body, AuditReport), _shown_counts(row.practice)
    for slug in report.key:
        series = report.series_of(slug)
        found = series and series.comparison
        own = left.get((slug, found.month_end)) if found else None
        if series and found and own:
            yield slug, as_it_leaves(found, own, series.direction)


def _shown_counts(practice: PracticeCode) -> dict[tuple[str, date], PeerPoint]:
    """Every protected figure of the newest release that has a share, by indicator and month end."""
    figures = from_json(read_released(practice)[-1].body, ProtectedFigures)
    return {
        (each.slug, month.month_end): PeerPoint(each.denominator, each.numerator)
        for month in figures.months
        for each in month.figures
        if each.share is not None and each.denominator and each.numerator is not None
    }
