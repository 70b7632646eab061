"""The audit's page: whole in itself, every number with its rule, and no name of anyone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from imp2art.audit.reports.release import Version
from imp2art.documents.audit_report import fact_in_words, front_of, part_of, render_reports
from imp2art.documents.report_words import place_in_words
from imp2art.documents.words import phrase
from tests.compared import COMPARED
from tests.unit.test_audit_report import REPORT

PAGE = render_reports([REPORT])
BESIDE = render_reports([COMPARED])


def test_the_page_needs_nothing_from_outside():
    addresses = set(re.findall(r'(?:href|src)="([^"]*)"', PAGE))
    assert all(address.startswith("#") for address in addresses)
    assert set(re.findall(r"https?://[^\s\"'<]+", PAGE)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(script|link|iframe|object|img|form)\b|@import|url\(|\son\w+=", PAGE)


def test_every_link_leads_somewhere_once():
    ids = re.findall(r'\bid="([^"]+)"', PAGE)
    assert len(set(ids)) == len(ids)
    assert {target.removeprefix("#") for target in re.findall(r'href="(#[^"]+)"', PAGE)} <= set(ids)


@pytest.mark.parametrize("series", REPORT.series, ids=lambda series: series.slug)
def test_every_number_has_its_rule_source_direction_and_chart(series):
    card = PAGE.split(f'id="A12345-{series.slug}"')[1].split("</article>")[0]
    for part in ("title", "why", "do", "rule", "source"):
        assert phrase("indicators", f"{series.slug}-{part}") in card
    assert phrase("indicators", f"direction-{series.direction}") in card or "Neither" in card
    # Months, and groups where anyone is counted: every drawing has its table.
    assert card.count("<svg") == card.count("<table") == (2 if series.newest.denominator else 1)
    assert series.newest.rule_version in card


def test_the_headline_is_in_words():
    assert [fact_in_words(fact) for fact in REPORT.headline] == [
        "30 more people have a current plan than on 30 April 2026.",
        "That is more than chance alone would give.",
        "30 people on the register still have none.",
        "10 of them had an attack in the last 12 months.",
        "Start with these 10: invite each for a review, and make the plan together.",
    ]


def test_one_person_is_a_person():
    first = replace(REPORT.headline[0], number=1)
    assert fact_in_words(first) == "1 more person has a current plan than on 30 April 2026."


def test_nobody_is_named():
    assert "public-" not in PAGE
    assert "p00001" not in PAGE


def test_the_page_says_how_far_it_was_checked():
    assert "two engines worked out 100 of 100 people at 3 month ends" in PAGE
    assert f"They differed in 0 of {100 * 3 * len(REPORT.series):,} answers" in PAGE
    assert "No row of the extract was faulty" in PAGE


def test_faulty_rows_are_said():
    manifest = replace(REPORT.manifest, rejected_rows=3)
    assert "3 rows of the extract were faulty" in render_reports([replace(REPORT, manifest=manifest)])


def test_a_practice_s_name_cannot_write_into_the_page():
    page = render_reports([replace(REPORT, practice_name="<script>alert(1)</script>")])
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_several_practices_are_below_one_another():
    other = replace(REPORT, practice=type(REPORT.practice)("B54321"), practice_name="Mill Road")
    page = render_reports([REPORT, other])
    assert '<a href="#B54321">Mill Road</a>' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)


def test_the_same_report_gives_the_same_page():
    assert render_reports([REPORT]) == PAGE


def test_each_indicator_stands_beside_similar_practices():
    for series in COMPARED.series:
        card = BESIDE.split(f'id="A12345-{series.slug}"')[1].split("</article>")[0]
        assert "Beside similar practices" in card
        assert place_in_words(series.comparison) in card if series.comparison else "Not compared" in card
        assert card.count("<svg") == card.count("<table")


def test_every_indicator_is_split_by_group():
    card = BESIDE.split('id="A12345-plan-12-months"')[1].split("</article>")[0]
    for dimension in ("Age", "Sex", "Ethnicity", "Deprivation"):
        assert f'<th scope="row">{dimension}: ' in card


def test_the_standard_version_has_figures_groups_and_rules_and_nothing_else():
    plain = render_reports([COMPARED], Version.STANDARD)
    for series in COMPARED.series:
        assert phrase("indicators", f"{series.slug}-rule") in plain
    for words in ("similar practices", "Why it matters", "What to do", "Start with"):
        assert words not in plain
        assert words in BESIDE


def test_without_figures_of_others_that_is_said_once():
    assert PAGE.count("No figures of other practices are at hand") == 1


def test_what_could_not_be_counted_is_named():
    assert "no codelist is loaded for it" in PAGE


def test_the_front_is_the_report_without_its_cards():
    assert front_of(COMPARED) == replace(part_of(COMPARED), cards=())
