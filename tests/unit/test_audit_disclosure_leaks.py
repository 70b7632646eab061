"""Pages and pictures for outsiders hold no exact count, wherever it might stand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from imp2art.audit.disclosure.leaks import exact_counts, find_leaks
from tests.unit.test_audit_report import REPORT

EXACT = (Decimal(23), Decimal("0.3833"))


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>23</td></tr></table>",
        '<svg><text x="3">23 people</text></svg>',
        "<svg><circle><title>Harbour Lane: 23 of 60</title></circle></svg>",
        '<img alt="23 of 60 people have a plan">',
        '<div aria-label="23 people"></div>',
        '<g data-met="23"></g>',
        '<script type="application/json">{"met": 23}</script>',
        "<!-- met 23 -->",
        '<g data-share="0.38333333"></g>',
        "<dd>1,023 and 23</dd>",
    ],
)
def test_an_exact_count_is_found(markup):
    assert len(find_leaks(markup, EXACT)) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>25</td><td>1,023</td><td>2.3</td><td>23.5 %</td></tr></table>",
        '<svg viewBox="0 0 23 23"><rect x="23" width="23"/><text>25</text></svg>',
        "<td>23 October 2026</td>",
        "<p>Rules that look back 23 months</p>",
        '<a href="/supported/A23/">A23</a>',
        '<g data-share="0.4167" data-month="2026-10-23"></g>',
    ],
)
def test_rounded_counts_dates_and_places_on_the_page_are_none(markup):
    assert find_leaks(markup, EXACT) == ()


def test_the_numbers_of_a_report_that_may_not_leave():
    [series] = (each for each in REPORT.series if each.slug == "plan-12-months")
    figure = replace(series.newest, denominator=60, numerator=23, excluded=4, cannot_tell=0)
    exact = exact_counts(replace(REPORT, series=(replace(series, figures=(figure,), equity=()),)))
    assert exact == {Decimal(23), Decimal(37), Decimal(4), Decimal("0.3833")}
