"""A practice's figures as they leave it. A hidden count is None, never 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from imp2art.audit.disclosure.rounding import LEAST_SHOWN
from imp2art.audit.reports.report import Dimension
from imp2art.core.identifiers import PracticeCode


@dataclass(frozen=True, slots=True)
class ProtectedFigure:
    """One indicator in one month: multiples of 5, or None where hidden."""

    slug: str
    denominator: int | None
    numerator: int | None

    @property
    def share(self) -> float | None:
        """The rate, from 0 to 1, of the rounded counts; None where they, or those who did not meet it,
        are hidden or too few."""
        return share_of(self.denominator, self.numerator)


def share_of(denominator: int | None, numerator: int | None) -> float | None:
    """A rate of rounded counts, where enough people met it and enough did not."""
    if denominator is None or numerator is None or denominator - numerator <= LEAST_SHOWN:
        return None
    return numerator / denominator


@dataclass(frozen=True, slots=True)
class ProtectedGroup:
    """One group of a split."""

    group: str
    denominator: int | None
    numerator: int | None


@dataclass(frozen=True, slots=True)
class ProtectedSplit:
    """One indicator's newest month by one dimension. A total is the sum of its rounded groups."""

    slug: str
    dimension: Dimension
    groups: tuple[ProtectedGroup, ...]

    @property
    def denominator(self) -> int:
        """The sum of the groups that are shown."""
        return sum(group.denominator or 0 for group in self.groups)

    @property
    def numerator(self) -> int:
        """The sum of the groups that are shown."""
        return sum(group.numerator or 0 for group in self.groups)


@dataclass(frozen=True, slots=True)
class ProtectedMonth:
    """All indicators at one month end, and the splits made in that month's own report."""

    month_end: date
    figures: tuple[ProtectedFigure, ...]
    splits: tuple[ProtectedSplit, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtectedFigures:
    """What left one practice with one report; months are oldest first."""

    practice: PracticeCode
    months: tuple[ProtectedMonth, ...]


_TEXT, _COUNT = pa.string(), pa.int32()
FIGURES = pa.schema(
    [
        ("practice", _TEXT),
        ("indicator", _TEXT),
        ("month_end", pa.date32()),
        ("denominator", _COUNT),
        ("numerator", _COUNT),
        ("share", pa.float64()),
    ]
)
SPLITS = pa.schema(
    [
        ("practice", _TEXT),
        ("indicator", _TEXT),
        ("month_end", pa.date32()),
        ("dimension", _TEXT),
        ("group", _TEXT),
        ("denominator", _COUNT),
        ("numerator", _COUNT),
        ("share", pa.float64()),
    ]
)


def protected_figures_table(released: Iterable[ProtectedFigures]) -> pa.Table:
    """Every released figure once, columns as `FIGURES`; null is hidden."""
    rows = {
        (row["practice"], row["indicator"], row["month_end"]): row
        for each in released
        for row in _figure_rows(each)
    }
    return pa.Table.from_pylist(list(rows.values()), FIGURES)


def protected_splits_table(released: Iterable[ProtectedFigures]) -> pa.Table:
    """Every released group of every split once, columns as `SPLITS`; null is hidden."""
    names = ("practice", "indicator", "month_end", "dimension", "group")
    rows = {tuple(row[name] for name in names): row for each in released for row in _split_rows(each)}
    return pa.Table.from_pylist(list(rows.values()), SPLITS)


def _figure_rows(released: ProtectedFigures) -> Iterator[dict[str, object]]:
    for month in released.months:
        for figure in month.figures:
            yield {
                "practice": str(released.practice),
                "indicator": figure.slug,
                "month_end": month.month_end,
                "denominator": figure.denominator,
                "numerator": figure.numerator,
                "share": figure.share,
            }


def _split_rows(released: ProtectedFigures) -> Iterator[dict[str, object]]:
    for month in released.months:
        for split in month.splits:
            for group in split.groups:
                yield {
                    "practice": str(released.practice),
                    "indicator": split.slug,
                    "month_end": month.month_end,
                    "dimension": split.dimension.value,
                    "group": group.group,
                    "denominator": group.denominator,
                    "numerator": group.numerator,
                    "share": share_of(group.denominator, group.numerator),
                }
