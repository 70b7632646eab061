"""Bars of one indicator by age, sex, ethnicity and deprivation, with the share of everyone as a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imp2art.audit.reports.report import EquitySplit, GroupFigure, IndicatorSeries
from imp2art.documents.charts.percents import Percents, percents_of
from imp2art.documents.charts.run_chart_words import say
from imp2art.documents.charts.svg import BLUE, element, line, marked, picture, words
from imp2art.documents.figure_words import of_people, share_words
from imp2art.documents.words import phrase

_WIDTH = 360
_LEFT, _RIGHT = 138, 300
_ROW, _HEAD, _TOP = 19, 24, 20
# [C] a share of fewer people than this says little: its numbers stand there without a bar.
FEW = 10


@dataclass(frozen=True, slots=True)
class EquityRow:
    """One group of the table. `share` is empty where nobody is counted."""

    dimension: str
    group: str
    share: str
    numerator: int
    denominator: int


def draw_equity(series: IndicatorSeries, title: str) -> str:
    """The bars; their table is `rows_of_equity`."""
    figures = [group for split in series.equity for group in split.groups]
    everyone = share_words(series.newest.numerator, max(1, series.newest.denominator))
    scale = percents_of(_drawn(figures), least_marks=1)
    height = _TOP + len(series.equity) * _HEAD + len(figures) * _ROW
    middle = _x(scale, series.newest.rate or 0.0)
    return picture(
        _WIDTH,
        height + 6,
        say("bars-title", title=title),
        say("bars-about", everyone=everyone),
        words(middle, 13, say("bars-line", share=everyone), anchor=_anchor(middle), size=12),
        *_bars(scale, series.equity),
        line(middle, _TOP, middle, height, width=1.2, dash="5 4"),
    )


def rows_of_equity(series: IndicatorSeries) -> tuple[EquityRow, ...]:
    """Every group of every dimension, in the order of the drawing."""
    return tuple(
        EquityRow(
            dimension_words(split),
            group_words(group),
            share_words(group.numerator, group.denominator) if group.denominator else "",
            group.numerator,
            group.denominator,
        )
        for split in series.equity
        for group in split.groups
    )


def dimension_words(split: EquitySplit) -> str:
    """`Age`."""
    return phrase("report", f"dimension-{split.dimension}")


def group_words(group: GroupFigure) -> str:
    """`Under 12`."""
    return phrase("report", f"group-{group.group}")


def _drawn(figures: Iterable[GroupFigure]) -> Iterator[float]:
    """The shares that have a bar, and the foot of the bars."""
    yield 0.0
    yield from (figure.rate or 0.0 for figure in figures if figure.denominator >= FEW)


def _x(scale: Percents, share: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * scale.place(share)


def _anchor(x: float) -> str:
    return "start" if x < _LEFT + 60 else "end" if x > _RIGHT - 40 else "middle"


def _bars(scale: Percents, splits: tuple[EquitySplit, ...]) -> Iterator[str]:
    y = _TOP
    for split in splits:
        yield words(0, y + 16, dimension_words(split), bold=True, size=12)
        y += _HEAD
        for group in split.groups:
            yield _bar(scale, group, y)
            y += _ROW


def _bar(scale: Percents, group: GroupFigure, y: float) -> str:
    share, name = share_words(group.numerator, group.denominator), group_words(group)
    counts = {"numerator": group.numerator, "denominator": group.denominator}
    said = say("bars-at", group=name, share=share, people=of_people(group.numerator, group.denominator))
    few = group.denominator < FEW
    wide = max(1.0, _x(scale, group.rate or 0.0) - _LEFT)
    bar = element("rect", x=_LEFT, y=y + 2, width=wide, height=_ROW - 6, fill=BLUE)
    return marked(
        said,
        words(_LEFT - 6, y + 12, name, anchor="end", size=12),
        "" if few else bar,
        words(_WIDTH - 2, y + 12, say("bars-few", **counts) if few else share, anchor="end", size=12),
        line(_LEFT, y, _LEFT, y + _ROW, width=0.8),
    )
