"""The small line: its shape, its words, and its colour against paper."""

from xml.etree import ElementTree

import pytest

from imp2art.documents.charts.sparkline import draw_sparkline
from imp2art.documents.charts.svg import BLUE

SVG = "{http://www.w3.org/2000/svg}"


def parsed(*values: float | None) -> ElementTree.Element:
    return ElementTree.fromstring(draw_sparkline(values, "Relievers"))


def test_it_says_where_it_begins_and_ends() -> None:
    assert parsed(3, None, 9, 2.5)[1].text == "3 to 2.5, lowest 2.5, highest 9."


@pytest.mark.parametrize("values", [(), (None,), (None, None)])
def test_no_figure_is_said(values: tuple[None, ...]) -> None:
    assert parsed(*values)[1].text == "No figures."


def test_a_gap_begins_a_new_line() -> None:
    path = parsed(1, 2, None, 3).find(f"{SVG}path")
    assert path is not None
    assert path.attrib["d"].count("M") == 2


def test_the_dot_is_on_the_newest_known_value() -> None:
    dot = parsed(1, 5, None).find(f"{SVG}circle")
    assert dot is not None
    assert (float(dot.attrib["cx"]), float(dot.attrib["cy"])) == (60.0, 4.0)


@pytest.mark.parametrize("values", [(4,), (4, 4, 4), (0, 0)])
def test_a_level_line_is_in_the_middle(values: tuple[float, ...]) -> None:
    dot = parsed(*values).find(f"{SVG}circle")
    assert dot is not None
    assert float(dot.attrib["cy"]) == 16


def test_the_blue_of_the_charts_is_dark_enough_on_white() -> None:
    """WCAG 1.4.3 and 1.4.11: at least 4.5 to 1."""
    parts = [int(BLUE[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5
