"""Values to JSON and back: what is kept whole comes back whole, and a wrong value never comes back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp2art.asthma.control import Rcp3q
from imp2art.asthma.review.answers import Review, ReviewMode
from imp2art.codes.identifiers import Code, Ctv3Code, DmdCode, ReadV2Code, SnomedCode
from imp2art.core.finding import Finding, Outcome
from imp2art.core.identifiers import NhsNumber, PracticeCode
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity
from imp2art.core.refusal import Refusal
from imp2art.record.events import CodedEvent
from imp2art.store.json_form import from_json, to_json
from tests.builders import build_record, nhs_number


class Colour(StrEnum):
    BLUE = "blue"
    BROWN = "brown"


@dataclass(frozen=True, slots=True)
class Everything:
    """One field of each kind that the project keeps."""

    number: NhsNumber
    practice: PracticeCode
    code: Code
    medicine: DmdCode
    amount: Decimal
    on: date
    at: datetime
    colour: Colour
    event: CodedEvent
    finding: Finding
    by_name: dict[str, Decimal]
    many: tuple[Code, ...]
    maybe: int | None = None


codes = st.sampled_from(
    [SnomedCode("195967001"), DmdCode("39113611000001102"), ReadV2Code("H33.."), Ctv3Code("H33..")]
)
decimals = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=3)
days = st.dates()
everything = st.builds(
    Everything,
    number=st.integers(0, 10**6).map(nhs_number),
    practice=st.sampled_from([PracticeCode("A12345"), PracticeCode("Y99")]),
    code=codes,
    medicine=st.just(DmdCode("39113611000001102")),
    amount=decimals,
    on=days,
    at=st.datetimes(timezones=st.just(UTC)),
    colour=st.sampled_from(Colour),
    event=st.builds(
        CodedEvent,
        on=days.map(PartialDate.on),
        code=codes,
        value=st.none() | st.builds(Quantity, decimals, st.just("L/min")),
    ),
    finding=st.builds(Finding, st.sampled_from(Outcome), st.text(max_size=20), st.none() | days),
    by_name=st.dictionaries(st.text(max_size=5), decimals, max_size=3),
    many=st.lists(codes, max_size=3).map(tuple),
    maybe=st.none() | st.integers(0, 2**31),
)


@given(everything)
def test_a_value_comes_back_through_json_text_as_it_went(value):
    assert from_json(json.loads(json.dumps(to_json(value))), Everything) == value


@given(codes)
def test_a_code_keeps_its_system(code):
    assert type(from_json(to_json(code), Code)) is type(code)


def test_a_whole_record_comes_back():
    record = build_record()
    assert from_json(to_json(record), type(record)) == record


def test_a_review_of_before_still_reads_and_what_it_did_not_ask_is_not_asked():
    """The fields of the first version, as they were kept."""
    old = {"mode": "phone", "agenda": "Run", "rcp3q": {"sleep": True, "day": None, "activities": None}}
    assert from_json(old, Review) == Review(ReviewMode.PHONE, "Run", Rcp3q(sleep=True))


def test_a_decimal_keeps_its_digits():
    assert to_json(Decimal("0.010")) == "0.010"
    assert str(from_json("0.010", Decimal)) == "0.010"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("9434765910", NhsNumber),
        (9434765919, NhsNumber),
        ("a practice", PracticeCode),
        ({"system": "snomed", "code": "195967002"}, Code),
        ({"system": "icd10", "code": "J45"}, Code),
        ({"system": "snomed", "code": "195967001"}, DmdCode),
        ({"system": "snomed"}, Code),
        ("195967001", SnomedCode),
        ("green", Colour),
        ("31/12/2026", date),
        ("four", Decimal),
    ],
)
def test_what_does_not_fit_the_type_is_refused_without_repeating_it(data, kind):
    with pytest.raises(Refusal) as refusal:
        from_json({"deep": [data]}, dict[str, list[kind]])
    shown = str(refusal.value)
    assert "$[...][0]" in shown or "$[...]" in shown
    assert str(data) not in shown
    assert "9434765" not in shown


def test_a_value_without_a_json_form_is_a_fault():
    with pytest.raises(NotImplementedError, match="no JSON form"):
        to_json(object())
