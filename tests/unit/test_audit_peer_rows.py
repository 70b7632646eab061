"""Figures of other practices put together: every practice once, and what one has not is hidden."""

from __future__ import annotations

from datetime import date

from imp2art.audit.peer_rows import PeerRows, put_together, rows_of
from imp2art.audit.peers import PeerFigures, PeerPractice

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)


def rows(code: str, month: date = OCTOBER, numerator: int | None = 10, slug: str = "saba-6") -> PeerRows:
    return PeerRows(PeerPractice(code, "England", 1, 3), {(slug, month): (numerator, 50)})


def test_what_a_practice_has_not_is_hidden_and_never_nought():
    figures = put_together([rows("B"), rows("A", SEPTEMBER)])
    assert figures.month_ends == (SEPTEMBER, OCTOBER)
    assert [each.code for each in figures.practices] == ["A", "B"]
    table = figures.tables["saba-6"]
    assert table.numerators == ((10, None), (None, 10))
    assert table.denominators == ((50, None), (None, 50))


def test_of_two_of_one_practice_the_later_stands_alone():
    figures = put_together([rows("A", numerator=10), rows("A", numerator=20)])
    assert len(figures.practices) == 1
    assert figures.tables["saba-6"].numerators == ((20,),)


def test_taking_apart_and_putting_together_changes_nothing():
    figures = put_together([rows("A"), rows("B", SEPTEMBER, None), rows("C", slug="review-12-months")])
    assert put_together(rows_of(figures)) == figures


def test_no_practice_is_no_figure():
    assert put_together([]) == PeerFigures((), (), {})
