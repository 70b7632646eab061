"""A practice beside similar ones: same nation, about the same size of list and the same deprivation.

The figures of others are protected before they come here, so each is a multiple of 5 or hidden. That
shifts a practice's place among them a little; the words of the report say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.chance import error_of
from imp2art.audit.reports.extremes import Place, extremes_of
from imp2art.audit.reports.report import Comparison, IndicatorSeries, MonthFigure, PeerGroup, PeerPoint
from imp2art.audit.reports.spread import spread_of
from imp2art.core.refusal import Refusal

# [C] choices of this project: no source was found for them.
SIZE_BANDS: tuple[tuple[int, int | None], ...] = (
    (0, 4_999),
    (5_000, 9_999),
    (10_000, 14_999),
    (15_000, None),
)
ENOUGH = 10  # practices with a shown figure; with fewer a tenth of them is nobody
MOST_HIDDEN = 0.2  # the hidden ones are the small ones: without so many of them the rest would mislead
FUNNEL_ERRORS = (1.96, 3.09)  # standard errors: 95% and 99.8%
HIDDEN = -1
LEAST_SHOWN = 10  # 8 and 9, the least that are shown, are rounded up
DECILES = 11  # of deprivation: 1 to 10, and 0 for not known
_PERCENTS = (10, 25, 50, 75, 90)

Shares = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class PeerPractice:
    """What makes practices similar. `band` is a place in `SIZE_BANDS`, so that no size of a list leaves
    exactly; `fifth` is 1 (most deprived) to 5, None where it is not known. `code` keeps a practice from
    being compared with itself and is shown to nobody.
    """

    code: str
    nation: str
    band: int
    fifth: int | None


@dataclass(frozen=True, slots=True)
class PeerTable:
    """One indicator's people by month end and practice; None is hidden."""

    denominators: tuple[tuple[int | None, ...], ...]
    numerators: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """The protected figures of many practices, indicators by slug; month ends are oldest first."""

    month_ends: tuple[date, ...]
    practices: tuple[PeerPractice, ...]
    tables: dict[str, PeerTable]


def size_band(list_size: int) -> int:
    """The place in `SIZE_BANDS` of a list of so many people."""
    return max(place for place, (least, _) in enumerate(SIZE_BANDS) if list_size >= least)


def fifth_of(deciles: NDArray[np.uint8]) -> int | None:
    """The fifth of deprivation that the mean decile of these people lies in, 1 most deprived; None where
    fewer than half are known (0 is not known)."""
    return fifth_in(np.bincount(deciles, minlength=DECILES))


