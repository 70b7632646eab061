"""What leaves a practice gives nobody away; and the attacker who says so can win."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.disclosure import (
    ProtectedFigures,
    protect,
    protect_counts,
    protected_figures_table,
    protected_splits_table,
)
from imp2art.audit.disclosure.attack import Recovered, attack
from imp2art.audit.disclosure.cells import Cell, Relation, relations_among
from imp2art.audit.disclosure.protect import protect_cells
from imp2art.audit.disclosure.rounding import shown
from imp2art.audit.report import AuditReport
from imp2art.store.json_form import from_json, to_json
from tests.unit.test_audit_report import REPORT

TOTAL = Cell("plan-12-months", False)
YOUNG, OLD, OLDEST = (TOTAL._replace(dimension="age", group=name) for name in ("0-11", "12-17", "18-64"))
SUM = Relation(((YOUNG, 1), (OLD, 1), (OLDEST, 1), (TOTAL, -1)), equal=True)
PROTECTED = protect(REPORT)


def released_cells(figures: ProtectedFigures, month: int) -> dict[Cell, int | None]:
    """What anyone can read of one month."""
    found: dict[Cell, int | None] = {}
    for figure in figures.months[month].figures:
        found[Cell(figure.slug, False)] = figure.denominator
        found[Cell(figure.slug, True)] = figure.numerator
    for split in figures.months[month].splits:
        for group in split.groups:
            place = (split.dimension.value, group.group)
            found[Cell(split.slug, False, *place)] = group.denominator
            found[Cell(split.slug, True, *place)] = group.numerator
    return found


def exact_cells(report: AuditReport, month: int) -> dict[Cell, int]:
    """The true counts of the same cells."""
    found: dict[Cell, int] = {}
    for series in report.series:
        found[Cell(series.slug, False)] = series.figures[month].denominator
        found[Cell(series.slug, True)] = series.figures[month].numerator
        for split in series.equity if month == len(report.month_ends) - 1 else ():
            for group in split.groups:
                place = (split.dimension.value, group.group)
                found[Cell(series.slug, False, *place)] = group.denominator
                found[Cell(series.slug, True, *place)] = group.numerator
    return found


@pytest.mark.parametrize(("count", "left"), [(0, None), (7, None), (8, 10), (12, 10), (13, 15), (97, 95)])
def test_small_counts_are_hidden_and_the_others_rounded(count, left):
    assert shown(count) == left


def test_the_attacker_wins_where_only_small_counts_are_hidden():
    released = {TOTAL: 30, YOUNG: 10, OLD: 10, OLDEST: None}
    assert attack(released, [SUM], {OLDEST}) == (Recovered(OLDEST, 4, 7),)


def test_the_attacker_wins_where_counts_are_only_rounded():
    assert attack({TOTAL: 30, YOUNG: 5}, []) == (Recovered(YOUNG, 3, 7),)


def test_the_attacker_wins_by_nested_rules():
    released = {Cell("saba-6", True): None, Cell("saba-over-12", True): 10}
    [nested] = relations_among(released, INDICATORS)
    assert nested == Relation(((Cell("saba-over-12", True), 1), (Cell("saba-6", True), -1)), equal=False)
    assert not attack(released, [nested])  # it may be 8 and more
    released[Cell("saba-over-12", True)] = None
    tied = Relation(((Cell("saba-6", True), 1), (Cell("saba-over-12", True), -1)), equal=True)
    one = Relation(((Cell("saba-6", True), 1), (TOTAL, -1), (YOUNG, 1)), equal=True)
    assert attack(released | {TOTAL: 30, YOUNG: 25}, [tied, one], {Cell("saba-6", True)}) == (
        Recovered(Cell("saba-6", True), 1, 7),
    )


def test_more_is_hidden_until_nothing_is_given_away():
    counts = {TOTAL: 28, YOUNG: 12, OLD: 12, OLDEST: 4}
    released = protect_cells(counts, [SUM])
    assert sum(value is None for value in released.values()) == 2
    assert not attack(released, [SUM], {OLDEST})


def test_nobody_recovers_a_small_count_of_a_small_practice():
    for month in range(len(REPORT.month_ends)):
        released, exact = released_cells(PROTECTED, month), exact_cells(REPORT, month)
        assert released.keys() == exact.keys()
        relations = [r for r in relations_among(exact, INDICATORS) if r.holds(exact)]
        small = {cell for cell, count in exact.items() if count <= 7}
        assert all(released[cell] is None for cell in small)
        assert not attack(released, relations)
        assert not attack(released, relations, small)


def test_what_is_shown_is_a_multiple_of_5_within_2_of_the_truth():
    for month in range(len(REPORT.month_ends)):
        exact = exact_cells(REPORT, month)
        for cell, value in released_cells(PROTECTED, month).items():
            assert value is None or (value % 5 == 0 and abs(value - exact[cell]) <= 2), cell


def test_a_month_that_left_leaves_again_as_it_did():
    changed = replace(
        REPORT,
        series=tuple(
            replace(
                series,
                figures=tuple(
                    replace(figure, numerator=max(0, figure.numerator - 3)) for figure in series.figures
                ),
            )
            for series in REPORT.series
        ),
    )
    again = protect(changed, [PROTECTED])
    assert again.months == PROTECTED.months
    assert protect(changed).months != PROTECTED.months


def test_one_person_more_or_less_shows_only_where_rounding_turns():
    turned = [count for count in range(8, 500) if shown(count) != shown(count + 1)]
    assert all(count % 5 == 2 for count in turned)
    assert len(turned) == len(range(12, 500, 5))


def test_a_rate_needs_enough_people_on_both_sides():
    table = protected_figures_table([PROTECTED])
    assert table.num_rows == len(REPORT.series) * len(REPORT.month_ends)
    for row in table.to_pylist():
        if row["share"] is not None:
            assert row["denominator"] - row["numerator"] > 7


def test_totals_of_a_split_are_sums_of_rounded_groups():
    splits = [split for month in PROTECTED.months for split in month.splits]
    assert splits
    for split in splits:
        assert split.denominator == sum(group.denominator or 0 for group in split.groups)
    assert protected_splits_table([PROTECTED]).num_rows == sum(len(split.groups) for split in splits)


def test_no_exact_count_stands_in_what_is_kept():
    text = json.dumps(to_json(PROTECTED))
    assert from_json(json.loads(text), ProtectedFigures) == PROTECTED

    def numbers(value) -> list[int]:
        if isinstance(value, dict):
            return [found for each in value.values() for found in numbers(each)]
        if isinstance(value, list):
            return [found for each in value for found in numbers(each)]
        return [value] if isinstance(value, int) and not isinstance(value, bool) else []

    assert all(number % 5 == 0 and number > 7 for number in numbers(to_json(PROTECTED)))


def test_tables_of_many_practices_are_protected_alike():
    den, num = protect_counts(np.array([[5, 50, 50, 50]]), np.array([[2, 3, 20, 46]]))
    assert den.tolist() == [[-1, 50, 50, 50]]
    assert num.tolist() == [[-1, -1, 20, -1]]
