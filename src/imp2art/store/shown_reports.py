"""Which kept reports a practice may see: released ones, and those of months that have no clock.

A month that has a clock is shown when it is released, as the report that was checked. The running
month has none yet: its newest report is shown, as the month so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report_clock import Step
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.store.kept import Json
from imp2art.store.models import ReportRow, ReportStepRow
from imp2art.store.released import version_of_release

Stamp = tuple[int | None, ...]
_Released = tuple[int | None, str, datetime, Version | None]  # which report, by whom, when, in which version


@dataclass(frozen=True, slots=True)
class ReportOnShelf:
    """A report of the shelf without its body. `released_by` is empty where no clock runs.

    `version` is that of its release: a version that is given later is of the months released after. None
    where it was not released: it is shown in the version that the practice gets now.
    """

    month_end: date
    row: int
    made_by: str
    made_at: datetime
    released_by: str = ""
    released_at: datetime | None = None
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class ReportShelf:
    """Newest month first. `waiting` are months whose report is made or due, and not released."""

    shown: tuple[ReportOnShelf, ...]
    waiting: tuple[date, ...]


# How many rows there are of all that decides what a practice may see, and which came last. Every one of
# these tables is only added to, so the same answer means the same shelf and version.
_STAMP = """
    SELECT
        (SELECT COUNT(*) FROM store_reportrow WHERE practice_id = %s),
        (SELECT MAX(id) FROM store_reportrow WHERE practice_id = %s),
        (SELECT COUNT(*) FROM store_reportsteprow WHERE practice_id = %s),
        (SELECT MAX(id) FROM store_reportsteprow WHERE practice_id = %s),
        (SELECT COUNT(*) FROM store_reportversionrow WHERE practice_id = %s),
        (SELECT MAX(id) FROM store_reportversionrow WHERE practice_id = %s)
"""


def read_stamp(practice: PracticeCode) -> Stamp:
    """Another one after whatever changes the shelf or the version; read in a tenth of the shelf's time."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [practice] * _STAMP.count("%s"))
        return tuple(cursor.fetchone())


def read_shelf(practice: PracticeCode) -> ReportShelf:
    """Two short queries, whatever the size of the reports."""
    steps = ReportStepRow.objects.filter(practice_id=practice, step__in=(Step.DUE, Step.RELEASED))
    lines = tuple(steps.order_by("-id").values_list("month_end", "step", "report_id", "by", "at", "detail"))
    clocks = {month for month, *_ in lines}
    # The first release stands, so the oldest line is written last.
    released = {
        month: (row, by, at, version_of_release(practice, detail.get("facts", {}), at))
        for month, step, row, by, at, detail in lines
        if step == Step.RELEASED
    }
    shown = tuple(_shown(practice, clocks, released))
    waiting = sorted(clocks - released.keys(), reverse=True)
    return ReportShelf(shown, tuple(waiting))


def _shown(
    practice: PracticeCode, clocks: set[date], released: Mapping[date, _Released]
) -> Iterator[ReportOnShelf]:
    rows = ReportRow.objects.filter(practice_id=practice).order_by("-month_end", "-id")
    done: set[date] = set()
    for row, month, made_by, made_at in rows.values_list("id", "month_end", "made_by", "made_at"):
        if month in done:
            continue
        if month not in clocks:
            yield ReportOnShelf(month, row, made_by, made_at)
        elif month in released and released[month][0] == row:
            yield ReportOnShelf(month, row, made_by, made_at, *released[month][1:])
        else:
            continue
        done.add(month)


def read_released_body(practice: PracticeCode, month_end: date) -> Json | None:
    """The body of the report that was released for the month; None where none was."""
    found = (each for each in read_shelf(practice).shown if each.month_end == month_end and each.released_at)
    on_shelf = next(found, None)
    return None if on_shelf is None else read_body(practice, on_shelf.row)


def read_body(practice: PracticeCode, row: int) -> Json:
    """The body of a report of the shelf. `NotHere` for a row of another practice."""
    body = ReportRow.objects.filter(practice_id=practice, pk=row).values_list("body", flat=True).first()
    if body is None:
        raise NotHere("There is no such report in your practice.")
    found: Json = body
    return found
