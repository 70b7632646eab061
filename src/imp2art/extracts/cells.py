"""What one cell may hold: its text becomes a clean value, or a `Refusal` that says what is wrong.

An empty cell never comes here. The sentences are the reasons of the reject list; none repeats the
cell's text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum

import pyarrow as pa

from imp2art.codes.identifiers import CodingSystem
from imp2art.core.identifiers import NhsNumber
from imp2art.core.partial_date import PartialDate, parse_day
from imp2art.core.quantities import UNITS, parse_decimal, parse_whole
from imp2art.core.refusal import Refusal
from imp2art.record.events import IssueUnit
from imp2art.record.extract_schema import ColumnKind
from imp2art.record.patient import RegistrationKind, Sex

EVENT_SYSTEMS = (CodingSystem.SNOMED, CodingSystem.READ_V2, CodingSystem.CTV3)
LONGEST_NAME = 200
LONGEST_TEXT = 300
_PATIENT_ID = re.compile(r"[A-Za-z0-9-]{1,36}")
_ETHNICITY = re.compile(r"[A-Z]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
# Characters that no eye sees and that turn or hide the letters around them (catalogue C17). The
# joiners U+200C and U+200D are not among them: names in Persian or Urdu need them.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u2028\u2029]")

Judge = Callable[[str], object]

ARROW_TYPES: dict[ColumnKind, pa.DataType] = {
    ColumnKind.DAY: pa.date32(),
    ColumnKind.PARTIAL_DAY: pa.struct([("first", pa.date32()), ("last", pa.date32())]),
    ColumnKind.DECILE: pa.int8(),
}
"""How clean values are held; every kind that is not here is held as text."""


def judges(taken_on: date) -> dict[ColumnKind, Judge]:
    """The reading of each kind of cell in an extract of that day."""
    return {
        ColumnKind.PATIENT_ID: _patient_id,
        ColumnKind.NHS_NUMBER: lambda text: str(NhsNumber(text)),
        ColumnKind.DAY: lambda text: _not_future(PartialDate.on(parse_day(text)), taken_on).first,
        ColumnKind.PARTIAL_DAY: lambda text: _span(_not_future(PartialDate.parse(text), taken_on)),
        ColumnKind.NAME: lambda text: _words(text, LONGEST_NAME),
        ColumnKind.TEXT: lambda text: _words(text, LONGEST_TEXT),
        ColumnKind.SEX: lambda text: _one_of(text, Sex),
        ColumnKind.DECILE: _decile,
        ColumnKind.ETHNICITY: _ethnicity,
        ColumnKind.LANGUAGE: _language,
        ColumnKind.REGISTRATION_KIND: lambda text: _one_of(text, RegistrationKind),
        ColumnKind.SYSTEM: lambda text: _one_of(text, EVENT_SYSTEMS),
        ColumnKind.DECIMAL: _decimal,
        ColumnKind.UNIT: _unit,
        ColumnKind.ISSUE_UNIT: lambda text: _one_of(text, IssueUnit),
    }


def _patient_id(text: str) -> str:
    if not _PATIENT_ID.fullmatch(text):
        raise Refusal("A patient_id has 1 to 36 letters A–Z, digits and hyphens, and nothing else.")
    return text


def _not_future(on: PartialDate, taken_on: date) -> PartialDate:
    if on.first > taken_on:
        raise Refusal("The date lies after the day that the extract was taken.")
    return on


def _span(on: PartialDate) -> dict[str, date]:
    return {"first": on.first, "last": on.last}


def _words(text: str, longest: int) -> str:
    if not text.strip():
        raise Refusal("It holds nothing but spaces.")
    if len(text) > longest:
        raise Refusal(f"It is longer than {longest} characters.")
    if _UNSEEN.search(text) or any(unicodedata.category(letter) in ("Cc", "Co", "Cs") for letter in text):
        raise Refusal("It holds a line break or another unseen character.")
    return text


def _one_of(text: str, words: type[StrEnum] | tuple[StrEnum, ...]) -> str:
    if text not in tuple(words):
        raise Refusal(f"It must be one of {', '.join(words)}.")
    return text


def _decile(text: str) -> int:
    decile = parse_whole(text)
    if not 1 <= decile <= 10:
        raise Refusal("A decile is a whole number from 1 (most deprived) to 10.")
    return decile


def _ethnicity(text: str) -> str:
    if not _ETHNICITY.fullmatch(text):
        raise Refusal("An ethnic category is one capital letter of the NHS data dictionary.")
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text) or len(text) > 35:
        raise Refusal("A language is a BCP 47 tag such as ur or pt-BR.")
    return text


def _decimal(text: str) -> str:
    parse_decimal(text)
    if text.startswith("-"):
        raise Refusal("It is below nought.")
    return text


def _unit(text: str) -> str:
    if text not in UNITS:
        raise Refusal(f"The unit must be one of {', '.join(UNITS)}.")
    return text
