"""Identifiers of people and organisations, as string types that cannot hold a wrong one."""

from __future__ import annotations

import calendar
import re
from typing import Self

from imp2art.core.refusal import Refusal

_TEN_DIGITS = re.compile(r"[0-9]{10}")
_ODS = re.compile(r"[A-Z0-9]{3,8}")
_NHS_WEIGHTS = range(10, 1, -1)
# Scotland (CHI), Northern Ireland, England and Wales, and the range never issued, kept for tests.
# Source: nhs-number package (uk-fci/nhs-number), clinical fact file §7.7, [F].
_CHI_RANGE = (101_000_000, 3_112_999_999)
_ISSUED_RANGES = (
    _CHI_RANGE,
    (3_200_000_000, 3_999_999_999),
    (4_000_000_000, 4_999_999_999),
    (6_000_000_000, 7_999_999_999),
)
_TEST_RANGE = (9_000_000_000, 9_999_999_999)


class NhsNumber(str):
    """An NHS number (or CHI, or H&C number): ten ASCII digits with a right modulus-11 check digit.

    Raises `Refusal` for anything else. Spaces and hyphens are not removed here: use `parse`.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not _TEN_DIGITS.fullmatch(text):
            raise Refusal("An NHS number has 10 digits.")
        if not _nhs_check_is_right(text):
            raise Refusal("The NHS number's check digit is wrong: one of its digits was mistyped.")
        if not _is_in_a_known_range(int(text)):
            raise Refusal("The NHS number lies outside every range that is issued.")
        if _CHI_RANGE[0] <= int(text) <= _CHI_RANGE[1] and not _begins_with_a_day(text):
            raise Refusal("A CHI number begins with a date of birth, and this one with no day that exists.")
        return super().__new__(cls, text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as people write it: `943 476 5919` or `943-476-5919`."""
        return cls(text.strip(" ").replace(" ", "").replace("-", ""))

    @property
    def spaced(self) -> str:
        """As it is printed for people: 943 476 5919."""
        return f"{self[:3]} {self[3:6]} {self[6:]}"

    @property
    def is_test(self) -> bool:
        """True for the 9xx range, which is never issued to anyone."""
        return self.startswith("9")


class PracticeCode(str):
    """An ODS organisation code: 3 to 8 capital letters and digits, kept as an opaque word."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not _ODS.fullmatch(text):
            raise Refusal("A practice (ODS) code has 3 to 8 capital letters and digits, such as A12345.")
        return super().__new__(cls, text)


def nhs_check_digit(nine: str) -> int | None:
    """The tenth digit for these nine, or None where no number exists (a computed check of 10)."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, _NHS_WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    return None if check == 10 else check


def _nhs_check_is_right(ten: str) -> bool:
    return nhs_check_digit(ten[:9]) == int(ten[9])


def _begins_with_a_day(chi: str) -> bool:
    """Whether the first six digits are a day, DDMMYY. Of the years ending in 00, 2000 had a 29 February."""
    day, month, year = int(chi[:2]), int(chi[2:4]), int(chi[4:6])
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000 + year, month)[1]


def _is_in_a_known_range(number: int) -> bool:
    return any(low <= number <= high for low, high in (*_ISSUED_RANGES, _TEST_RANGE))
