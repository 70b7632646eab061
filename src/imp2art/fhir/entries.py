"""The coded entries of a review: an Observation or a Procedure each, all of the day of the review (H-20).

What a clinician did is a Procedure, what was found an Observation. Which codes are deeds is known from the
list of the library that each written code is for.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.reference import reference_table
from imp2art.asthma.review.codes import CodedEntry
from imp2art.codes.identifiers import SnomedCode
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import UNITS, Quantity
from imp2art.core.refusal import Refusal
from imp2art.fhir.elements import Element, exact, identified, identifier, resource, text, told
from imp2art.fhir.names import ENTRY_SOURCE, SNOMED
from imp2art.fhir.people import subject
from imp2art.fhir.place import Place
from imp2art.record.events import CodedEvent

_LISTS_OF_DEEDS = ("asthma-review", "smoking-advice")


def write_entry(entry: CodedEntry, place: int, plan: ActionPlan, name: UUID) -> Element:
    """One entry; `place` counts from 0. `Refusal` for a code that is not of SNOMED CT, or has no source."""
    event = entry.event
    if not isinstance(event.code, SnomedCode):
        raise Refusal("A coded entry is not of SNOMED CT, and only those are written as data.")
    if not event.source:
        raise Refusal("A coded entry does not say which review wrote it.")
    deed = event.value is None and event.code in _deeds()
    day = str(event.on)
    return resource(
        "Procedure" if deed else "Observation",
        name,
        f"entry-{place}",
        identifier=[identifier(ENTRY_SOURCE, event.source)],
        status="completed" if deed else "final",
        code={"coding": [told(system=SNOMED, code=str(event.code), display=text(entry.term))]},
        subject=subject(plan, name),
        performedDateTime=day if deed else None,
        effectiveDateTime=None if deed else day,
        valueQuantity=_quantity(event.value),
    )


def is_entry(resource: Place) -> bool:
    """Whether a resource is a coded entry: those alone say which review wrote them."""
    return bool(identified(resource, ENTRY_SOURCE))


def read_entry(resource: Place) -> CodedEntry:
    """The entry that an Observation or a Procedure tells."""
    coding = resource.need("code").one("coding")
    if coding is None:
        resource.refuse("a coded entry needs its code.")
    term, value = coding.at("display"), resource.at("valueQuantity")
    event = CodedEvent(
        on=_day(resource),
        code=_code(coding.need("code")),
        value=_read_quantity(value) if value else None,
        source=identified(resource, ENTRY_SOURCE),
    )
    return CodedEntry(event, term.text() if term else "")


@cache
def _deeds() -> frozenset[str]:
    rows = reference_table("written_codes.toml", "code")
    return frozenset(str(row["code"]) for row in rows if row["list"] in _LISTS_OF_DEEDS)


def _quantity(value: Quantity | None) -> Element | None:
    return None if value is None else exact(value.value, value.unit, UNITS[value.unit])


def _read_quantity(place: Place) -> Quantity:
    unit = place.need("code")
    try:
        return Quantity(place.need("value").number(), unit.text())
    except Refusal:
        return unit.refuse("this is not a unit that a coded entry has.")


def _day(resource: Place) -> PartialDate:
    place = resource.at("performedDateTime") or resource.need("effectiveDateTime")
    try:
        return PartialDate.parse(place.text())
    except Refusal:
        return place.refuse("a date such as 2026-11-23 is needed.")


def _code(place: Place) -> SnomedCode:
    try:
        return SnomedCode(place.text())
    except Refusal:
        return place.refuse("this is no SNOMED CT code: its check digit or its length is wrong.")
