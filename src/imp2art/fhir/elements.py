"""The small parts of which resources are made: text, numbers with units, codings, references."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from imp2art.core.refusal import Refusal
from imp2art.fhir.names import PROFILES, UCUM
from imp2art.fhir.place import Place

Element = dict[str, Any]

LARGEST_NUMBER = 2**31 - 1  # what a FHIR integer can hold
_UNIT_WORDS = {"{puff}": "puffs", "mg": "mg", "L/min": "L/min", "d": "days", "h": "hours", "s": "seconds"}


def told(**elements: object) -> Element:
    """An element with what is known of it: FHIR has neither null nor an empty list, object or text."""
    return {
        name: value for name, value in elements.items() if value is not None and value not in ("", [], {})
    }


def text(words: str) -> str:
    """Words as a FHIR string; `Refusal` for what it cannot hold: control characters, or blanks alone."""
    control = any(ord(letter) < 32 and letter not in "\t\r\n" for letter in words)
    if control or any("\ud800" <= letter <= "\udfff" for letter in words) or (words and not words.strip()):
        raise Refusal(
            "A text of the plan holds nothing but blanks, or characters that cannot be written as data. "
            "Type it again in the plan."
        )
    return words


def whole(number: int) -> int:
    """A count as it may be written: not below nought, and no larger than FHIR can hold."""
    if not 0 <= number <= LARGEST_NUMBER:
        raise Refusal("A number of the plan is below 0 or far too large; correct it in the plan.")
    return number


def quantity(number: int | None, unit: str | None) -> Element | None:
    """A count in a UCUM unit; without a unit where none is known. None stays None."""
    if number is None:
        return None
    words = {} if unit is None else {"unit": _UNIT_WORDS[unit], "system": UCUM, "code": unit}
    return {"value": whole(number), **words}


def exact(number: Decimal, unit: str, words: str) -> Element:
    """A decimal in a UCUM unit, with its digits as they are."""
    return told(value=number, unit=words, system=UCUM, code=unit)


def amount(place: Place | None) -> int | None:
    """The count of a quantity. Its unit is checked when the whole Bundle is (`bundle.py`)."""
    return None if place is None else count(place.need("value"))


def count(value: Place) -> int:
    """A number that may be written as a count."""
    number = value.whole()
    return (
        number if 0 <= number <= LARGEST_NUMBER else value.refuse("this number is below 0 or far too large.")
    )


def concept(system: str, code: str | None) -> Element | None:
    """A CodeableConcept of one code."""
    return None if code is None else {"coding": [{"system": system, "code": code}]}


def only_code(place: Place | None) -> Place | None:
    """The code of a CodeableConcept's one coding."""
    coding = place.one("coding") if place else None
    return coding.need("code") if coding else None


def identifier(system: str, value: str) -> Element | None:
    """An identifier, or None where there is no value."""
    return {"system": system, "value": text(value)} if value else None


def identified(place: Place, system: str) -> str:
    """The value of the identifier of this system; empty where there is none."""
    found = [each for each in place.each("identifier") if each.need("system").text() == system]
    if len(found) > 1:
        found[1].refuse("this may be said once.")
    return found[0].need("value").text() if found else ""


def address(name: UUID, role: str) -> str:
    """Where a resource of the Bundle is found. `role` is its part in the plan: `patient`, `goal`."""
    return f"urn:uuid:{uuid5(name, role)}"


def reference(name: UUID, role: str) -> Element:
    """A reference to a resource of the same Bundle."""
    return {"reference": address(name, role)}


def resource(kind: str, name: UUID, role: str, /, **elements: object) -> Element:
    """A resource with its id, and the UK Core profile where there is one."""
    meta = {"profile": [PROFILES[kind]]} if kind in PROFILES else None
    return told(resourceType=kind, id=str(uuid5(name, role)), meta=meta, **elements)
