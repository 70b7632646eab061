"""Drawings of a comparison and of groups: the same numbers as their tables, and no more exact ones."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from imp2art.audit.reports.report import PeerPoint
from imp2art.documents.charts.equity_bars import draw_equity, rows_of_equity
from imp2art.documents.charts.funnel import draw_funnel, reach_of, rows_of_funnel
from imp2art.documents.charts.paper import Words, for_paper
from imp2art.documents.charts.percentile_band import draw_band, rows_of_band
from imp2art.documents.charts.run_chart import draw_series
from imp2art.documents.charts.small_run import draw_small_run
from imp2art.documents.charts.svg import picture, words
from tests.compared import COMPARED

SVG = "{http://www.w3.org/2000/svg}"
PLANS = COMPARED.series_of("plan-12-months")
BESIDE = PLANS.comparison


def drawings() -> list[str]:
    return [
        draw_funnel(BESIDE, "Plans"),
        draw_band(BESIDE, "Plans", PLANS.direction),
        draw_equity(PLANS, "Plans"),
        draw_small_run(PLANS, "Plans"),
    ]


@pytest.mark.parametrize("at", range(4))
def test_a_drawing_says_what_it_shows(at):
    root = ElementTree.fromstring(drawings()[at])
    title, about = root[0], root[1]
    assert title.text
    assert re.search(r"\d+%", about.text)


def test_every_other_practice_is_one_dot_with_rounded_numbers():
    told = re.findall(r"A similar practice: [\d.]+%, about (\d+) of (\d+) people", drawings()[0])
    assert len(told) == len(BESIDE.points) == 20
    assert all(int(count) % 5 == 0 for pair in told for count in pair)


def test_nobody_else_is_named():
    assert not any("C0000" in drawing for drawing in drawings())


def test_rows_of_the_funnel_hold_every_practice_and_never_one_alone():
    rows = rows_of_funnel(BESIDE)
    assert sum(row.practices for row in rows) == 20
    assert min(row.practices for row in rows) >= 4


def test_the_funnel_narrows():
    wide, narrow = reach_of(0.3, 50, 1.96), reach_of(0.3, 500, 1.96)
    assert wide[0] < narrow[0] < 0.3 < narrow[1] < wide[1]
    assert reach_of(0.02, 10, 3.09)[0] == 0.0


def test_a_practice_with_nobody_counted_has_no_mark():
    nobody = draw_funnel(replace(BESIDE, own=PeerPoint(0, 0)), "Plans")
    assert "This practice: nobody is counted" in nobody


def test_rows_of_the_band_rise():
    shares = [float(share.rstrip("%")) for _, share in rows_of_band(BESIDE)[1:]]
    assert shares == sorted(shares)
    assert len(shares) == 5


def test_rows_of_groups_add_up():
    rows = rows_of_equity(PLANS)
    by_age = [row for row in rows if row.dimension == "Age"]
    assert sum(row.denominator for row in by_age) == PLANS.newest.denominator
    assert sum(row.numerator for row in by_age) == PLANS.newest.numerator


def test_a_thumb_is_small():
    assert len(drawings()[3]) < 1_500


def test_a_title_cannot_write_into_a_drawing():
    assert "<b>" not in draw_funnel(BESIDE, "<b>") + draw_equity(PLANS, "<b>")


@pytest.mark.parametrize("svg", [*drawings(), draw_series(PLANS, "Plans & <steps>")])
def test_on_paper_a_drawing_keeps_every_word_and_every_shape(svg):
    drawn, whole = for_paper(svg), ElementTree.fromstring(svg)
    shapes = ElementTree.fromstring(drawn.shapes)
    assert [each.text for each in drawn.words] == [each.text for each in whole.iter(f"{SVG}text")]
    assert not {each.tag for each in shapes.iter()} & {f"{SVG}text", f"{SVG}title", f"{SVG}desc"}
    for tag in ("path", "rect", "circle", "line", "polyline"):
        assert len(list(shapes.iter(f"{SVG}{tag}"))) == len(list(whole.iter(f"{SVG}{tag}")))
    assert (drawn.width, drawn.height) == tuple(map(float, whole.attrib["viewBox"].split()[2:]))


@pytest.mark.parametrize("svg", [*drawings(), draw_series(PLANS, "Plans")])
def test_no_word_lies_in_a_group_that_is_moved(svg):
    moved = [group for group in ElementTree.fromstring(svg).iter() if "transform" in group.attrib]
    assert not [word for group in moved for word in group.iter(f"{SVG}text")]


def test_words_on_paper_keep_their_place():
    svg = picture(100, 40, "Plans", "A line.", words(3, 12.5, "5 < 6", anchor="end", bold=True, size=14))
    assert for_paper(svg).words == (Words(3, 12.5, "end", 14, True, "5 < 6"),)


def test_what_has_no_size_is_no_drawing_for_paper():
    with pytest.raises(ValueError, match="view box"):
        for_paper("<svg></svg>")
