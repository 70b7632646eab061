"""One plan as one Bundle, and back without loss.

A Bundle is read strictly: what was understood is written again and must be what was given, part by part.
So nothing is guessed, nothing is left out in silence, and two parts that contradict one another are found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.regimen import Regimen
from imp2art.asthma.review.codes import CodedEntry
from imp2art.core.refusal import Refusal
from imp2art.fhir.activities import read_attack, read_points, write_attack, write_point
from imp2art.fhir.differences import refuse_difference
from imp2art.fhir.elements import (
    Element,
    address,
    concept,
    identified,
    identifier,
    only_code,
    reference,
    resource,
    text,
    told,
)
from imp2art.fhir.entries import is_entry, read_entry, write_entry
from imp2art.fhir.fields import read_fields, write_fields
from imp2art.fhir.measures import read_best, read_goal, write_best, write_goal
from imp2art.fhir.medicines import read_usual, write_medicines, write_usual_fields
from imp2art.fhir.names import BUNDLE_NAME, CURRENCY_CODE, REGIMEN
from imp2art.fhir.page import PlanPage, read_page, write_page
from imp2art.fhir.people import (
    read_carer_phone,
    read_person,
    read_practice,
    subject,
    write_patient,
    write_practice,
)
from imp2art.fhir.place import Place

_NATIVE = (
    "person",
    "regimen",
    "usual",
    "best_peak_flow",
    "action_points",
    "emergency",
    "goal",
    "practice_name",
    "practice_phone",
    "carer_phone",
    "made_by",
    "made_on",
    "review_due",
    "currency_code",
)


class Standing(StrEnum):
    """Whether the plan is the one to go by, in FHIR's words for the status of a CarePlan."""

    DRAFT = "draft"  # not issued: it may be incomplete
    CURRENT = "active"
    REPLACED = "revoked"


@dataclass(frozen=True, slots=True)
class PlanPackage:
    """What leaves together. `name` is the Bundle's own identifier, from which those of its parts are made.

    `entries` are what the same review wrote; `page` is the PDF as issued.
    """

    name: UUID
    plan: ActionPlan
    standing: Standing = Standing.DRAFT
    entries: tuple[CodedEntry, ...] = ()
    page: PlanPage | None = None


def bundle_of(package: PlanPackage) -> Element:
    """The Bundle as JSON builtins, decimals as `Decimal`; the same for the same package.

    `Refusal` for what FHIR cannot hold. What is not known yet (None) is absent, never a default.
    """
    parts = dict(_parts(package))
    entries = [{"fullUrl": address(package.name, role), "resource": part} for role, part in parts.items()]
    return {
        "resourceType": "Bundle",
        "id": str(uuid5(package.name, "bundle")),
        "identifier": {"system": BUNDLE_NAME, "value": f"urn:uuid:{package.name}"},
        "type": "collection",
        "entry": entries,
    }


def plan_from(bundle: Any) -> ActionPlan:  # noqa: ANN401 - a JSON value has no closer type
    """The plan of a Bundle; `Refusal` with the path of what is missing, foreign or contradicts itself."""
    return package_from(bundle).plan


def package_from(bundle: Any) -> PlanPackage:  # noqa: ANN401
    """Everything of a Bundle; refused whole where a part of it was not understood."""
    top = Place(bundle, "Bundle")
    if top.need("resourceType").text() != "Bundle":
        top.refuse("this is not a Bundle.")
    package = _package(top, _resources(top))
    try:
        understood = bundle_of(package)
    except Refusal as why:
        raise Refusal(f"At Bundle: {why} Nothing was read.") from None
    refuse_difference(bundle, understood)
    return package


def _parts(package: PlanPackage) -> Iterator[tuple[str, Element]]:
    """Every resource with its role, in the order of the Bundle; the CarePlan stands first."""
    plan, name = package.plan, package.name
    others = dict(_other_parts(package))
    yield "plan", _care_plan(package, tuple(others))
    yield "patient", write_patient(plan, name)
    yield from others.items()
    for place, entry in enumerate(package.entries):
        yield f"entry-{place}", write_entry(entry, place, plan, name)


def _other_parts(package: PlanPackage) -> Iterator[tuple[str, Element]]:
    plan, name = package.plan, package.name
    single = (
        ("practice", write_practice(plan, name)),
        ("goal", write_goal(plan, name)),
        ("best-peak-flow", write_best(plan, name)),
    )
    yield from ((role, part) for role, part in single if part is not None)
    yield from write_medicines(plan, name)
    if package.page is not None:
        superseded = package.standing is Standing.REPLACED
        yield "page", write_page(package.page, plan, name, superseded=superseded)


