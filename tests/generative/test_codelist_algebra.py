"""Codelists obey the laws of sets, whatever codes they hold; reading gives back what was written."""

from hypothesis import given
from hypothesis import strategies as st

from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.csv_import import parse_codelist
from imp2art.codes.identifiers import Code, Ctv3Code, DmdCode, ReadV2Code, SnomedCode
from imp2art.codes.list_files import LIST_COLUMNS, list_text, read_rows
from imp2art.codes.verhoeff import check_digit, is_valid
from imp2art.core.refusal import Refusal

ITEMS = st.integers(min_value=1, max_value=9_999_999_999)


def with_check(digits: str) -> str:
    return digits + str(check_digit(digits))


def snomed(item: int) -> SnomedCode:
    return SnomedCode(with_check(f"{item + 100}00"))


def dmd(item: int) -> DmdCode:
    return DmdCode(with_check(f"{item % 99_999_999 + 1}100000110"))


READ = st.text("0123456789ABCXYabcxy", min_size=1, max_size=5)
CODES: st.SearchStrategy[Code] = st.one_of(
    ITEMS.map(snomed), ITEMS.map(dmd), READ.map(ReadV2Code), READ.map(Ctv3Code)
)
TERMS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)


@st.composite
def codelists(draw: st.DrawFn) -> Codelist:
    terms = draw(st.dictionaries(CODES, TERMS, max_size=8))
    tag = draw(st.sampled_from(["F", "F2", "C", "M"]))
    return Codelist("a-list", "A list", terms, Provenance("source", "v1", "2026-01-01", tag))


@given(codelists(), codelists())
def test_union_is_commutative(a: Codelist, b: Codelist) -> None:
    assert (a | b).digest == (b | a).digest


@given(codelists(), codelists(), codelists())
def test_union_is_associative(a: Codelist, b: Codelist, c: Codelist) -> None:
    assert ((a | b) | c).digest == (a | (b | c)).digest


@given(codelists())
def test_union_with_itself_is_itself(a: Codelist) -> None:
    assert (a | a).digest == a.digest


@given(codelists(), codelists())
def test_what_is_taken_away_is_gone_and_the_rest_stays(a: Codelist, b: Codelist) -> None:
    assert set(a - b) == {code for code in a if code not in b}


@given(codelists(), codelists())
def test_a_difference_and_its_other_part_make_the_whole(a: Codelist, b: Codelist) -> None:
    assert ((a - b) | (a - (a - b))).digest == a.digest


@given(codelists(), codelists())
def test_a_derived_list_is_never_better_trusted_than_its_parts(a: Codelist, b: Codelist) -> None:
    order = ["F", "F2", "C", "M"].index
    assert order((a | b).provenance.tag) == max(order(a.provenance.tag), order(b.provenance.tag))


@given(codelists())
def test_a_file_of_ours_holds_every_code_and_term(a: Codelist) -> None:
    rows = [row for _, row in read_rows(list_text(a), LIST_COLUMNS, "a.csv")]
    assert {(row["system"], row["code"], row["term"]) for row in rows} == {
        (code.system, str(code), term) for code, term in a.terms.items()
    }


@given(st.dictionaries(ITEMS.map(snomed), TERMS, min_size=1, max_size=8))
def test_a_published_list_is_read_whole(terms: dict[SnomedCode, str]) -> None:
    a = Codelist("a-list", "A list", dict(terms), Provenance("source", "v1", "2026-01-01", "F"))
    assert dict(parse_codelist(list_text(a).encode(), "a.csv", False).terms) == terms


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    try:
        parsed = parse_codelist(content, "a.csv", False)
    except Refusal:
        return
    assert parsed.terms


@given(st.text("0123456789", min_size=5, max_size=17))
def test_a_check_digit_makes_a_valid_identifier(digits: str) -> None:
    assert is_valid(with_check(digits))


@given(st.text("0123456789", min_size=5, max_size=17), st.integers(0, 8))
def test_any_other_digit_makes_an_invalid_one(digits: str, other: int) -> None:
    right = check_digit(digits)
    assert not is_valid(digits + "0123456789".replace(str(right), "")[other])
