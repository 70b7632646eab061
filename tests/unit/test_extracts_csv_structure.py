"""A CSV file that is not whole and plain refuses the whole extract (bad-input catalogue C01–C08, C15)."""

from __future__ import annotations

import pytest

from imp2art.core.refusal import Refusal
from imp2art.extracts.reader import open_extract
from tests.extract_files import RIGHT, rows_of, write_files

HEADER, FIRST, SECOND, THIRD = RIGHT["events"].splitlines()
EVENTS = RIGHT["events"].encode()


def test_a_right_extract_gives_all_its_rows(tmp_path):
    extract = open_extract(write_files(tmp_path / "x"))
    assert [len(rows_of(extract, table)) for table in RIGHT] == [2, 2, 3, 2]


def text(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode()


# name, the events file, and what the sentence must say
STRUCTURE = [
    ("C01 empty", b"", "events.csv is empty"),
    ("C01 only a byte order mark", b"\xef\xbb\xbf", "events.csv is empty"),
    ("C01 only line ends", b"\n\n", "line 1: the header lacks patient_id"),
    ("C03 missing column", text(HEADER.replace(",unit", ""), "p1,2020,snomed,195967001,"), "lacks unit"),
    ("C03 extra column", text(HEADER + ",note", FIRST + ",x"), "1 more than the columns"),
    ("C03 renamed column", text(HEADER.replace("value", "Value"), FIRST), "lacks value"),
    ("C03 capital header", text(HEADER.upper(), FIRST), "lacks patient_id"),
    ("C03 duplicate column", text(HEADER.replace("unit", "value"), FIRST), "lacks unit"),
    ("C03 doubled column", text(HEADER + ",unit", FIRST + ","), "names a column twice"),
    ("C03 space in the header", text(HEADER.replace(",code", ", code"), FIRST), "lacks code"),
    ("C03 no header", text(FIRST, SECOND), "line 1: the header lacks"),
    ("C04 UTF-16 with its mark", RIGHT["events"].encode("utf-16"), "is UTF-16"),
    ("C04 UTF-16, big-endian", b"\xfe\xff" + RIGHT["events"].encode("utf-16-be"), "is UTF-16"),
    ("C04 UTF-16 without a mark", RIGHT["events"].encode("utf-16-le"), "NUL byte"),
    ("C04 UTF-32", RIGHT["events"].encode("utf-32"), "is UTF-16"),
    ("C04 Windows-1252", text(HEADER, FIRST, SECOND) + b"p1,2020,snomed,\xd3,,\n", "line 4: it is not UTF-8"),
    ("C04 cut letter", text(HEADER, FIRST) + b"p1,2020,snomed,\xc3", "line 3: it is not UTF-8"),
    ("C04 surrogate", text(HEADER) + b"p1,2020,snomed,\xed\xa0\x80,,\n", "line 2: it is not UTF-8"),
    ("C04 overlong NUL", text(HEADER) + b"p1,2020,snomed,\xc0\x80,,\n", "line 2: it is not UTF-8"),
    ("C04 NUL", text(HEADER, FIRST, "p1,20\x0020,snomed,195967001,,"), "line 3: it holds a NUL byte"),
    ("C05 old line ends", EVENTS.replace(b"\n", b"\r"), "line 1: it holds a bare carriage return"),
    (
        "C05 one bare carriage return",
        text(HEADER, FIRST, "p1,2020\r,snomed,195967001,,"),
        "line 3: it holds a bare",
    ),
    ("C05 empty line", text(HEADER, FIRST, "", SECOND), "line 3: it has 0 cells"),
    ("C05 empty line at the end", text(HEADER, FIRST, ""), "line 3: it has 0 cells"),
    ("C06 semicolons", EVENTS.replace(b",", b";"), "not separated by commas"),
    ("C06 tabs", EVENTS.replace(b",", b"\t"), "not separated by commas"),
    ("C06 bars", EVENTS.replace(b",", b"|"), "not separated by commas"),
    ("C06 semicolons in one row", text(HEADER, FIRST.replace(",", ";")), "line 2: it has 1 cells"),
    (
        "C07 stray opening quote",
        text(HEADER, '"p1,2020,snomed,195967001,,', SECOND, THIRD),
        "line 2: a quote",
    ),
    (
        "C07 quote that a later one closes",
        text(HEADER, 'p1,"2020,snomed,1,,', 'p1,2020",snomed,1,,'),
        "line 2: a quote",
    ),
    ("C07 quote inside a cell", text(HEADER, 'p1,20"20,snomed,195967001,,'), "line 2: a quote"),
    ("C07 text behind a quoted cell", text(HEADER, '"p1"x,2020,snomed,195967001,,'), "line 2: a quote"),
    ("C07 space before a quote", text(HEADER, 'p1, "2020",snomed,195967001,,'), "line 2: a quote"),
    (
        "C07 backslash in place of a double quote",
        text(HEADER, r'p1,"20\"20",snomed,195967001,,'),
        "line 2: a quote",
    ),
    ("C07 line break in a cell", text(HEADER, 'p1,2020,snomed,"1959', '67001",,'), "a row is one line"),
    ("C07 a quote as the last thing", text(HEADER, FIRST) + b'"', "line 3: a quote"),
    (
        "short row",
        text(HEADER, FIRST, "p1,2020,snomed,195967001"),
        "line 3: it has 4 cells and should have 6",
    ),
    ("long row", text(HEADER, FIRST + ","), "line 2: it has 7 cells and should have 6"),
    ("comma in a bare cell", text(HEADER, "p1,2020,snomed,195967001,1,000,L/min"), "line 2: it has 7 cells"),
    ("C08 long line", text(HEADER, FIRST, "p1," + "x" * 20_000), "line 3: it is longer than 10000"),
    ("C08 one endless line", b"x" * 3_000_000, "longer than 10000"),
    (
        "C08 long cell in quotes",
        text(HEADER, '"' + "x" * 140_000 + '",2020,snomed,1,,'),
        "line 2: it is longer",
    ),
    ("a binary file", bytes(range(1, 256)) * 20, "line 2: it is not UTF-8"),
]


@pytest.mark.parametrize(
    ("content", "sentence"), [case[1:] for case in STRUCTURE], ids=[c[0] for c in STRUCTURE]
)
def test_a_structural_fault_refuses_the_extract(tmp_path, content, sentence):
    with pytest.raises(Refusal) as refused:
        open_extract(write_files(tmp_path / "x", {"events": content}))
    assert sentence in str(refused.value)


@pytest.mark.parametrize("table", RIGHT)
def test_every_table_is_held_to_it(tmp_path, table):
    with pytest.raises(Refusal, match=f"{table}.csv, line 2: it has 1 cells"):
        open_extract(write_files(tmp_path / "x", {table: RIGHT[table].splitlines()[0] + "\nx\n"}))


def test_a_sentence_never_repeats_a_cell(tmp_path):
    content = text(HEADER, "p1,2020,snomed,195967001,Mrs Secret")
    with pytest.raises(Refusal) as refused:
        open_extract(write_files(tmp_path / "x", {"events": content}))
    assert "Secret" not in str(refused.value)


# What is not a fault: the same three rows, written in other lawful ways.
LAWFUL = [
    ("CRLF", EVENTS.replace(b"\n", b"\r\n")),
    ("CRLF and LF mixed", EVENTS.replace(b"\n", b"\r\n", 2)),
    ("no last line end", EVENTS.rstrip(b"\n")),
    ("byte order mark", b"\xef\xbb\xbf" + EVENTS),
    (
        "every cell in quotes",
        b"\n".join(b'"' + line.replace(b",", b'","') + b'"' for line in EVENTS.split()) + b"\n",
    ),
    (
        "columns in another order",
        b"\n".join(b",".join(reversed(line.split(b","))) for line in EVENTS.splitlines()) + b"\n",
    ),
]


@pytest.mark.parametrize("content", [case[1] for case in LAWFUL], ids=[case[0] for case in LAWFUL])
def test_lawful_writings_give_the_same_rows(tmp_path, content):
    right = rows_of(open_extract(write_files(tmp_path / "right")), "events")
    assert rows_of(open_extract(write_files(tmp_path / "x", {"events": content})), "events") == right


def test_commas_and_doubled_quotes_in_a_cell_are_kept(tmp_path):
    lines = RIGHT["patients"].splitlines()
    lines[1] = lines[1].replace("O'Brien", '"O\'Brien, ""Red"""')
    extract = open_extract(write_files(tmp_path / "x", {"patients": "\n".join(lines)}))
    assert rows_of(extract, "patients")[0]["family_name"] == 'O\'Brien, "Red"'


def test_line_numbers_are_right_beyond_one_block(tmp_path):
    lines = [HEADER, *[FIRST] * 60_000, "p1,31/02/2020,snomed,195967001,,"]
    extract = open_extract(write_files(tmp_path / "x", {"events": text(*lines)}))
    rows_of(extract, "events")
    assert [fault.row for fault in extract.rejects] == [60_002]


def test_a_structural_fault_far_down_names_its_line(tmp_path):
    content = text(HEADER, *[FIRST] * 60_000, '"p1')
    with pytest.raises(Refusal, match=r"events\.csv, line 60002: a quote"):
        open_extract(write_files(tmp_path / "x", {"events": content}))


def test_a_line_that_lies_across_two_blocks_is_whole(tmp_path):
    content = text(HEADER, *[FIRST + " " * (n % 7) for n in range(80_000)])
    assert sum(
        batch.num_rows
        for batch in open_extract(write_files(tmp_path / "x", {"events": content})).clean_batches(
            "events", None
        )
    ) == sum(n % 7 == 0 for n in range(80_000))  # a unit of spaces is a fault of its row
