"""Published codelists come in many shapes; what cannot be used is refused with its row and reason."""

import pytest

from imp2art.codes.csv_import import ParsedList, parse_codelist
from imp2art.codes.identifiers import Ctv3Code, DmdCode, ReadV2Code, SnomedCode
from imp2art.core.refusal import Refusal

REVIEW = SnomedCode("394700004")
SALBUTAMOL = DmdCode("39113611000001102")


def events(text: str, system: str | None = None) -> ParsedList:
    return parse_codelist(text.encode(), "list.csv", False, system)


def medicines(text: str, system: str | None = None) -> ParsedList:
    return parse_codelist(text.encode(), "list.csv", True, system)


@pytest.mark.parametrize(
    "text",
    [
        "code,term\n394700004,Asthma annual review\n",
        "term,code\nAsthma annual review,394700004\n",
        "\ufeffCODE,CODE_DESCRIPTION\n394700004,Asthma annual review\n",
        ",code,term\n0,394700004,Asthma annual review\n",
        "code\tterm\n394700004\tAsthma annual review",
        "394700004\tAsthma annual review\n",
        "394700004,Asthma annual review",
        "id,term\r\n394700004,Asthma annual review\r\n",
        'code,term\n\n394700004,"Asthma annual review"\n\n',
        "SNOMED_CODE,Description\n 394700004 , Asthma annual review\n",
    ],
    ids=[
        "plain",
        "turned round",
        "BOM and capitals",
        "unnamed first column",
        "tabs, no last newline",
        "tabs, no header",
        "commas, no header",
        "CRLF",
        "blank lines",
        "other names",
    ],
)
def test_a_shape_of_a_published_list_is_read(text: str) -> None:
    parsed = events(text)
    assert dict(parsed.terms) == {REVIEW: "Asthma annual review"}


def test_a_list_without_terms_is_read() -> None:
    assert dict(events("code,term\n394700004,\n").terms) == {REVIEW: ""}


@pytest.mark.parametrize(
    "text",
    [
        "type,id,bnf_code,nm\nvmp,39113611000001102,0301011R0AAAPAP,Salbutamol",
        "obj_type,vpid,snomed_id,bnf_code,dmd_name\nvmp,320139002,39113611000001102,0,Salbutamol",
        "dmd_type,dmd_id,dmd_name,bnf_code\nVMP,39113611000001102,Salbutamol,0",
        "code,term\n39113611000001102,Salbutamol\n",
    ],
)
def test_a_list_of_medicines_is_read(text: str) -> None:
    assert dict(medicines(text).terms) == {SALBUTAMOL: "Salbutamol"}


@pytest.mark.parametrize("column", ["CTV3ID", "CTV3Code"])
def test_the_column_says_that_codes_are_ctv3(column: str) -> None:
    assert list(events(f"{column},Description\nH33..,Asthma\n").terms) == [Ctv3Code("H33..")]


def test_the_system_is_said_where_the_file_does_not() -> None:
    assert list(events("code,term\nH33..,Asthma\n", "readv2").terms) == [ReadV2Code("H33..")]


def test_a_file_of_read_codes_that_does_not_say_which_is_refused() -> None:
    with pytest.raises(Refusal, match="give --system readv2 or ctv3"):
        events("code,term\nXaIIZ,Asthma daytime symptoms\n")


def test_a_repeated_code_is_counted_and_keeps_its_first_term() -> None:
    parsed = events("code,term\n394700004,first\n394700004,second\n")
    assert (parsed.repeated, parsed.terms[REVIEW]) == (1, "first")


def test_a_damaged_code_is_refused_with_its_row_and_reason() -> None:
    parsed = events("code,term\n394700004,a\n394700005,b\n")
    (fault,) = parsed.faults
    assert (fault.row, fault.column) == (3, "code")
    assert "check digit" in fault.reason


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "missing"),
        ("1.06482E+15", "turned the code into a number"),
        ("3,94E+8", "turned the code into a number"),
        ("394700004.0", "6 to 18 digits"),
        ("'394700004", "6 to 18 digits"),
        ("=394700004", "6 to 18 digits"),
        ("301485011", "not a concept"),
        ("39113611000001102", "a medicine of dm+d"),
        ("0394700004", "no leading zero"),
    ],
)
def test_a_row_that_is_no_event_is_refused(cell: str, reason: str) -> None:
    (fault,) = events(f'code,term\n394700004,a\n"{cell}",b\n').faults
    assert reason in fault.reason


