"""The headline of a month's page: each sentence leads on, to people or to the indicators that it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imp2art.audit.reports.report import Fact, FactCode, Verdict
from imp2art.web.practice.month_page import indicators_of
from tests.unit.test_audit_report import REPORT

WORSE = replace(
    REPORT,
    series=tuple(
        replace(each, verdict=Verdict.WORSE if each.slug.startswith("plan") else Verdict.WITHIN_CHANCE)
        for each in REPORT.series
    ),
)


@pytest.mark.parametrize(
    ("fact", "slugs"),
    [
        (Fact(FactCode.ARE_WORSE, "", 1), {s.slug for s in REPORT.series if s.slug.startswith("plan")}),
        (Fact(FactCode.ARE_BETTER, "", 0), set()),
        (Fact(FactCode.COUNTED, "asthma-register", 60), {"asthma-register"}),
        (Fact(FactCode.MORE, "plan-12-months", 3), set()),
    ],
)
def test_a_sentence_names_the_indicators_that_it_counts(fact, slugs):
    assert {each.slug for each in indicators_of(fact, WORSE)} == slugs
