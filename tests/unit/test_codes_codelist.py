"""Codelists join, subtract, and know where they came from."""

import pytest

from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.identifiers import Ctv3Code, ReadV2Code, SnomedCode

ASTHMA = SnomedCode("195967001")
RESOLVED = SnomedCode("162660004")
H33 = ReadV2Code("H33..")


def a_list(
    slug: str, *codes: object, tag: str = "F", dated: str = "2024-02-02", source: str = "s"
) -> Codelist:
    terms = {code: f"term of {code}" for code in codes}
    return Codelist(slug, slug.title(), terms, Provenance(source, "v1", dated, tag))


def test_a_union_has_the_codes_of_both() -> None:
    assert set(a_list("a", ASTHMA) | a_list("b", RESOLVED, H33)) == {ASTHMA, RESOLVED, H33}


def test_a_difference_has_the_codes_of_the_first_only() -> None:
    assert set(a_list("a", ASTHMA, RESOLVED) - a_list("b", RESOLVED)) == {ASTHMA}


def test_the_same_letters_in_another_system_are_not_taken_away() -> None:
    assert set(a_list("a", H33) - a_list("b", Ctv3Code("H33.."))) == {H33}


@pytest.mark.parametrize(("one", "other", "expected"), [("F", "F2", "F2"), ("C", "F2", "C"), ("M", "F", "M")])
def test_a_union_is_as_trusted_as_its_weaker_part(one: str, other: str, expected: str) -> None:
    assert (a_list("a", ASTHMA, tag=one) | a_list("b", H33, tag=other)).provenance.tag == expected


def test_a_union_names_a_source_once() -> None:
    three = a_list("a", ASTHMA, source="x") | a_list("b", H33, source="y") | a_list("c", RESOLVED, source="x")
    assert three.provenance.source == "x; y"


def test_a_union_is_as_new_as_its_newer_part() -> None:
    both = a_list("a", ASTHMA, dated="2025-09-26") | a_list("b", H33, dated="2024-02-02")
    assert both.provenance.dated == "2025-09-26"


def test_a_digest_does_not_depend_on_order_or_terms() -> None:
    one = a_list("a", ASTHMA, H33)
    other = Codelist("b", "B", {H33: "other words", ASTHMA: ""}, one.provenance)
    assert one.digest == other.digest


def test_a_digest_depends_on_the_system() -> None:
    assert a_list("a", H33).digest != a_list("a", Ctv3Code("H33..")).digest
