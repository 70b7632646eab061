"""Whether a report is read and acted on: tenths of people on a list, and no count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from imp2art.audit.disclosure import ProtectedFigure, ProtectedMonth, tenths_acted_on
from imp2art.audit.disclosure.report_use import ReportUse, use_by_indicator, use_table
from imp2art.audit.disclosure.rounding import MOST_HIDDEN, rounded, shown
from imp2art.audit.indicator import Direction
from imp2art.audit.reports.reading import Opened
from imp2art.audit.reports.report import PeopleBehind
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from tests.unit.test_audit_report import REPORT

PLAN, MONTH_END = "plan-12-months", date(2026, 10, 31)
LISTED = tuple(f"p{number}" for number in range(40))
LIST = PeopleBehind(PLAN, Outcome.NOT_MET, LISTED)


@pytest.mark.parametrize(
    ("acted", "listed", "denominator", "told"),
    [
        (10, 23, 25, 4),
        (8, 16, 25, 5),
        (7, 23, 25, None),  # few were acted on
        (16, 23, 25, None),  # few are left
        (23, 23, 25, None),
        (10, 23, None, None),
        (8, 16, 20, None),  # 20 are 22 at most, and 16 of them are listed: 6 others at most
    ],
)
def test_a_tenth_is_told_where_enough_were_and_were_not_acted_on(acted, listed, denominator, told):
    assert tenths_acted_on(acted, listed, denominator) == told


def test_no_tenth_tells_that_few_were_or_were_not_acted_on_or_are_not_listed():
    """Whoever knows the tenth and the rounded denominator, and tries every number that fits."""
    fits: dict[tuple[int | None, int | None], set[tuple[int, int, int]]] = {}
    for everyone in range(8, 83):
        for listed in range(everyone + 1):
            for acted in range(listed + 1):
                told = tenths_acted_on(acted, listed, shown(everyone))
                if told is not None:
                    fits.setdefault((told, rounded(everyone)), set()).add(
                        (acted, listed - acted, everyone - listed)
                    )
    assert len(fits) > 30
    for possible in fits.values():
        for counts in zip(*possible, strict=True):
            assert max(counts) > MOST_HIDDEN
            assert min(counts) != max(counts)


def use_of(acted_on: dict, opened: dict):
    series = next(each for each in REPORT.series if each.slug == PLAN)
    assert series.direction is Direction.HIGHER
    report = replace(REPORT, series=(series,), behind=(LIST,))
    month = ProtectedMonth(MONTH_END, (ProtectedFigure(PLAN, 60, 20),))
    return tuple(use_by_indicator(report, month, acted_on, opened))


def test_only_people_of_the_list_count_as_acted_on():
    acted_on = {PLAN: frozenset({*LISTED[:12], "stranger"}), "another": frozenset(LISTED)}
    (use,) = use_of(acted_on, {(Opened.INDICATOR, PLAN): 2, (Opened.LIST, PLAN): 1, (Opened.REPORT, ""): 3})
    assert (use.page, use.lists, use.acted_tenths) == (2, 1, 3)


def test_an_indicator_that_asks_for_nothing_has_no_rate():
    register = next(each for each in REPORT.series if each.direction is Direction.NEITHER)
    report = replace(REPORT, series=(register,), behind=(PeopleBehind(register.slug, Outcome.MET, LISTED),))
    acted_on = {register.slug: frozenset(LISTED[:12])}
    (use,) = use_by_indicator(report, ProtectedMonth(MONTH_END, ()), acted_on, {})
    assert use.acted_tenths is None


def test_who_read_the_register_is_counted_like_any_other_figure():
    register = next(each for each in REPORT.series if each.direction is Direction.NEITHER)
    opened = {(Opened.INDICATOR, register.slug): 3, (Opened.LIST, register.slug): 2}
    month = ProtectedMonth(MONTH_END, ())
    (use,) = use_by_indicator(replace(REPORT, series=(register,)), month, {}, opened)
    assert (use.slug, use.page, use.lists) == ("asthma-register", 3, 2)


def test_the_table_has_a_line_for_the_report_and_each_indicator():
    uses = use_of({PLAN: frozenset(LISTED[:12])}, {(Opened.INDICATOR, PLAN): 2})
    table = use_table([ReportUse(PracticeCode("A12345"), MONTH_END, 4, 3, uses)]).to_pylist()
    assert [(row["indicator"], row["opened_in_10"], row["acted_on_in_10"]) for row in table] == [
        ("whole-report", 8, None),
        (PLAN, 5, 3),
    ]


def test_where_nobody_can_sign_in_nothing_is_told_of_readers():
    (row,) = use_table([ReportUse(PracticeCode("A12345"), MONTH_END, 0, 0, ())]).to_pylist()
    assert row["opened_in_10"] is None
