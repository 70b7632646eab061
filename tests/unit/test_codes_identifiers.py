"""A code cannot be of the wrong system, shape or kind."""

import pytest

from imp2art.codes.identifiers import Ctv3Code, DmdCode, ReadV2Code, SnomedCode, parse_code
from imp2art.core.refusal import Refusal


def test_the_same_digits_of_two_systems_are_two_codes() -> None:
    assert SnomedCode("320139002") != DmdCode("320139002")
    assert len({SnomedCode("320139002"), DmdCode("320139002")}) == 2


def test_a_code_equals_its_text() -> None:
    assert SnomedCode("195967001") == "195967001"


@pytest.mark.parametrize("text", ["H33", "H33..", "H33..00", "H33.. "[:5]])
def test_a_read_code_is_filled_up_to_five(text: str) -> None:
    assert ReadV2Code(text) == "H33.."


def test_upper_and_lower_case_of_a_read_code_differ() -> None:
    assert ReadV2Code("663N.") != ReadV2Code("663n.")


def test_a_read_v2_code_is_not_a_ctv3_code() -> None:
    assert ReadV2Code("137R.") != Ctv3Code("137R.")


@pytest.mark.parametrize(
    "text", ["", "12345", "0195967001", "1959670011234567890", "195967001\n", "１９５９６７００１"]
)
def test_what_is_not_a_snomed_identifier_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="6 to 18 digits"):
        SnomedCode(text)


def test_the_identifier_of_a_description_is_refused() -> None:
    with pytest.raises(Refusal, match="not a concept"):
        SnomedCode("301485011")


@pytest.mark.parametrize("text", ["", "H33...", "H3 3.", ".....", "XaIIZZ"])
def test_what_is_not_a_read_code_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="five letters"):
        Ctv3Code(text)


def test_a_system_that_no_extract_uses_is_refused() -> None:
    with pytest.raises(Refusal, match="snomed, dmd, readv2, ctv3"):
        parse_code("icd10", "J45")