def test_a_rounded_code_is_refused_though_its_check_digit_fits() -> None:
    rounded = ["1064811000000100", "10675391000119100", "1239511000000100"]
    parsed = events("code\n394700004\n" + "\n".join(rounded))
    assert [fault.row for fault in parsed.faults] == [3, 4, 5]


def test_a_code_that_truly_ends_in_0_is_taken_from_a_sound_file() -> None:
    parsed = events("code\n1239511000000100\n1064811000000103\n10675991000119100\n394700005\n")
    assert [fault.row for fault in parsed.faults] == [5]


def test_a_short_code_that_ends_in_0_is_taken_from_a_rounded_file() -> None:
    parsed = events("code\n185731000\n1064811000000100\n10675391000119100\n")
    assert list(parsed.terms) == [SnomedCode("185731000")]


@pytest.mark.parametrize("rows", ["J45,Asthma\nJ46,Status asthmaticus", "J450,a\nJ45.9,b"])
def test_an_icd10_list_is_refused_with_its_reason(rows: str) -> None:
    with pytest.raises(Refusal, match=r"ICD-10.*records do not use ICD-10"):
        events(f"code,term\n{rows}\n")


def test_a_system_that_no_extract_uses_is_refused() -> None:
    with pytest.raises(Refusal, match="snomed, dmd, readv2, ctv3: an extract uses no other"):
        events("code,term\nJ45,Asthma\n", "icd10")


def test_medicines_for_a_list_of_events_are_refused() -> None:
    with pytest.raises(Refusal, match="holds medicines"):
        events("type,id,nm\nvmp,39113611000001102,Salbutamol\n")


def test_medicines_without_telling_columns_are_refused_for_a_list_of_events() -> None:
    with pytest.raises(Refusal, match="holds medicines"):
        events("code,term\n39113611000001102,a\n39112711000001103,b\n320139002,c\n")


def test_events_for_a_list_of_medicines_are_refused() -> None:
    with pytest.raises(Refusal, match=r"holds no medicine of dm\+d"):
        medicines("code,term\n394700004,Asthma annual review\n")


def test_read_codes_for_a_list_of_medicines_are_refused() -> None:
    with pytest.raises(Refusal, match=r"a list of medicines needs dm\+d codes"):
        medicines("CTV3ID\nH33..\n")


def test_a_file_whose_rows_all_fail_is_refused_whole() -> None:
    with pytest.raises(Refusal, match=r"none of its 2 rows can be used.*\(2\).*check digit"):
        events("code\n394700005\n394700006\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("code,term\n", "no rows"),
        ("concept,term\n394700004,a\n", "no column of codes.*it names: concept, term"),
        ("code;term\n394700004;a\n", "no column of codes"),
        ("code,term,code\n394700004,a,394700004\n", "two columns called code"),
        ("code,term,CTV3ID\n394700004,a,H33..\n", r"more than one column of codes \(code, ctv3id\)"),
        ('code,term\n394700004,"a\n394701000,b\n', "cannot be read as CSV"),
        ('code,term\n394700004,"a\n394701000,b"\n401182001,c\n', "quotation mark is not closed"),
        ('code,term\n394700004,"a"b\n', "line 2: the line cannot be read"),
        (f"code,term\n394700004,{'x' * 140_000}\n", "cannot be read"),
    ],
)
def test_a_file_of_the_wrong_structure_is_refused_whole(text: str, reason: str) -> None:
    with pytest.raises(Refusal, match=f"list.csv.*{reason}"):
        events(text)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("code,term\n394700004,a\n".encode("utf-16"), "not UTF-8"),
        (b"code,term\n394700004,caf\xe9\n", "not UTF-8"),
        (b"code,term\n394700004,a\x00\n", "not a text file"),
        (b"PK\x03\x04", "not a text file"),
        ("code\n394700004\n".encode("utf-16-le"), "not a text file"),
        (b"0" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_is_not_text_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        parse_codelist(content, "list.csv", False)


def test_a_term_loses_its_control_characters() -> None:
    assert events("code,term\n394700004,a\x1b[31mb\n").terms[REVIEW] == "a [31mb"


def test_a_quotation_mark_in_a_tabbed_file_is_just_a_character() -> None:
    assert events('394700004\tthe "annual" review\n').terms[REVIEW] == 'the "annual" review'
