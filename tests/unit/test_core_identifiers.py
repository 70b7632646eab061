"""NHS numbers and practice codes. Vectors: clinical fact file §8."""

import nhs_number
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp2art.core.identifiers import NhsNumber, PracticeCode, nhs_check_digit
from imp2art.core.refusal import Refusal

VALID = ["9876543210", "9990000018", "4000000632", "9000000009", "9434765919", "4505577104"]
INVALID = {
    "check digit": "1234567890",
    "computed check is 10": "9000000050",
    "nine digits": "943476591",
    "eleven digits": "94347659190",
    "zeros": "0000000000",
    "a spreadsheet's number": "9.43E+09",
    "digits of another script": "٩٤٣٤٧٦٥٩١٩",
    "a newline at the end": "9434765919\n",
    "a sign and an underscore": "+943_476_5919",
    "a range never issued": "0000000019",
    "a CHI number of 30 February": "3002000019",
}


@pytest.mark.parametrize("text", VALID)
def test_a_right_number_is_taken(text: str) -> None:
    assert NhsNumber(text) == text


@pytest.mark.parametrize("text", INVALID.values(), ids=INVALID.keys())
def test_a_wrong_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        NhsNumber(text)
    assert text.strip() not in str(refusal.value)


def test_a_number_is_read_as_people_write_it() -> None:
    assert NhsNumber.parse(" 943 476-5919 ").spaced == "943 476 5919"


def test_a_chi_number_of_29_february_2000_is_taken() -> None:
    nine = "290200001"
    assert NhsNumber(f"{nine}{nhs_check_digit(nine)}").startswith("2902")


@given(st.integers(0, 9_999_999_999))
def test_no_number_is_taken_that_the_nhs_number_package_refuses(number: int) -> None:
    text = f"{number:010d}"
    try:
        NhsNumber(text)
    except Refusal:
        return
    assert nhs_number.is_valid(text)


@given(st.integers(400_000_000, 499_999_999))
def test_the_check_digit_makes_a_valid_number_or_none_exists(nine: int) -> None:
    check = nhs_check_digit(str(nine))
    assert check is None or nhs_number.is_valid(f"{nine}{check}")


@pytest.mark.parametrize("text", ["a12345", "A1", "A12345678", "A 2345", "Å12345", ""])
def test_a_wrong_practice_code_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        PracticeCode(text)
