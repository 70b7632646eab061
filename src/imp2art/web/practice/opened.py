"""Count what someone opened, and tell a manager how widely the report is read and acted on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.audit.disclosure.report_use import TO_DO
from imp2art.audit.reports.reading import Opened
from imp2art.audit.reports.report import IndicatorSeries
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.report_words import title_of
from imp2art.flows.note_reading import note_reading, show_readings
from imp2art.flows.show_report import ShownReport, show_report
from imp2art.flows.work_list import Progress, progress_of, show_all_marks
from imp2art.store.list_marks import KeptMark
from imp2art.store.readings import Reading, ReadingRates
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.month_page import in_address
from imp2art.web.practice.on_site import now, today


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One indicator: how many different people opened its page and its lists, and what was done.

    `outcome` and `progress` are empty where it asks to see to nobody, as the register does.
    """

    slug: str
    title: str
    page: int
    lists: int
    outcome: str
    progress: Progress | None

    @property
    def is_used(self) -> bool:
        """Whether anyone opened it, or did something about anyone on its list."""
        return bool(self.page or self.lists or (self.progress and self.progress.acted_on))


def note_opened(
    request: HttpRequest,
    actor: Actor,
    practice: PracticeCode,
    shown: ShownReport,
    what: Opened,
    slug: str = "",
) -> None:
    """Count a page that is being shown; asking for its head shows nothing."""
    if request.method == "GET":
        _note_once(actor, practice, Reading(shown.on_shelf.month_end, what, slug), shown.made_at, today())


# Whom this process counted today it need not look up again; what it forgets, the store still knows. The
# instant tells two databases' reports apart.
@lru_cache(maxsize=10_000)
def _note_once(actor: Actor, practice: PracticeCode, reading: Reading, made_at: datetime, on: date) -> None:
    note_reading(actor, practice, reading, now())


@practice_page(Action.SEE_READINGS)
@require_safe
def readings(request: HttpRequest, actor: Actor, practice: PracticeCode, month: str) -> HttpResponse:
    """Is it read? People who opened each part, and what was done about those on the lists."""
    shown = show_report(actor, practice, end_of_month_named(month))
    if shown is None:
        raise Http404
    rates = show_readings(actor, practice, shown.on_shelf.month_end)
    marks = show_all_marks(actor, practice, today())
    rows = [_row(shown, series, rates, marks.get(series.slug, {})) for series in shown.report.series]
    page = {
        "month": month,
        "month_end": shown.on_shelf.month_end,
        "rates": rates,
        "document": rates.by_thing.get((Opened.DOCUMENT, ""), 0),
        "used": [row for row in rows if row.is_used],
        "unused": [row for row in rows if not row.is_used],
        "here": "month",
    }
    return render(request, "practice/readings.jinja", page)


def _row(
    shown: ShownReport, series: IndicatorSeries, rates: ReadingRates, marks: Mapping[str, KeptMark]
) -> ReadRow:
    progress = progress_on(shown, series, marks)
    slug, opened = series.slug, rates.by_thing
    outcome = in_address(TO_DO[series.direction]) if progress else ""
    page, lists = opened.get((Opened.INDICATOR, slug), 0), opened.get((Opened.LIST, slug), 0)
    return ReadRow(slug, title_of(slug), page, lists, outcome, progress)


def progress_on(
    shown: ShownReport, series: IndicatorSeries, marks: Mapping[str, KeptMark]
) -> Progress | None:
    """What was done about those whom an indicator asks to see to; None where it asks for nobody."""
    if series.direction not in TO_DO:
        return None
    found = shown.behind(series.slug, TO_DO[series.direction])
    return progress_of(marks, found.public_ids, found.met_since)
