"""Whose plan it is and whose practice made it: Patient and Organization.

The NHS number stands under the system of NHS numbers only where it is one by its range: a CHI number or a
number of Northern Ireland has a system of its own, for which no source is trusted yet.
"""

from __future__ import annotations

from uuid import UUID

from imp2art.asthma.plan.action_plan import ActionPlan, PlanPerson
from imp2art.core.identifiers import NhsNumber
from imp2art.core.refusal import Refusal
from imp2art.fhir.elements import Element, address, identified, identifier, resource, text, told
from imp2art.fhir.fields import read_fields, write_fields
from imp2art.fhir.names import DATA_ABSENT, NHS_NUMBER, OURS, PATIENT_ID
from imp2art.fhir.place import Place

_OTHER_NATION = OURS + "patient-number"
_FIRST_NHS_NUMBER = 4_000_000_000  # below: Scotland's and Northern Ireland's (fact file §7.7 [F])
_NATIVE = ("patient_id", "name", "born", "nhs_number")


def number_identifier(number: NhsNumber) -> Element:
    """The person's number as an identifier, under the system that it belongs to."""
    return {
        "system": NHS_NUMBER if int(number) >= _FIRST_NHS_NUMBER else _OTHER_NATION,
        "value": str(number),
    }


def subject(plan: ActionPlan, name: UUID) -> Element:
    """The reference by which every resource names the person."""
    return {"reference": address(name, "patient"), "identifier": number_identifier(plan.person.nhs_number)}


def write_patient(plan: ActionPlan, name: UUID) -> Element:
    """The person, with the telephone number of the carer whom a school calls."""
    person = plan.person
    telecom = _phone(plan.carer_phone)
    return resource(
        "Patient",
        name,
        "patient",
        extension=write_fields(person, _NATIVE),
        identifier=[
            number_identifier(person.nhs_number),
            *filter(None, [identifier(PATIENT_ID, person.patient_id)]),
        ],
        name=[{"text": text(person.name)}] if person.name else None,
        birthDate=person.born.isoformat(),
        contact=[{"telecom": telecom}] if telecom else None,
    )


def read_person(patient: Place) -> PlanPerson:
    """The person whom a Patient tells of."""
    named = patient.one("name")
    return PlanPerson(
        patient_id=identified(patient, PATIENT_ID),
        name=named.need("text").text() if named else "",
        born=patient.need("birthDate").day(),
        nhs_number=_number(patient),
        **read_fields(PlanPerson, patient, _NATIVE),
    )


def read_carer_phone(patient: Place) -> str:
    """The carer's telephone number; empty where none is told."""
    contact = patient.one("contact")
    return _read_phone(contact) if contact else ""


def write_practice(plan: ActionPlan, name: UUID) -> Element | None:
    """The practice; None where neither its name nor its telephone number is known yet."""
    if not plan.practice_name and not plan.practice_phone:
        return None
    absent = {"extension": [{"url": DATA_ABSENT, "valueCode": "unknown"}]}
    return resource(
        "Organization",
        name,
        "practice",
        name=text(plan.practice_name),
        _name=None if plan.practice_name else absent,
        telecom=_phone(plan.practice_phone),
    )


def read_practice(organization: Place | None) -> tuple[str, str]:
    """The practice's name and telephone number, each empty where it is not told."""
    if organization is None:
        return "", ""
    named = organization.at("name")
    return (named.text() if named else ""), _read_phone(organization)


def _phone(number: str) -> list[Element]:
    return [told(system="phone", value=text(number))] if number else []


def _read_phone(place: Place) -> str:
    telecom = place.one("telecom")
    return telecom.need("value").text() if telecom else ""


def _number(patient: Place) -> NhsNumber:
    text_of_number = identified(patient, NHS_NUMBER) or identified(patient, _OTHER_NATION)
    try:
        return NhsNumber(text_of_number)
    except Refusal as why:
        raise Refusal(f"At {patient.path}.identifier: {why} Nothing was read.") from None
