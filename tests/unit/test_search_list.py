"""Another search's patient list is read as people paste it; a line that names nobody is said, not echoed."""

from __future__ import annotations

import pytest

from imp2art.audit.reports.search_list import FaultyLine, NotUnderstood, faults_in_order, read_search
from imp2art.core.identifiers import NhsNumber
from imp2art.core.refusal import Refusal

FIRST, SECOND = NhsNumber("9434765919"), NhsNumber("9434765870")


def test_numbers_one_a_line_with_spaces_hyphens_and_empty_lines() -> None:
    found = read_search(f"{FIRST.spaced}\r\n\r\n943-476-5870\r\n", ())
    assert found.keys == (FIRST, SECOND)
    assert found.faulty == ()


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_column_is_found_among_others_under_a_header(separator: str) -> None:
    rows = (("Name", "NHS number", "Age"), ("Ann B", FIRST.spaced, "34"), ("Cy D", SECOND, "40"))
    text = "\ufeff" + "\n".join(separator.join(row) for row in rows)
    assert read_search(text, ()).keys == (FIRST, SECOND)


def test_a_quoted_name_with_a_comma_shifts_nothing() -> None:
    assert read_search(f'"Bell, Ann",{FIRST}\n"Dee, Cy",{SECOND}', ()).keys == (FIRST, SECOND)


def test_a_number_whose_nought_a_spreadsheet_took_away_is_understood() -> None:
    number = next(each for each in map(str, range(101500000, 101500020)) if _is_number(f"0{each}"))
    assert read_search(f"CHI\n{number}", ()).keys == (f"0{number}",)


def _is_number(text: str) -> bool:
    try:
        NhsNumber.parse(text)
    except Refusal:
        return False
    return True


def test_the_systems_own_ids_are_understood() -> None:
    assert read_search("id\np00001\np00002", {"p00001", "p00002"}).keys == ("p00001", "p00002")


def test_each_line_that_names_nobody_is_told_with_its_number_and_why() -> None:
    wrong = FIRST[:-1] + str((int(FIRST[-1]) + 1) % 10)
    found = read_search(f"NHS\n{FIRST}\n{wrong}\nabc\n{FIRST}\n,x\n{SECOND}", ())
    assert found.keys == (FIRST, SECOND)
    assert found.faulty == (
        FaultyLine(3, NotUnderstood.WRONG_NUMBER),
        FaultyLine(4, NotUnderstood.NOT_A_NUMBER),
        FaultyLine(5, NotUnderstood.TWICE),
        FaultyLine(6, NotUnderstood.EMPTY),
    )
    assert dict(faults_in_order(found))[NotUnderstood.TWICE] == (5,)


@pytest.mark.parametrize("text", ["", "\n\n", "nothing,here\n1,2"])
def test_a_text_without_any_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="No line holds an NHS number"):
        read_search(text, ())


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(Refusal, match="20,000 lines"):
        read_search(f"{FIRST}\n" * 20_001, ())
    with pytest.raises(Refusal, match="1 MB"):
        read_search("x" * 1_000_001, ())
