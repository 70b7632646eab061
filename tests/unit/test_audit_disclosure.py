"""What leaves a practice gives nobody away."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from imp2art.audit.conditions import AnyIn, DevicesAtLeast
from imp2art.audit.disclosure import (
    ProtectedFigures,
    protect,
    protect_counts,
    protected_figures_table,
    protected_splits_table,
)
from imp2art.audit.disclosure.cells import Cell, Relation, relations_among
from imp2art.audit.disclosure.nesting import Counted, implies, nesting_of
from imp2art.audit.disclosure.protect import protect_cells
from imp2art.audit.disclosure.rounding import shown
from imp2art.audit.disclosure.solver import given_away
from imp2art.audit.reports.equity import GROUPS
from imp2art.audit.reports.report import AuditReport
from imp2art.store.json_form import from_json, to_json
from tests.unit.test_audit_report import REPORT

TOTAL = Cell("plan-12-months", Counted.DENOMINATOR)
YOUNG, OLD, OLDEST = (TOTAL._replace(dimension="age", group=name) for name in ("0-11", "12-17", "18-64"))
SUM = Relation(((YOUNG, 1), (OLD, 1), (OLDEST, 1), (TOTAL, -1)), equal=True)
COUNTS = {TOTAL: 28, YOUNG: 12, OLD: 12, OLDEST: 4}
PROTECTED = protect(REPORT)


def exact_counts(report: AuditReport, month: int) -> dict[tuple, tuple[int, int]]:
    """Denominator and numerator by what they are of."""
    found: dict[tuple, tuple[int, int]] = {}
    for series in report.series:
        figure = series.figures[month]
        found[series.slug, "", ""] = (figure.denominator, figure.numerator)
        for split in series.equity if month == len(report.month_ends) - 1 else ():
            for group in split.groups:
                found[series.slug, split.dimension, group.group] = (group.denominator, group.numerator)
    return found


def released_counts(figures: ProtectedFigures, month: int) -> dict[tuple, tuple[int | None, int | None]]:
    """The same of what leaves."""
    found: dict[tuple, tuple[int | None, int | None]] = {}
    for figure in figures.months[month].figures:
        found[figure.slug, "", ""] = (figure.denominator, figure.numerator)
    for split in figures.months[month].splits:
        for group in split.groups:
            found[split.slug, split.dimension, group.group] = (group.denominator, group.numerator)
    return found


@pytest.mark.parametrize(("count", "left"), [(0, None), (7, None), (8, 10), (12, 10), (13, 15), (97, 95)])
def test_small_counts_are_hidden_and_the_others_rounded(count, left):
    assert shown(count) == left


def test_the_solver_sees_what_a_total_gives_away():
    assert given_away({TOTAL: 30, YOUNG: 10, OLD: 10, OLDEST: None}, [SUM], COUNTS) == (OLDEST,)
    assert not given_away({TOTAL: 30, YOUNG: None, OLD: 10, OLDEST: None}, [SUM], COUNTS)


def test_the_solver_sees_a_nought_that_nothing_else_fits():
    rest = (YOUNG._replace(group=f"more-{n}") for n in range(2))
    five = (YOUNG, OLD, *rest)
    counts = {OLDEST: 0, TOTAL: 52, **dict.fromkeys(five, 13)}
    total = Relation((*((cell, 1) for cell in (OLDEST, *five)), (TOTAL, -1)), equal=True)
    assert given_away({OLDEST: None, TOTAL: 50, **dict.fromkeys(five, 15)}, [total], counts) == (OLDEST,)


def test_more_is_hidden_until_nothing_is_given_away():
    released = protect_cells(COUNTS, [SUM])
    assert released[OLDEST] is None
    assert sum(value is None for value in released.values()) == 2
    assert not given_away(released, [SUM], COUNTS)


def test_who_did_not_meet_a_rule_is_protected_like_who_met_it():
    met, rest = TOTAL.as_counted(Counted.NUMERATOR), TOTAL.as_counted(Counted.REST)
    for not_met in (0, 1, 7, 8):
        counts = {TOTAL: 60, met: 60 - not_met, rest: not_met}
        released = protect_cells(counts, relations_among(counts))
        assert released[TOTAL] == 60
        assert released[rest] is None
        assert (released[met] is None) == (not_met <= 7)


def test_stricter_rules_are_told_from_the_declarations():
    nesting = nesting_of(("saba-3", "saba-6", "saba-over-12", "plan-12-months", "asthma-register"))
    names = {
        (nesting.same[less][0], nesting.same[more][0])
        for less, more in nesting.within
        if nesting.same[less][0][0].startswith("saba-") and nesting.same[more][0][0] != "asthma-register"
    }
    met = Counted.NUMERATOR
    assert names == {
        (("saba-over-12", met), ("saba-6", met)),
        (("saba-6", met), ("saba-3", met)),
        (("saba-3", met), ("saba-3", Counted.DENOMINATOR)),
    }
    register = next(names for names in nesting.same if ("asthma-register", met) in names)
    assert ("plan-12-months", Counted.DENOMINATOR) in register  # the register is what that rule counts


def test_a_rule_does_not_imply_a_stricter_one():
    assert implies(AnyIn("asthma-plan", 12), AnyIn("asthma-plan", None))
    assert not implies(AnyIn("asthma-plan", None), AnyIn("asthma-plan", 12))
    assert not implies(AnyIn("asthma-plan", 12), AnyIn("asthma-review", 12))
    assert implies(DevicesAtLeast("saba", 12, 12, False), DevicesAtLeast("saba", 12, 12))
    assert not implies(DevicesAtLeast("saba", 12, 12), DevicesAtLeast("saba", 12, 12, False))


def test_everything_small_is_hidden_and_the_rest_a_multiple_of_5_within_2():
    for month in range(len(REPORT.month_ends)):
        released = released_counts(PROTECTED, month)
        for name, (counted, met) in exact_counts(REPORT, month).items():
            den, num = released[name]
            assert den is None or (counted > 7 and den % 5 == 0 and abs(den - counted) <= 2), name
            assert num is None or (met > 7 and num % 5 == 0 and abs(num - met) <= 2), name
            assert num is None or counted - met > 7, name


def test_something_is_left_to_see():
    months = [released_counts(PROTECTED, month) for month in range(len(REPORT.month_ends))]
    assert any(num is not None for month in months for _, num in month.values())


def test_a_group_of_nobody_stands_there_like_a_small_one():
    for split in PROTECTED.months[-1].splits:
        assert tuple(group.group for group in split.groups) == GROUPS[split.dimension]


def test_a_month_that_left_leaves_again_as_it_did():
    series = tuple(
        replace(
            each,
            figures=tuple(replace(one, numerator=max(0, one.numerator - 3)) for one in each.figures),
            equity=(),
        )
        for each in REPORT.series
    )
    changed = replace(REPORT, series=series)
    assert protect(changed, [PROTECTED]).months == PROTECTED.months
    assert protect(changed).months != PROTECTED.months


def test_one_person_more_or_less_shows_only_where_rounding_turns():
    turned = [count for count in range(8, 500) if shown(count) != shown(count + 1)]
    assert all(count % 5 == 2 for count in turned)
    assert len(turned) == len(range(12, 500, 5))


def test_a_rate_needs_enough_people_on_both_sides():
    table = protected_figures_table([PROTECTED])
    assert table.num_rows == len(REPORT.series) * len(REPORT.month_ends)
    rates = [row for row in table.to_pylist() if row["share"] is not None]
    assert rates
    for row in rates:
        assert row["denominator"] - row["numerator"] > 7
        assert 0 < row["share"] < 1


def test_totals_of_a_split_are_sums_of_rounded_groups():
    splits = [split for month in PROTECTED.months for split in month.splits]
    assert splits
    for split in splits:
        assert split.denominator == sum(group.denominator or 0 for group in split.groups)
    assert protected_splits_table([PROTECTED]).num_rows == sum(len(split.groups) for split in splits)


def test_what_left_with_two_reports_stands_once_in_the_tables():
    again = replace(PROTECTED)
    assert protected_splits_table([PROTECTED, again]) == protected_splits_table([PROTECTED])
    assert protected_figures_table([PROTECTED, again]) == protected_figures_table([PROTECTED])


def test_no_exact_count_stands_in_what_is_kept():
    text = json.dumps(to_json(PROTECTED))
    assert from_json(json.loads(text), ProtectedFigures) == PROTECTED

    def numbers(value) -> list[int]:
        if isinstance(value, dict):
            return [found for each in value.values() for found in numbers(each)]
        if isinstance(value, list):
            return [found for each in value for found in numbers(each)]
        return [value] if isinstance(value, int) and not isinstance(value, bool) else []

    found = numbers(json.loads(text))
    assert found
    assert all(number % 5 == 0 and number > 7 for number in found)


def test_tables_of_many_practices_are_protected_alike():
    den, num = protect_counts(np.array([[5, 50, 50, 50, 50]]), np.array([[2, 3, 20, 46, 50]]))
    assert den.tolist() == [[-1, 50, 50, 50, 50]]
    assert num.tolist() == [[-1, -1, 20, -1, -1]]
