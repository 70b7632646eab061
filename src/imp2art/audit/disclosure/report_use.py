"""Whether a report is read and acted on, by indicator, as it may be told outside the practice.

Readers are staff and are counted without a name. People on lists are patients: of them no count is told,
only how many in 10 the practice acted on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from imp2art.audit.disclosure import ProtectedMonth, tenths_acted_on
from imp2art.audit.indicator import Direction
from imp2art.audit.reports.reading import Opened
from imp2art.audit.reports.report import AuditReport
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode

# Whom a practice has something to do about: who lacks what is good, or has what is not.
TO_DO: Mapping[Direction, Outcome] = {Direction.HIGHER: Outcome.NOT_MET, Direction.LOWER: Outcome.MET}
WHOLE = "whole-report"


@dataclass(frozen=True, slots=True)
class IndicatorUse:
    """Different people who opened an indicator's page and its lists; `acted_tenths` in 10 of those whom
    it asks to see to were assigned, done or found not appropriate, None where that is not told and where
    it asks for nobody, as the register does."""

    slug: str
    page: int
    lists: int
    acted_tenths: int | None


@dataclass(frozen=True, slots=True)
class ReportUse:
    """One practice's released report of a month: `readers` of the `accounts` that may sign in opened it."""

    practice: PracticeCode
    month_end: date
    accounts: int
    readers: int
    indicators: tuple[IndicatorUse, ...]

    def of(self, slug: str) -> IndicatorUse | None:
        """One indicator's; None where the report has it not."""
        return next((each for each in self.indicators if each.slug == slug), None)


def use_by_indicator(
    report: AuditReport,
    released: ProtectedMonth,
    acted_on: Mapping[str, frozenset[str]],
    opened: Mapping[tuple[Opened, str], int],
) -> Iterator[IndicatorUse]:
    """Of each indicator of the report. `acted_on` holds the people by indicator's list."""
    shown = {figure.slug: figure.denominator for figure in released.figures}
    for series in report.series:
        slug, outcome = series.slug, TO_DO.get(series.direction)
        page, lists = opened.get((Opened.INDICATOR, slug), 0), opened.get((Opened.LIST, slug), 0)
        listed = report.people_behind(slug, outcome) if outcome else ()
        acted = len(acted_on.get(slug, frozenset()).intersection(listed))
        tenths = tenths_acted_on(acted, len(listed), shown.get(slug)) if outcome else None
        yield IndicatorUse(slug, page, lists, tenths)


USE = pa.schema(
    [
        ("practice", pa.string()),
        ("indicator", pa.string()),
        ("month_end", pa.date32()),
        ("opened_in_10", pa.int32()),
        ("acted_on_in_10", pa.int32()),
    ]
)


def use_table(uses: Iterable[ReportUse]) -> pa.Table:
    """A line a report (`whole-report`) and one an indicator, in tenths; null is not told."""
    return pa.Table.from_pylist([row for use in uses for row in _rows(use)], USE)


def _rows(use: ReportUse) -> Iterator[dict[str, object]]:
    place = {"practice": str(use.practice), "month_end": use.month_end}
    yield {**place, "indicator": WHOLE, "opened_in_10": _in_10(use.readers, use), "acted_on_in_10": None}
    for each in use.indicators:
        opened = _in_10(each.page, use)
        yield {
            **place,
            "indicator": each.slug,
            "opened_in_10": opened,
            "acted_on_in_10": each.acted_tenths,
        }


def _in_10(people: int, use: ReportUse) -> int | None:
    return round(10 * people / use.accounts) if use.accounts else None
