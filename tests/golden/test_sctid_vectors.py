"""SNOMED CT and dm+d identifiers against the published vectors of the clinical fact file, §6.2."""

import pytest

from imp2art.codes.identifiers import DmdCode, SnomedCode
from imp2art.codes.verhoeff import check_digit, is_valid
from imp2art.core.refusal import Refusal

VALID = ("195967001", "754061000000100", "10692761000119107", "7511000001105")
PUBLISHED_TYPO = "92851000000107"


@pytest.mark.parametrize("sctid", VALID)
def test_a_published_identifier_passes(sctid: str) -> None:
    assert is_valid(sctid)
    assert SnomedCode(sctid) == sctid


def test_the_check_digit_of_asthma_is_1() -> None:
    assert check_digit("19596700") == 1


@pytest.mark.parametrize("sctid", VALID)
def test_the_computed_check_digit_is_the_published_one(sctid: str) -> None:
    assert check_digit(sctid[:-1]) == int(sctid[-1])


def test_a_published_typo_fails() -> None:
    assert not is_valid(PUBLISHED_TYPO)
    with pytest.raises(Refusal, match="check digit"):
        SnomedCode(PUBLISHED_TYPO)


@pytest.mark.parametrize("sctid", VALID)
def test_every_single_digit_error_is_caught(sctid: str) -> None:
    wrong = {
        sctid[:at] + digit + sctid[at + 1 :]
        for at in range(len(sctid))
        for digit in "0123456789"
        if digit != sctid[at]
    }
    assert not any(is_valid(text) for text in wrong)


@pytest.mark.parametrize("sctid", VALID)
def test_every_swap_of_neighbours_is_caught(sctid: str) -> None:
    swapped = {sctid[:at] + sctid[at + 1] + sctid[at] + sctid[at + 2 :] for at in range(len(sctid) - 1)}
    assert not any(is_valid(text) for text in swapped - {sctid})


def test_a_salbutamol_rounded_by_a_spreadsheet_fails() -> None:
    with pytest.raises(Refusal, match="spreadsheet"):
        DmdCode("39113611000001100")
