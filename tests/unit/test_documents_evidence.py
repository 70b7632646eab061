"""Evidence: complete, sourced, and never from memory."""

from __future__ import annotations

import pytest

from imp2art.core.refusal import Refusal
from imp2art.documents.evidence import evidence_of, parse_evidence, read_evidence

WHOLE = {"citation": "Someone, Journal 1:1", "finding": "Plans help.", "tag": "F", "read_in": "fact file"}


def entry(**changes: object) -> str:
    cells = {key: value for key, value in ({**WHOLE, "year": 2020} | changes).items() if value is not None}
    lines = [f"{key} = {value!r}" for key, value in cells.items()]
    return "[evidence.one]\n" + "\n".join(lines).replace("'", '"')


def test_an_entry_is_read_whole() -> None:
    (one,) = parse_evidence(entry()).values()
    assert (one.id, one.citation, one.year, one.tag) == ("one", WHOLE["citation"], 2020, "F")


def test_a_year_that_was_not_found_is_unknown() -> None:
    assert parse_evidence(entry(year=None))["one"].year is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"citation": None}, "needs citation"),
        ({"finding": ""}, "needs citation"),
        ({"read_in": None}, "needs citation"),
        ({"year": "2020"}, "may have a year"),
        ({"link": "somewhere"}, "nothing else"),
        ({"tag": "M"}, "not trusted"),
    ],
)
def test_an_incomplete_or_remembered_entry_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(Refusal, match=told):
        parse_evidence(entry(**changes))


def test_a_file_that_is_not_evidence_is_refused() -> None:
    for text in ("[[", "[book]\n"):
        with pytest.raises(Refusal, match="cannot be read"):
            parse_evidence(text)


def test_evidence_comes_in_the_order_asked() -> None:
    first, second = evidence_of(("nrad-2014", "gibson-2003"))
    assert (first.id, second.id) == ("nrad-2014", "gibson-2003")
    assert second.year == 2003


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(Refusal, match="no evidence “never-heard-of”"):
        evidence_of(("never-heard-of",))


def test_every_finding_is_a_sentence() -> None:
    assert all(each.finding.endswith(".") and len(each.finding) < 260 for each in read_evidence().values())
