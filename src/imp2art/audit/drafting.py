"""A practice's report: counted, checked by both engines, charted, and summed up in codes and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import pyarrow as pa

from imp2art.audit.chance import differ, draw_chart, judge
from imp2art.audit.compare import compare_engines
from imp2art.audit.definitions import CODELISTS, INDICATORS
from imp2art.audit.engine import Counts, count, members
from imp2art.audit.indicator import Direction, Indicator
from imp2art.audit.pack import PackedPractice, pack_practice
from imp2art.audit.report import (
    AuditReport,
    Fact,
    FactCode,
    IndicatorSeries,
    MonthFigure,
    PeopleBehind,
    ReportManifest,
)
from imp2art.codes.library import Library
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import month_end, month_ends

LEAD = "plan-12-months"  # what the headline speaks of
AFTER_ATTACK = "plan-after-attack"
COMPARED_MONTHS = 6


def draft_report(
    practice: PracticeCode,
    practice_name: str,
    tables: Mapping[str, pa.Table],
    days: tuple[date, ...],
    manifest: ReportManifest,
    library: Library,
    public_ids: Mapping[str, str] | None = None,
) -> AuditReport:
    """The whole report from the four clean tables of one practice, as at each of `days` (`audit_days`).

    `public_ids` maps a patient's id in the tables to the public one; with it the report keeps who is
    behind its numbers. Raises `Refusal` where the two engines differ, and for more than 60 days.
    """
    indicators = tuple(INDICATORS.values())
    packed = pack_practice(tables, indicators, library)
    counted = count(packed, indicators, days)
    checks = compare_engines(tables, packed, indicators, days, library)
    series = tuple(_series(indicator, counted[indicator.slug], days) for indicator in indicators)
    headline = tuple(_headline({each.slug: each for each in series}))
    behind = tuple(_behind(packed, indicators, days[-1], public_ids)) if public_ids else ()
    return AuditReport(practice, practice_name, days, series, headline, checks, manifest, behind)


def audit_days(on: date, months: int) -> tuple[date, ...]:
    """The month ends before `on`'s month, and `on` itself: `months` days, the newest month so far."""
    return (*month_ends(on, months)[:-1], on)


def whole_months(taken_on: date, months: int) -> tuple[date, ...]:
    """The newest `months` month ends that data of this day covers whole."""
    last = taken_on if taken_on == month_end(taken_on) else taken_on.replace(day=1) - timedelta(days=1)
    return month_ends(last, months)


def manifest_of(
    extract_digest: str,
    taken_on: date,
    library: Library,
    code_version: str,
    rejected_rows: int | None = None,
    made_at: datetime | None = None,
) -> ReportManifest:
    """What the figures are made of: the extract, the lists and the rules by their digests."""
    return ReportManifest(
        extract_digest,
        taken_on,
        {slug: library.codelist(slug).digest for slug in CODELISTS},
        {indicator.slug: indicator.digest for indicator in INDICATORS.values()},
        code_version,
        rejected_rows,
        made_at,
    )


def _behind(
    practice: PackedPractice, indicators: Iterable[Indicator], on: date, public_ids: Mapping[str, str]
) -> Iterator[PeopleBehind]:
    for indicator in indicators:
        outcomes = members(practice, indicator, on)
        for outcome in Outcome:
            # Everyone without asthma fails to be on the register: no list for anyone to work through.
            if indicator.direction is Direction.NEITHER and outcome is not Outcome.MET:
                continue
            found = tuple(public_ids[person] for person, given in outcomes.items() if given is outcome)
            yield PeopleBehind(indicator.slug, outcome, found)


def _series(indicator: Indicator, counts: Counts, month_ends: Sequence[date]) -> IndicatorSeries:
    figures = tuple(
        MonthFigure(
            on,
            int(counts.denominator[place]),
            int(counts.numerator[place]),
            int(counts.excluded[place]),
            int(counts.cannot_tell[place]),
            indicator.version_on(on),
        )
        for place, on in enumerate(month_ends)
    )
    chart = draw_chart(figures)
    verdict = judge(chart, indicator.direction)
    return IndicatorSeries(indicator.slug, indicator.direction, figures, chart, verdict)


def earlier_of(figures: Sequence[MonthFigure]) -> MonthFigure:
    """The month that the newest is compared with."""
    return figures[max(0, len(figures) - 1 - COMPARED_MONTHS)]


def _headline(series: Mapping[str, IndicatorSeries]) -> Iterator[Fact]:
    lead = series.get(LEAD)
    if lead is None:
        return
    now, then = lead.newest, earlier_of(lead.figures)
    more = now.numerator - then.numerator
    if then is not now:
        code = FactCode.MORE if more > 0 else FactCode.FEWER if more < 0 else FactCode.AS_MANY
        yield Fact(code, LEAD, abs(more), then.month_end)
    if more:
        beyond = differ(now, then) and (more > 0) == ((now.rate or 0) > (then.rate or 0))
        yield Fact(FactCode.BEYOND_CHANCE if beyond else FactCode.WITHIN_CHANCE, LEAD, abs(more))
    without = now.denominator - now.numerator
    yield Fact(FactCode.STILL_WITHOUT, LEAD, without, outcome=Outcome.NOT_MET)
    if after := series.get(AFTER_ATTACK):
        missed = after.newest.denominator - after.newest.numerator
        yield Fact(FactCode.WITHOUT_AFTER_ATTACK, AFTER_ATTACK, missed, outcome=Outcome.NOT_MET)
