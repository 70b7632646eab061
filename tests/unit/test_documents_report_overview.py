"""A report at a glance: few lead, all are in the table, and it stays small."""

from __future__ import annotations

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import Verdict
from imp2art.documents.report_overview import change_of, overview_of
from tests.compared import COMPARED

FRONT = overview_of(COMPARED)


def test_what_leads_is_few_and_has_its_place():
    assert [card.slug for card in FRONT.keys] == list(COMPARED.key)
    compared = [card for card in FRONT.keys if COMPARED.series_of(card.slug).comparison]
    assert compared
    assert all(card.place for card in compared)


def test_every_indicator_is_a_row_once():
    slugs = [row.slug for topic in FRONT.topics for row in topic.rows]
    assert sorted(slugs) == sorted(series.slug for series in COMPARED.series)


def test_the_change_is_in_points():
    assert change_of(COMPARED.series_of("plan-12-months")) == "+50.0"
    rows = {row.slug: row for topic in FRONT.topics for row in topic.rows}
    assert rows["plan-12-months"].change == "+50.0"
    assert FRONT.since == "April 2026"


def test_the_standard_version_is_compared_with_nobody():
    plain = overview_of(COMPARED, Version.STANDARD)
    assert not any(card.place for card in plain.keys)
    assert plain.headline != FRONT.headline


def test_it_is_small():
    assert sum(len(card.chart) for card in FRONT.keys) < 10_000


def test_marks_are_only_for_more_than_chance():
    marked = {row.slug for topic in FRONT.topics for row in topic.rows if row.mark != "none"}
    quiet = {Verdict.WITHIN_CHANCE, Verdict.TOO_FEW}
    assert marked == {series.slug for series in COMPARED.series if series.verdict not in quiet}
