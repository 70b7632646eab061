"""The two years of a person: everything in the value is in the drawing and in the table."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from imp2art.asthma.attacks import Attack, AttackSign
from imp2art.asthma.inhalers import InhalerCount
from imp2art.asthma.year import InhalerMark, PlanSpan, YearOfCare
from imp2art.core.period import Period
from imp2art.documents.charts.year import draw_year
from imp2art.documents.charts.year_words import rows_of_year

SVG = "{http://www.w3.org/2000/svg}"
PERIOD = Period(date(2024, 11, 22), date(2026, 11, 22))
NOTHING = YearOfCare(PERIOD, (), (), InhalerCount(Decimal(0), 0, 0, None), (), (), (), (), (), (), ())


def covering(on: date, days: int) -> InhalerMark:
    return InhalerMark(on, "Clenil Modulite", Decimal(1), Period(on, on + timedelta(days=days)))


FULL = YearOfCare(
    period=PERIOD,
    preventers=(
        covering(date(2025, 1, 25), 50),
        InhalerMark(date(2025, 5, 20), "Clenil Modulite", Decimal(1), None),
    ),
    relievers=(
        InhalerMark(date(2025, 6, 1), "Salbutamol", Decimal(1), None),
        InhalerMark(date(2026, 4, 12), "Salbutamol", Decimal(2), None),
        InhalerMark(date(2026, 6, 12), "Salbutamol", None, None),
    ),
    relievers_in_year=InhalerCount(Decimal(2), 2, 1, date(2026, 6, 12)),
    steroid_courses=(date(2026, 3, 3),),
    steroid_maintenance=(date(2025, 2, 1),),
    attacks=(
        Attack(date(2026, 3, 3), date(2026, 3, 5), frozenset({AttackSign.STEROID_COURSE}), day_known=True),
        Attack(date(2025, 8, 1), date(2025, 8, 31), frozenset({AttackSign.EXACERBATION}), day_known=False),
    ),
    admissions=(date(2026, 3, 5),),
    attendances=(date(2026, 3, 4),),
    reviews=(date(2026, 3, 28),),
    plans=(
        PlanSpan(Period(date(2025, 3, 20), date(2026, 3, 21)), ours=False),
        PlanSpan(Period(date(2026, 3, 28), date(2026, 11, 22)), ours=True),
    ),
)


def parsed(year: YearOfCare) -> ElementTree.Element:
    return ElementTree.fromstring(draw_year(year))


def marks(year: YearOfCare) -> list[str]:
    return [title.text or "" for title in parsed(year).iter(f"{SVG}title")][1:]


def titles(year: YearOfCare) -> list[str]:
    return [text.text or "" for text in parsed(year).iter(f"{SVG}text") if text.attrib.get("x") == "10"]


def test_the_rows_are_named_with_their_counts() -> None:
    assert titles(FULL) == [
        "Preventer: 2 issues",
        "Reliever: 3 issues",
        "Steroid courses: 1",
        "Attacks: 2",
        "Reviews: 1",
        "Plans: 2",
    ]


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (InhalerCount(Decimal(2), 2, 1, date(2026, 6, 12)), "last 12 months: at least 2 inhalers"),
        (InhalerCount(Decimal(2), 2, 0, date(2026, 6, 12)), "last 12 months: 2 inhalers"),
        (InhalerCount(Decimal(1), 1, 0, date(2026, 6, 12)), "last 12 months: 1 inhaler"),
    ],
)
def test_the_count_of_half_of_the_drawing_says_which_half(count: InhalerCount, told: str) -> None:
    svg = parsed(replace(FULL, relievers_in_year=count))
    beside = [text.text for text in svg.iter(f"{SVG}text") if text.attrib["text-anchor"] == "end"]
    assert told in beside


def test_the_description_says_the_same_as_the_rows() -> None:
    preventers, relievers, *others = titles(FULL)
    both = f"{relievers}, last 12 months: at least 2 inhalers"
    assert parsed(FULL)[1].text == "; ".join((preventers, both, *others)) + "."


def test_every_thing_has_a_mark_with_its_day_in_words() -> None:
    assert marks(FULL) == [
        "25 January 2025: Clenil Modulite, 1 inhaler, covers until 15 March 2025",
        "20 May 2025: Clenil Modulite, 1 inhaler",
        "1 June 2025: Salbutamol, 1 inhaler",
        "12 April 2026: Salbutamol, 2 inhalers",
        "12 June 2026: Salbutamol, number of inhalers not known",
        "Steroid maintenance: 1 February 2025",
        "Steroid course: 3 March 2026",
        "Attack: 3 March 2026, steroid course",
        "Attack: 1 August 2025, attack coded, day not known",
        "Emergency attendance: 4 March 2026",
        "Emergency admission: 5 March 2026",
        "Review: 28 March 2026",
        "Plan: 20 March 2025, current until 20 March 2026",
        "Plan: 28 March 2026, made here, still current",
    ]


def test_the_table_holds_as_much_as_the_drawing_newest_first() -> None:
    rows = rows_of_year(FULL)
    assert len(rows) == len(marks(FULL))
    assert [row.on for row in rows] == sorted((row.on for row in rows), reverse=True)
    assert (rows[3].what, rows[3].day, rows[3].detail) == (
        "Plan",
        "28 March 2026",
        "made here, still current",
    )


def test_a_person_without_anything_has_six_empty_rows() -> None:
    assert (len(titles(NOTHING)), marks(NOTHING), rows_of_year(NOTHING)) == (6, [], ())


def test_the_number_beside_a_tick_is_for_more_than_one_inhaler() -> None:
    small = [text.text for text in parsed(FULL).iter(f"{SVG}text") if text.text in ("1", "2")]
    assert small == ["2"]


def test_a_key_names_only_what_is_drawn() -> None:
    words = [text.text for text in parsed(replace(NOTHING, attacks=FULL.attacks)).iter(f"{SVG}text")]
    assert "attack" in words
    assert {"attendance", "admission", "days covered"}.isdisjoint(words)


@pytest.mark.parametrize(
    "mark",
    [
        covering(date(2026, 11, 21), 200),
        covering(date(2024, 11, 22), 1),
        InhalerMark(date(2024, 11, 22), "A", None, Period(date(2024, 11, 22), date(2030, 1, 1))),
    ],
)
def test_a_bar_never_runs_over_the_edge(mark: InhalerMark) -> None:
    for rect in parsed(replace(NOTHING, preventers=(mark,))).iter(f"{SVG}rect"):
        assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= 360


def test_a_name_cannot_break_out_of_the_drawing() -> None:
    mark = InhalerMark(date(2025, 6, 1), "</title><script>\x0b", Decimal(1), None)
    drawing = draw_year(replace(NOTHING, relievers=(mark,)))
    assert "<script" not in drawing
    assert (
        "</title><script>, 1 inhaler"
        in ElementTree.fromstring(drawing).findtext(f".//{SVG}g/{SVG}title", "")[13:]
    )


def test_letters_are_large_enough_at_320_pixels() -> None:
    svg = parsed(FULL)
    scale = 320 / float(svg.attrib["viewBox"].split()[2])
    assert min(float(text.attrib["font-size"]) * scale for text in svg.iter(f"{SVG}text")) >= 10.5


def test_nothing_outside_is_asked_for_and_no_style_is_inline() -> None:
    drawing = draw_year(FULL)
    assert re.findall(r"(?:href|src|url|style)\s*[=(]", drawing) == []
    assert re.findall(r"https?://[^\"]+", drawing) == ["http://www.w3.org/2000/svg"]


def test_shorter_times_are_drawn_too() -> None:
    short = replace(NOTHING, period=Period(date(2026, 10, 30), date(2026, 11, 2)))
    assert len(titles(short)) == 6