def _care_plan(package: PlanPackage, roles: tuple[str, ...]) -> Element:
    plan, name = package.plan, package.name
    due = plan.review_due.isoformat() if plan.review_due else None
    information = [role for role in roles if role not in ("practice", "goal")]
    return resource(
        "CarePlan",
        name,
        "plan",
        extension=[*write_usual_fields(plan.usual), *write_fields(plan, _NATIVE)],
        identifier=list(filter(None, [identifier(CURRENCY_CODE, plan.currency_code)])),
        status=package.standing.value,
        intent="plan",
        category=list(filter(None, [concept(REGIMEN, plan.regimen.value if plan.regimen else None)])),
        subject=subject(plan, name),
        period=told(start=plan.made_on.isoformat(), end=due),
        author={"display": text(plan.made_by)} if plan.made_by else None,
        contributor=[reference(name, "practice")] if "practice" in roles else None,
        supportingInfo=[reference(name, role) for role in information],
        goal=[reference(name, "goal")] if "goal" in roles else None,
        activity=[*(write_point(point) for point in plan.action_points), write_attack(plan.emergency)],
    )


def _resources(top: Place) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for entry in top.each("entry"):
        part = entry.need("resource")
        found.setdefault(part.need("resourceType").text(), []).append(part)
    return found


def _package(top: Place, resources: dict[str, list[Place]]) -> PlanPackage:
    care_plan, document = _one(top, resources, "CarePlan"), _any(resources, "DocumentReference")
    return PlanPackage(
        name=_name(top.need("identifier").need("value")),
        plan=_plan(top, resources, care_plan),
        standing=_standing(care_plan.need("status")),
        entries=tuple(read_entry(each) for each in _entries(top)),
        page=read_page(document),
    )


def _entries(top: Place) -> Iterator[Place]:
    """The coded entries, in the order in which they stand."""
    for entry in top.each("entry"):
        part = entry.need("resource")
        if part.need("resourceType").data in ("Observation", "Procedure") and is_entry(part):
            yield part


def _plan(top: Place, resources: dict[str, list[Place]], care_plan: Place) -> ActionPlan:
    patient = _one(top, resources, "Patient")
    details = tuple(activity.need("detail") for activity in care_plan.each("activity"))
    period, author = care_plan.need("period"), care_plan.at("author")
    due = period.at("end")
    practice_name, practice_phone = read_practice(_any(resources, "Organization"))
    best = [each for each in resources.get("Observation", ()) if not is_entry(each)]
    return ActionPlan(
        person=read_person(patient),
        regimen=_regimen(care_plan),
        usual=read_usual(tuple(resources.get("MedicationStatement", ())), care_plan),
        best_peak_flow=read_best(best[0] if best else None),
        action_points=read_points(details),
        emergency=read_attack(details, care_plan),
        goal=read_goal(_any(resources, "Goal")),
        practice_name=practice_name,
        practice_phone=practice_phone,
        carer_phone=read_carer_phone(patient),
        made_by=author.need("display").text() if author else "",
        made_on=period.need("start").day(),
        review_due=due.day() if due else None,
        currency_code=identified(care_plan, CURRENCY_CODE),
        **read_fields(ActionPlan, care_plan, _NATIVE),
    )


def _one(top: Place, resources: dict[str, list[Place]], kind: str) -> Place:
    return _any(resources, kind) or top.refuse(f"a plan's Bundle holds one {kind}, and there is none.")


def _any(resources: dict[str, list[Place]], kind: str) -> Place | None:
    """The first of a kind: a second one is found when the whole Bundle is compared."""
    return next(iter(resources.get(kind, ())), None)


def _name(place: Place) -> UUID:
    words = place.text()
    try:
        return UUID(words.removeprefix("urn:uuid:"))
    except ValueError:
        return place.refuse("the Bundle's own name is needed, such as urn:uuid:… with 32 digits.")


def _standing(place: Place) -> Standing:
    try:
        return Standing(place.text())
    except ValueError:
        return place.refuse("a plan is draft, active or revoked.")


def _regimen(care_plan: Place) -> Regimen | None:
    code = only_code(care_plan.one("category"))
    if code is None:
        return None
    try:
        return Regimen(code.text())
    except ValueError:
        return code.refuse("this is no regimen that a plan is made for.")
