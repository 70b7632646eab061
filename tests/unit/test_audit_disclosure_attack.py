"""The attacker finds nothing in what leaves, and wins against weaker protection."""

from __future__ import annotations

from dataclasses import replace

from imp2art.audit.disclosure import (
    ProtectedFigure,
    ProtectedFigures,
    ProtectedGroup,
    ProtectedMonth,
    ProtectedSplit,
    protect,
)
from imp2art.audit.disclosure.attack import Recovered, Turned, attack, attack_repeats
from imp2art.audit.reports.report import Dimension
from tests.unit.test_audit_report import ON, REPORT


def month(*figures: ProtectedFigure, splits: tuple[ProtectedSplit, ...] = ()) -> ProtectedFigures:
    return ProtectedFigures(REPORT.practice, (ProtectedMonth(ON, figures, splits),))


def test_nothing_is_recovered_of_a_practice_with_60_people():
    assert attack([protect(REPORT)]) == ()


def test_a_small_count_that_is_only_rounded_is_recovered():
    assert attack([month(ProtectedFigure("plan-12-months", 30, 5))]) == (
        Recovered(ON, "plan-12-months", "met", "", "", 3, 7),
    )


def test_a_group_is_recovered_from_the_total_and_the_others_where_only_small_ones_are_hidden():
    groups = (ProtectedGroup("female", 30, 15), ProtectedGroup("not-known", None, None))
    split = ProtectedSplit("plan-12-months", Dimension.SEX, groups)
    released = month(ProtectedFigure("plan-12-months", 35, 15), splits=(split,))
    assert attack([released]) == ()  # from 1 to 9
    assert attack([released], hidden_up_to=7) == (
        Recovered(ON, "plan-12-months", "counted", "sex", "not-known", 1, 7),
    )


def test_nobody_is_recovered_as_one_number():
    split = ProtectedSplit(
        "plan-12-months",
        Dimension.ETHNICITY,
        (
            *(ProtectedGroup(name, 15, None) for name in ("white", "asian", "black", "mixed")),
            ProtectedGroup("not-known", None, None),
        ),
    )
    found = attack([month(ProtectedFigure("plan-12-months", 50, None), splits=(split,))])
    assert Recovered(ON, "plan-12-months", "counted", "ethnicity", "not-known", 0, 0) in found


def test_stricter_rules_are_used():
    held = month(ProtectedFigure("saba-6", 60, None), ProtectedFigure("saba-over-12", 60, 10))
    assert attack([held]) == ()  # 8 and more
    tight = month(
        ProtectedFigure("saba-3", 60, 5),
        ProtectedFigure("saba-6", 60, None),
        ProtectedFigure("saba-over-12", 60, 5),
    )
    assert Recovered(ON, "saba-6", "met", "", "", 3, 7) in attack([tight])


def test_a_month_told_twice_and_not_alike_shows_which_way_it_went():
    first, second = month(ProtectedFigure("saba-6", 60, 10)), month(ProtectedFigure("saba-6", 60, 15))
    assert attack_repeats([first, second]) == (Turned(ON, "saba-6", "met", "", ""),)
    assert attack_repeats([first, first]) == ()


def test_a_report_made_again_from_later_data_turns_nothing():
    released = protect(REPORT)
    series = tuple(
        replace(
            each, figures=tuple(replace(one, numerator=max(0, one.numerator - 3)) for one in each.figures)
        )
        for each in REPORT.series
    )
    later = replace(REPORT, series=series)
    assert attack_repeats([released, protect(later, [released])]) == ()
    assert attack_repeats(
        [released, protect(replace(later, series=tuple(replace(s, equity=()) for s in series)))]
    )
