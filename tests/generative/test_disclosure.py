"""Nothing that leaves any invented practice gives anybody away; weaker protection is beaten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imp2art.audit.disclosure import (
    ProtectedFigure,
    ProtectedFigures,
    ProtectedGroup,
    ProtectedMonth,
    ProtectedSplit,
    protect,
)
from imp2art.audit.disclosure.attack import attack, attack_repeats
from imp2art.audit.disclosure.rounding import rounded, shown
from imp2art.audit.reports.equity import GROUPS
from imp2art.audit.reports.report import AuditReport, Dimension, EquitySplit, GroupFigure, IndicatorSeries
from imp2art.codes.library import read_library
from imp2art.flows.run_audit import audit_extract
from imp2art.flows.simulate_practices import simulate_practices
from tests.unit.test_audit_report import REPORT

SPLIT = (Dimension.AGE, Dimension.SEX)
# A third that each rule counts: 0 is the register alone, 3 more than 12 relievers.
RULES = {"plan-12-months": 4, "saba-3": 1, "saba-6": 2, "saba-over-12": 3}

sizes = st.one_of(st.integers(0, 3), st.integers(0, 9), st.integers(0, 60), st.integers(0, 900))
people = st.tuples(sizes, st.integers(0, 4), st.integers(0, 2), st.integers(0, 4))
practices = st.lists(people, min_size=1, max_size=10)


def report_of(crowds: list[tuple[int, int, int, int]]) -> AuditReport:
    """A month of a practice made of crowds: how many, their age group, their sex, what they met."""
    series = tuple(_series(slug, level, crowds) for slug, level in RULES.items())
    return replace(REPORT, month_ends=REPORT.month_ends[-1:], series=series)


def _series(slug: str, level: int, crowds: list[tuple[int, int, int, int]]) -> IndicatorSeries:
    found = REPORT.series_of(slug)
    assert found is not None
    met = [crowd for crowd in crowds if (crowd[3] == 4 if level == 4 else level <= crowd[3] <= 3)]
    figure = replace(found.newest, denominator=_size(crowds), numerator=_size(met))
    equity = tuple(
        EquitySplit(
            dimension,
            tuple(
                GroupFigure(name, _size(_in(crowds, at, place)), _size(_in(met, at, place)))
                for place, name in enumerate(GROUPS[dimension])
                if _size(_in(crowds, at, place))
            ),
            beyond_chance=False,
        )
        for at, dimension in enumerate(SPLIT, start=1)
    )
    return replace(found, figures=(figure,), equity=equity)


def _in(crowds, at: int, place: int):
    return [crowd for crowd in crowds if crowd[at] == place]


def _size(crowds) -> int:
    return sum(crowd[0] for crowd in crowds)


def cells(released: ProtectedFigures) -> dict[tuple, int | None]:
    """Everything that left, by what it is of."""
    found: dict[tuple, int | None] = {}
    for month in released.months:
        for figure in month.figures:
            found[month.month_end, figure.slug, "", ""] = figure.denominator
            found[month.month_end, figure.slug, "", "met"] = figure.numerator
        for split in month.splits:
            for group in split.groups:
                found[month.month_end, split.slug, group.group, ""] = group.denominator
                found[month.month_end, split.slug, group.group, "met"] = group.numerator
    return found


def weakly(report: AuditReport, leave: Callable[[int], int | None]) -> ProtectedFigures:
    """The newest month with each count protected by itself, and nothing more."""
    figures = tuple(
        ProtectedFigure(each.slug, leave(each.newest.denominator), leave(each.newest.numerator))
        for each in report.series
    )
    splits = tuple(
        ProtectedSplit(
            each.slug,
            split.dimension,
            tuple(
                ProtectedGroup(group.group, leave(group.denominator), leave(group.numerator))
                for group in split.groups
            ),
        )
        for each in report.series
        for split in each.equity
    )
    return ProtectedFigures(report.practice, (ProtectedMonth(report.as_at, figures, splits),))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(practices)
def test_S41_the_attacker_recovers_nothing(crowds):
    assert attack([protect(report_of(crowds))]) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(practices, st.data())
def test_S42_one_person_more_never_shows_which_way(crowds, data):
    at = data.draw(st.integers(0, len(crowds) - 1))
    size, *rest = crowds[at]
    before, after = report_of(crowds), report_of([*crowds[:at], (size + 1, *rest), *crowds[at + 1 :]])
    first = protect(before)
    # The same month again: the bytes that left, whatever has come since.
    again = protect(after, [first])
    assert again == first
    assert attack_repeats([first, again]) == ()
    # And had the month not left yet: a count that is shown both times moved only where rounding turns.
    exact, other = cells(weakly(before, int)), cells(protect(after))
    for name, value in cells(first).items():
        if value is not None and other[name] is not None and value != other[name]:
            assert exact[name] % 5 == 2, name


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> AuditReport:
    """A simulated practice of 600 people, some 40 of them on the register."""
    room = tmp_path_factory.mktemp("small")
    simulate_practices(room / "in", 1, seed=2, as_at=date(2026, 10, 31), months=24, people=600)
    [report] = audit_extract(room / "in", read_library(), 24, room / "out")
    return report


def test_nothing_of_a_small_practice_is_recovered_of_any_month(small):
    register = small.series_of("asthma-register")
    assert register is not None
    assert 30 <= register.newest.numerator <= 50
    released = protect(small)
    assert attack([released]) == ()
    shown_ones = [figure for month in released.months for figure in month.figures if figure.numerator]
    assert len(shown_ones) > 50  # something is left to see


@pytest.mark.parametrize(("leave", "hidden_up_to"), [(rounded, 0), (shown, 7)])
def test_weaker_protection_of_the_same_practice_is_beaten(small, leave, hidden_up_to):
    """Rounding alone; and hiding each small count by itself, which tells that what is hidden is small."""
    assert attack([weakly(small, leave)], hidden_up_to)
