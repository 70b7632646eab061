"""The run chart as SVG: well-formed, in words too, honest in its scale, and never by colour alone."""

import re
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

import pytest

from imp2art.audit.indicator import Direction
from imp2art.audit.reports.report import IndicatorSeries, MonthFigure, Verdict
from imp2art.audit.run_chart import RunChart, Signal, SignalKind
from imp2art.core.period import month_ends
from imp2art.documents.charts.run_chart import draw_run_chart, draw_series, rows_of_series
from imp2art.documents.charts.run_chart_words import Point, rows_of_run_chart

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = month_ends(date(2026, 10, 31), 24)
HIGH = Signal(SignalKind.RUN, high=True, points=(22, 23))
LOW = Signal(SignalKind.RUN, high=False, points=(0, 1))


def months_of(*numerators: int, denominator: int = 100) -> list[Point]:
    return [(month, number, denominator) for month, number in zip(MONTHS, numerators, strict=False)]


def drawn(
    points: Sequence[Point],
    signals: Sequence[Signal] = (),
    direction: Direction = Direction.HIGHER,
    limits=None,
) -> ElementTree.Element:
    return ElementTree.fromstring(draw_run_chart(points, limits, signals, "Plans", direction))


def texts(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


STEADY = months_of(*range(40, 64))


def test_the_title_and_the_description_come_first() -> None:
    svg = drawn(STEADY)
    assert [child.tag for child in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert svg[0].text == "Plans"


def test_the_description_says_what_the_picture_shows() -> None:
    described = drawn(STEADY, (HIGH,), limits=[(0.5, 0.41, 0.592)] * 24)[1].text
    assert described == (
        "From November 2024 to October 2026, by month. October 2026: 63%, 63 of 100 people. "
        "Mean 50%; chance alone moves it between 41% and 59%. 2 months stand out from chance."
    )


def test_few_months_have_no_limits_and_the_description_says_so() -> None:
    assert "Too few months to say what chance alone does." in (drawn(STEADY[:3])[1].text or "")


def test_every_month_has_a_mark_with_its_people() -> None:
    svg = drawn(STEADY)
    marks = [title.text for title in svg.iter(f"{SVG}title")][1:]
    assert len(marks) == 24
    assert marks[0] == "November 2024: 40%, 40 of 100 people"


def test_a_month_with_nobody_leaves_a_gap() -> None:
    points = [*months_of(40, 41), (MONTHS[2], 0, 0), (MONTHS[3], 43, 100), (MONTHS[4], 44, 100)]
    assert len(list(drawn(points).iter(f"{SVG}polyline"))) == 2


def test_limits_are_drawn_from_where_they_begin_to_where_they_change() -> None:
    svg = drawn(STEADY, limits=[(0.5, 0.4, 0.6)] * 10 + [(0.55, 0.45, 0.65)] * 14)
    lines = [line.attrib["points"].split() for line in svg.iter(f"{SVG}polyline")][:3]
    assert [len(points) for points in lines] == [4, 4, 4]
    assert lines[0][0].startswith("40.0,")
    assert lines[0][-1].startswith("320")


@pytest.mark.parametrize(
    ("direction", "signal", "shape", "said"),
    [
        (Direction.HIGHER, HIGH, "path", "better than chance alone"),
        (Direction.HIGHER, LOW, "rect", "worse than chance alone"),
        (Direction.LOWER, HIGH, "rect", "worse than chance alone"),
        (Direction.LOWER, LOW, "path", "better than chance alone"),
        (Direction.NEITHER, LOW, "path", "more than chance alone"),
    ],
)
def test_a_month_that_stands_out_has_its_own_shape_and_words(
    direction: Direction, signal: Signal, shape: str, said: str
) -> None:
    marks = [mark for mark in drawn(STEADY, (signal,), direction).iter(f"{SVG}g") if len(mark) == 2]
    shapes = {mark[1].tag.removeprefix(SVG): mark[0].text or "" for mark in marks}
    assert shapes[shape].endswith(said)


@pytest.mark.parametrize(
    ("direction", "said"),
    [
        (Direction.HIGHER, "Higher is better"),
        (Direction.LOWER, "Lower is better"),
        (Direction.NEITHER, "Neither way is better"),
    ],
)
def test_the_good_direction_is_said_in_words(direction: Direction, said: str) -> None:
    assert texts(drawn(STEADY, direction=direction))[0] == said


def test_a_ripple_is_not_made_a_mountain() -> None:
    ticks = [int(text[:-1]) for text in texts(drawn(months_of(44, 45, 44))) if text.endswith("%")]
    assert max(ticks) - min(ticks) >= 8


@pytest.mark.parametrize("numerators", [(0,) * 5, (100,) * 5, (0, 100, 0), (50,)])
def test_the_scale_stays_between_none_and_all(numerators: tuple[int, ...]) -> None:
    shares = [int(text[:-1]) for text in texts(drawn(months_of(*numerators))) if text.endswith("%")]
    assert 0 <= min(shares) <= max(shares) <= 100


@pytest.mark.parametrize("points", [STEADY, months_of(0, 100), months_of(7), [(MONTHS[0], 0, 0)]])
def test_everything_is_inside_the_view(points: list[Point]) -> None:
    svg = drawn(points, limits=[(0.5, 0.0, 1.0)] * len(points))
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) <= width
        assert 8 <= float(text.attrib["y"]) <= height


def test_no_month_is_a_sentence_and_not_an_empty_picture() -> None:
    assert texts(drawn([])) == ["There are no months to show."]


def test_letters_are_large_enough_at_320_pixels() -> None:
    svg = drawn(STEADY)
    scale = 320 / float(svg.attrib["viewBox"].split()[2])
    assert min(float(text.attrib["font-size"]) * scale for text in svg.iter(f"{SVG}text")) >= 10.5


def test_the_title_cannot_break_out() -> None:
    svg = draw_run_chart(STEADY, None, (), '</title><script>alert("1")</script>\x00', Direction.HIGHER)
    assert "<script" not in svg
    assert ElementTree.fromstring(svg)[0].text == '</title><script>alert("1")</script>'


def test_nothing_outside_is_asked_for_and_no_style_is_inline() -> None:
    svg = draw_run_chart(STEADY, [(0.5, 0.4, 0.6)] * 24, (HIGH, LOW), "Plans", Direction.HIGHER)
    assert re.findall(r"(?:href|src|url|style)\s*[=(]", svg) == []
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_the_table_has_the_months_newest_first_with_people_and_signal() -> None:
    rows = rows_of_run_chart(STEADY, (HIGH,), Direction.HIGHER)
    assert (rows[0].month, rows[0].share, rows[0].numerator, rows[0].denominator, rows[0].signal) == (
        "October 2026",
        "63%",
        63,
        100,
        "better than chance alone",
    )
    assert rows[-1].signal == ""


def test_the_table_leaves_a_share_of_nobody_blank() -> None:
    assert rows_of_run_chart([(MONTHS[0], 0, 0)], (), Direction.HIGHER)[0].share == ""


def test_an_audit_series_draws_and_lists_itself() -> None:
    figures = tuple(MonthFigure(month, 100, number, 0, 0, "r") for month, number, _ in STEADY)
    shares = tuple(figure.rate for figure in figures)
    chart = RunChart(shares, 0.5, 0.4, 0.6, (HIGH,))
    series = IndicatorSeries("plan-12-months", Direction.HIGHER, figures, chart, Verdict.BETTER)
    assert draw_series(series, "Plans") == draw_run_chart(
        STEADY, [(0.5, 0.4, 0.6)] * 24, (HIGH,), "Plans", Direction.HIGHER
    )
    assert rows_of_series(series) == rows_of_run_chart(STEADY, (HIGH,), Direction.HIGHER)
