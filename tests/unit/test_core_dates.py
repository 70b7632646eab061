"""Periods, ages and partial dates."""

from datetime import date

import pytest

from imp2art.core.age import age_on
from imp2art.core.partial_date import PartialDate, parse_day
from imp2art.core.period import Period, add_months, financial_year, month_ends, months_up_to
from imp2art.core.quantities import Quantity, parse_decimal, parse_whole
from imp2art.core.refusal import Refusal


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2025, 2, 28), -12, date(2024, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_are_calendar_months(on: date, months: int, expected: date) -> None:
    assert add_months(on, months) == expected


def test_the_look_back_takes_its_last_day_and_not_its_first() -> None:
    window = months_up_to(date(2026, 3, 31), 12)
    assert date(2026, 3, 31) in window
    assert date(2025, 4, 1) in window
    assert date(2025, 3, 31) not in window


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2026, 2, 1), date(2026, 1, 1))


def test_month_ends_are_oldest_first() -> None:
    assert month_ends(date(2026, 3, 5), 3) == (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2026, 3, 31), "2025/26"), (date(2026, 4, 1), "2026/27"), (date(1999, 5, 1), "1999/00")],
)
def test_the_contract_year_turns_on_1_april(on: date, year: str) -> None:
    assert financial_year(on) == year


def test_someone_born_on_29_february_ages_on_1_march() -> None:
    born = date(2020, 2, 29)
    assert [age_on(born, on) for on in (date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29))] == [5, 6, 8]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-05-01", date(2019, 5, 1), date(2019, 5, 1)),
    ],
)
def test_a_partial_date_is_the_days_it_may_be(text: str, first: date, last: date) -> None:
    partial = PartialDate.parse(text)
    assert (partial.first, partial.last, str(partial)) == (first, last, text)


# What `date.fromisoformat` takes and a record must not.
@pytest.mark.parametrize(
    "text",
    [
        "20260101",
        "2026-W01-1",
        "2026-02-31",
        "31/02/2026",
        "2026-1-1",
        "2026-13",
        "0000",
        "٢٠٢٦-٠١-٠١",
        "2026-01-01\n",
        "2026-01-01T00:00",
        "46000",
        "",
    ],
)
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        PartialDate.parse(text)


def test_a_whole_day_is_not_read_from_a_part() -> None:
    with pytest.raises(Refusal, match="needs its day"):
        parse_day("2026-01")


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "1e5", "1_000", "1,000", "٤٨٠", " 480", "--1", "1.", ".5", "9" * 5000]
)
def test_what_is_not_a_plain_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_decimal(text)


def test_a_decimal_keeps_its_zeros() -> None:
    assert str(parse_decimal("0.010")) == "0.010"


@pytest.mark.parametrize("text", ["-1", "1.5", "٣", "", "1 ", "9" * 5000])
def test_what_is_not_a_whole_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_whole(text)


def test_an_unknown_unit_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refusal, match="L/min"):
        Quantity(parse_decimal("480"), "litres")
