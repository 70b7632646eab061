"""A practice's report: counted, checked by both engines, charted, compared, split, and kept as codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

from imp2art.audit.bits.grid import Grid
from imp2art.audit.compare import compare_engines
from imp2art.audit.disclosure.rounding import rounded
from imp2art.audit.engine import Counts, Engine, OutcomeMasks, count
from imp2art.audit.indicator import Direction, Indicator
from imp2art.audit.packing.pack import PackedPractice, pack_practice
from imp2art.audit.packs import indicators_for, pack_of
from imp2art.audit.peers import PeerFigures, PeerPractice, compare_with, fifth_of, size_band
from imp2art.audit.register import REGISTER_SLUG
from imp2art.audit.reports.chance import draw_chart, judge
from imp2art.audit.reports.equity import groups_of, split
from imp2art.audit.reports.headline import headline_of, plain_headline_of
from imp2art.audit.reports.report import (
    AuditReport,
    EquitySplit,
    IndicatorSeries,
    MonthFigure,
    PeopleBehind,
    ReportManifest,
)
from imp2art.codes.library import Library
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import financial_year, month_end, month_ends

# What leads a report: one of each thing that a team can act on. Those not counted leave no gap.
KEY = ("plan-12-months", "saba-6", "review-12-months", "follow-up-2-days", "control-poor", "oral-steroids-2")


def draft_report(
    practice: PracticeCode,
    practice_name: str,
    tables: Mapping[str, pa.Table],
    days: tuple[date, ...],
    manifest: ReportManifest,
    library: Library,
    public_ids: Mapping[str, str] | None = None,
    *,
    nation: str = "England",
    peers: PeerFigures | None = None,
) -> AuditReport:
    """The whole report from the four clean tables of one practice, as at each of `days` (`audit_days`).

    It has the indicators of the `nation` (`England` or `england`) that the library has codes for, and
    says which are missing; `peers` are the protected figures of other practices.
    `public_ids` maps a patient's id in the tables to the public one; with it the report keeps who is
    behind its numbers. Raises `Refusal` where the two engines differ, and for more than 60 days.
    """
    nation = pack_of(nation, financial_year(days[-1])).nation
    indicators, lacking = indicators_for(nation, library)
    packed = pack_practice(tables, indicators, library)
    counted = count(packed, indicators, days)
    checks = compare_engines(tables, packed, indicators, days, library)
    newest = _outcomes_on(packed, indicators, days[-1])
    splits = _splits(packed, newest, days[-1])
    series = tuple(_series(each, counted[each.slug], days, splits[each.slug]) for each in indicators)
    if peers is not None:
        series = _compared(series, peers, own_facts(practice, nation, packed, series))
    by_slug = {each.slug: each for each in series}
    return AuditReport(
        practice,
        practice_name,
        days,
        series,
        tuple(headline_of(by_slug)),
        checks,
        replace(manifest, packs=_packs(nation, days)),
        tuple(_behind(packed, indicators, newest, public_ids)) if public_ids else (),
        plain_headline=tuple(plain_headline_of(by_slug)),
        key=tuple(slug for slug in KEY if slug in by_slug),
        nation=nation,
        not_configured=dict(lacking),
        peers_of=peers.month_ends[-1] if peers is not None and peers.month_ends else None,
    )


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
    *,
    nation: str = "England",
) -> ReportManifest:
    """What the figures are made of: the extract, the lists and the rules by their digests."""
    indicators, _ = indicators_for(nation, library)
    lists = sorted({slug for indicator in indicators for slug in indicator.codelists})
    return ReportManifest(
        extract_digest,
        taken_on,
        {slug: library.codelist(slug).digest for slug in lists},
        {indicator.slug: indicator.digest for indicator in indicators},
        code_version,
        rejected_rows,
        made_at,
    )


def own_facts(
    practice: PracticeCode, nation: str, packed: PackedPractice, series: Iterable[IndicatorSeries]
) -> PeerPractice:
    """What makes other practices similar to this one: its list's size and its patients' deprivation.

    The size is rounded as it leaves the practice, so that inside and outside mean the same practices.
    """
    on_list = next((each.newest.denominator for each in series if each.slug == REGISTER_SLUG), len(packed))
    return PeerPractice(str(practice), nation, size_band(rounded(on_list)), fifth_of(packed.people.decile))


def _packs(nation: str, days: Sequence[date]) -> dict[str, str]:
    """The packs of the financial years that the days lie in, by name."""
    packs = [pack_of(nation, year) for year in dict.fromkeys(map(financial_year, days))]
    return {pack.name: pack.digest for pack in packs}


def _outcomes_on(
    practice: PackedPractice, indicators: Sequence[Indicator], on: date
) -> dict[str, OutcomeMasks]:
    engine = Engine(practice.people, Grid((on,)))
    return {indicator.slug: engine.outcomes(indicator) for indicator in indicators}


def _splits(
    practice: PackedPractice, newest: Mapping[str, OutcomeMasks], on: date
) -> dict[str, tuple[EquitySplit, ...]]:
    groups = groups_of(practice.people, on)
    return {
        slug: split(found.met != 0, (found.met | found.not_met) != 0, groups)
        for slug, found in newest.items()
    }


def _compared(
    series: Iterable[IndicatorSeries], peers: PeerFigures, own: PeerPractice
) -> tuple[IndicatorSeries, ...]:
    return tuple(replace(each, comparison=compare_with(peers, own, each)) for each in series)


def _behind(
    practice: PackedPractice,
    indicators: Iterable[Indicator],
    newest: Mapping[str, OutcomeMasks],
    public_ids: Mapping[str, str],
) -> Iterator[PeopleBehind]:
    for indicator in indicators:
        found = newest[indicator.slug]
        for outcome, mask in (
            (Outcome.MET, found.met),
            (Outcome.NOT_MET, found.not_met),
            (Outcome.NOT_APPLICABLE, found.excluded),
            (Outcome.CANNOT_TELL, found.cannot_tell),
        ):
            # Everyone without asthma fails to be on the register: no list for anyone to work through.
            if indicator.direction is Direction.NEITHER and outcome is not Outcome.MET:
                continue
            people = tuple(public_ids[practice.patient_ids[at]] for at in np.flatnonzero(mask))
            yield PeopleBehind(indicator.slug, outcome, people)


def _series(
    indicator: Indicator, counts: Counts, days: Sequence[date], equity: tuple[EquitySplit, ...]
) -> IndicatorSeries:
    figures = tuple(
        MonthFigure(
            on,
            int(counts.denominator[place]),
            int(counts.numerator[place]),
            int(counts.excluded[place]),
            int(counts.cannot_tell[place]),
            indicator.version_on(on),
        )
        for place, on in enumerate(days)
    )
    chart = draw_chart(figures)
    return IndicatorSeries(
        indicator.slug,
        indicator.direction,
        figures,
        chart,
        judge(chart, indicator.direction),
        equity=equity,
        topic=indicator.topic,
        evidence=indicator.evidence,
    )