def fifth_in(counts: Counts) -> int | None:
    """`fifth_of` so many people in each decile: `DECILES` counts, the first of those not known."""
    known = int(counts[1:].sum())
    if not known or 2 * known < int(counts.sum()):
        return None
    mean = float(counts @ np.arange(DECILES)) / known
    return int(min(4, (mean - 0.5) // 2)) + 1


def peer_figures(
    month_ends: tuple[date, ...],
    practices: Sequence[PeerPractice],
    slugs: Sequence[str],
    denominators: Counts,
    numerators: Counts,
) -> PeerFigures:
    """The figures from protected tables of shape (indicator, month, practice); `HIDDEN` for hidden.

    Raises `Refusal` for a count that is not protected: none of those may reach another practice.
    """
    tables = {slug: peer_table(denominators[at], numerators[at]) for at, slug in enumerate(slugs)}
    return PeerFigures(month_ends, tuple(practices), tables)


def peer_table(denominators: Counts, numerators: Counts) -> PeerTable:
    """One indicator's figures from protected tables of shape (month, practice); `HIDDEN` for hidden.

    Raises `Refusal` for a count that is not protected.
    """
    for counts in (denominators, numerators):
        _check_shown(np.unique(counts[counts != HIDDEN]).tolist())
    return PeerTable(_rows(denominators), _rows(numerators))


_MOST_PEOPLE = 10_000_000  # more than any practice's list: sums of shares stay small


def check_protected(figures: PeerFigures) -> None:
    """Raise `Refusal` for figures, such as those of a file, that are not whole or make no sense, or with a
    count that is not protected."""
    _check_whole(figures)
    shown = {
        count
        for table in figures.tables.values()
        for counts in (*table.numerators, *table.denominators)
        for count in counts
        if count is not None
    }
    _check_shown(shown)


def _check_whole(figures: PeerFigures) -> None:
    codes, ends = [each.code for each in figures.practices], list(figures.month_ends)
    if not figures.tables or not codes or len(set(codes)) < len(codes) or ends != sorted(set(ends)):
        raise Refusal(
            "These figures name no indicator or no practice, or a practice or month twice or out of order. "
            "Make them again with a national audit."
        )
    for slug, table in figures.tables.items():
        if not _has_shape(table.numerators, ends, codes) or not _has_shape(table.denominators, ends, codes):
            raise Refusal(f"The figures of {slug} lack a month or a practice. Make them again.")
        rows = zip(table.numerators, table.denominators, strict=True)
        if any(_is_no_share(*cell) for row in rows for cell in zip(*row, strict=True)):
            raise Refusal(f"The figures of {slug} hold a count that no practice can have. Make them again.")


def _has_shape(table: Sequence[Sequence[int | None]], ends: Sequence[date], codes: Sequence[str]) -> bool:
    return len(table) == len(ends) and all(len(row) == len(codes) for row in table)


def _is_no_share(numerator: int | None, denominator: int | None) -> bool:
    return (denominator or 0) > _MOST_PEOPLE or (numerator or 0) > (
        _MOST_PEOPLE if denominator is None else denominator
    )


def _check_shown(counts: Iterable[int]) -> None:
    if any(count < LEAST_SHOWN or count % 5 for count in counts):
        raise Refusal("These figures are not protected: a count is under 10 or no multiple of 5.")


def _rows(table: Counts) -> tuple[tuple[int | None, ...], ...]:
    return tuple(tuple(None if cell == HIDDEN else cell for cell in row) for row in table.tolist())


def compare_with(peers: PeerFigures, own: PeerPractice, series: IndicatorSeries) -> Comparison | None:
    """One indicator beside similar practices, at the newest month end that both have.

    The group is widened, first to lists of every size, then to every deprivation, until `ENOUGH`
    practices of it have a figure that is shown. None where even the nation has too few.
    """
    table = peers.tables.get(series.slug)
    both = [figure for figure in series.figures if figure.month_end in peers.month_ends]
    if table is None or not both:
        return None
    newest = both[-1]
    counts = _counts_at(peers, table, newest.month_end)
    chosen = _choose(peers, own, _shown(counts))
    if chosen is None:
        return None
    group, inside = chosen
    found = _compare(group, counts[:, inside & _shown(counts)], newest, series.direction)
    places = tuple(_places(peers, own, table, both, inside, series.direction))
    hidden = int((inside & ~_shown(counts)).sum())
    return replace(found, hidden=hidden, extremes=extremes_of(places))


def as_it_leaves(comparison: Comparison, own: PeerPoint, direction: Direction) -> Comparison:
    """The same practices beside this one's protected counts, as it may be shown outside the practice.

    Its place is worked out from those counts; best and worst, which exact ones decided, are left out.
    """
    rates = np.array([point.numerator / point.denominator for point in comparison.points])
    figure = MonthFigure(comparison.month_end, own.denominator, own.numerator, 0, 0, "")
    return replace(
        comparison,
        own=own,
        better_than=_better_than(figure.rate, rates, direction),
        outside=_is_outside(figure, comparison.centre),
        extremes=None,
    )


def _counts_at(peers: PeerFigures, table: PeerTable, on: date) -> Shares:
    """Denominators and numerators of every practice at a month end; nan where one is hidden."""
    at = peers.month_ends.index(on)
    return np.array((table.denominators[at], table.numerators[at]), np.float64)


def _shown(counts: Shares) -> Flags:
    shown: Flags = ~np.isnan(counts).any(axis=0) & (counts[0] > 0)
    return shown


def _choose(peers: PeerFigures, own: PeerPractice, shown: Flags) -> tuple[PeerGroup, Flags] | None:
    """The narrowest group that is large enough. Deprivation is kept longest: asthma follows it."""
    for sized, deprived in ((True, True), (False, True), (True, False), (False, False)):
        fifth = own.fifth if deprived else None
        if deprived and fifth is None:
            continue
        inside = np.array([_is_similar(each, own, sized, deprived) for each in peers.practices], np.bool_)
        count = int((inside & shown).sum())
        if count >= ENOUGH and inside.sum() - count <= MOST_HIDDEN * inside.sum():
            least, most = SIZE_BANDS[own.band] if sized else (None, None)
            return PeerGroup(own.nation, least, most, fifth, count), inside
    return None


def _is_similar(each: PeerPractice, own: PeerPractice, sized: bool, deprived: bool) -> bool:
    return (
        each.code != own.code
        and each.nation == own.nation
        and (each.band == own.band or not sized)
        and (each.fifth == own.fifth or not deprived)
    )


def _compare(group: PeerGroup, counts: Shares, newest: MonthFigure, direction: Direction) -> Comparison:
    rates = counts[1] / counts[0]
    centre = float(counts[1].sum() / counts[0].sum())
    points = tuple(PeerPoint(int(people), int(met)) for people, met in counts.T)
    low, quarter, middle, three, high = (float(rate) for rate in np.percentile(rates, _PERCENTS))
    return Comparison(
        group=group,
        month_end=newest.month_end,
        own=PeerPoint(newest.denominator, newest.numerator),
        band=(low, quarter, middle, three, high),
        centre=centre,
        points=points,
        better_than=_better_than(newest.rate, rates, direction),
        outside=_is_outside(newest, centre),
        spread=spread_of(points, centre),
    )


def _better_than(rate: float | None, rates: Shares, direction: Direction) -> float | None:
    if rate is None or direction is Direction.NEITHER:
        return None
    worse = rates < rate if direction is Direction.HIGHER else rates > rate
    return float((worse + (rates == rate) / 2).mean())


def _is_outside(newest: MonthFigure, centre: float) -> bool:
    if newest.rate is None:
        return False
    return abs(newest.rate - centre) > FUNNEL_ERRORS[1] * error_of(centre, newest.denominator)


def _places(
    peers: PeerFigures,
    own: PeerPractice,
    table: PeerTable,
    figures: Sequence[MonthFigure],
    similar: Flags,
    direction: Direction,
) -> Iterator[Place]:
    """Where the practice stood in each month that both have, among similar practices and among all."""
    nation = np.array([_is_similar(each, own, False, False) for each in peers.practices], np.bool_)
    for figure in figures:
        counts = _counts_at(peers, table, figure.month_end)
        for group, is_similar in ((similar, True), (nation, False)):
            inside = group & _shown(counts)
            if inside.sum() >= ENOUGH:
                rates = counts[1, inside] / counts[0, inside]
                stands = _better_than(figure.rate, rates, direction)
                if stands is not None:
                    yield Place(figure, is_similar, stands, float(np.median(rates)))
