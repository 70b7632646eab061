"""The sentences of a report beside its figures: comparison, best and worst, groups, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.audit.reports.report import (
    AuditReport,
    Comparison,
    EquitySplit,
    Fact,
    GroupFigure,
    IndicatorSeries,
    PeerGroup,
)
from imp2art.documents.charts.equity_bars import FEW, dimension_words, group_words
from imp2art.documents.figure_words import share_in_words
from imp2art.documents.words import day_in_words, find_phrase, has_phrase, month_in_words, phrase

BOOK = "report"
INDICATORS = "indicators"


def say(slug: str, **values: object) -> str:
    """A phrase of the report."""
    return phrase(BOOK, slug, **values)


def title_of(slug: str) -> str:
    """An indicator's title."""
    return phrase(INDICATORS, f"{slug}-title")


def count_in_words(series: IndicatorSeries) -> str:
    """How many people met it in the newest month, of how many."""
    newest = series.newest
    return phrase(
        INDICATORS, f"{series.slug}-count", numerator=f"{newest.numerator:,}", count=newest.denominator
    )


def fact_in_words(fact: Fact) -> str:
    """The sentence of a headline fact."""
    slug = f"{fact.slug}-fact-{fact.code}".lstrip("-")
    if not fact.number and has_phrase(BOOK, f"{slug}-none"):
        return say(f"{slug}-none")
    book = INDICATORS if has_phrase(INDICATORS, slug) else BOOK
    values: dict[str, object] = {"count": fact.number}
    if fact.since is not None:
        values["since"] = day_in_words(fact.since)
    asked = find_phrase(book, slug).slots
    return phrase(book, slug, **{name: value for name, value in values.items() if name in asked})


def place_in_words(comparison: Comparison) -> str:
    """Where the practice stood, and in which month, in one sentence."""
    month = month_in_words(comparison.month_end)
    if comparison.better_than is None:
        if not comparison.own.denominator:
            return say("compare-nobody", month=month)
        low, high = share_in_words(comparison.band[1]), share_in_words(comparison.band[3])
        return say("compare-neither", low=low, high=high, month=month)
    tenths = int(10 * comparison.better_than + 0.5)
    if tenths in (0, 10):
        return say("compare-best" if tenths else "compare-worst", month=month)
    return say("compare-better-than", tenths=tenths, month=month)


def funnel_in_words(comparison: Comparison) -> Iterator[str]:
    """Whether the practice lies outside the funnel, and how far its limits go."""
    if comparison.own.denominator:
        yield say("compare-outside" if comparison.outside else "compare-inside")
    yield say("compare-limits")
    if comparison.spread is not None:
        yield say("compare-spread", times=f"{comparison.spread:.1f}")


def comparison_in_words(series: IndicatorSeries, report: AuditReport) -> tuple[str, ...]:
    """Where the practice stands, who the others are, and how far that can be trusted."""
    comparison = series.comparison
    if comparison is None:
        return (say("compare-too-few" if report.peers_of else "compare-none-at-hand"),)
    return tuple(_comparison(comparison))


def _comparison(comparison: Comparison) -> Iterator[str]:
    _, low, middle, high, _ = map(share_in_words, comparison.band)
    yield place_in_words(comparison)
    if comparison.better_than is not None:
        yield say("compare-half", low=low, middle=middle, high=high)
    yield from funnel_in_words(comparison)
    yield from extremes_in_words(comparison)
    yield _group(comparison.group, month_in_words(comparison.month_end))
    if comparison.hidden:
        yield say("compare-hidden", count=comparison.hidden)
    yield say("compare-rounded")


def extremes_in_words(comparison: Comparison) -> Iterator[str]:
    """Why the practice is in the best tenth and in the worst, where it is."""
    found = comparison.extremes
    if found is None:
        return
    names = {True: say("extremes-similar"), False: say("extremes-all")}
    yield say(
        "extremes",
        best=month_in_words(found.best_at),
        worst=month_in_words(found.worst_at),
        best_group=names[found.best_of_similar],
        worst_group=names[found.worst_of_similar],
    )
    yield say(f"extremes-{found.reason}")


def _group(group: PeerGroup, month: str) -> str:
    return say(
        "compare-group",
        count=group.practices,
        nation=group.nation,
        size=_size(group),
        deprivation=say(f"compare-fifth-{group.fifth or 'any'}"),
        month=month,
    )


def _size(group: PeerGroup) -> str:
    if group.least is None:
        return say("compare-size-any")
    if group.most is None:
        return say("compare-size-from", least=f"{group.least:,}")
    if not group.least:
        return say("compare-size-to", most=f"{group.most + 1:,}")
    return say("compare-size", least=f"{group.least:,}", most=f"{group.most:,}")


def equity_in_words(series: IndicatorSeries) -> tuple[str, ...]:
    """One sentence for each dimension; those that differ come first."""
    if not series.newest.denominator:
        return (say("equity-none"),)
    ordered = sorted(series.equity, key=lambda split: not split.beyond_chance)
    return tuple(_split(split) for split in ordered)


def _split(split: EquitySplit) -> str:
    dimension = dimension_words(split)
    if split.too_few:
        return say("equity-too-few", dimension=dimension)
    if not split.beyond_chance:
        return say("equity-alike", dimension=dimension)
    # The ends are named from groups that are large enough to have a share.
    large = [group for group in split.groups if group.denominator >= FEW and group.group != "not-known"]
    low, high = min(large, key=_rate), max(large, key=_rate)
    return say(
        "equity-differ",
        dimension=dimension,
        low=share_in_words(_rate(low)),
        low_group=group_words(low).lower(),
        high=share_in_words(_rate(high)),
        high_group=group_words(high).lower(),
    )


def _rate(group: GroupFigure) -> float:
    return group.rate or 0.0


def not_configured_in_words(report: AuditReport) -> str:
    """Which indicators could not be counted; empty where none."""
    if not report.not_configured:
        return ""
    titles = sorted(title_of(slug) for slug in report.not_configured)
    return say("not-configured", titles="; ".join(titles))
