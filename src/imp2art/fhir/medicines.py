"""What to take every day: a MedicationStatement for the preventer and one for the reliever.

They say what the plan tells the person to take. They are no prescription, and no MedicationRequest is
written: whoever reads the Bundle must not be able to take one for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from imp2art.asthma.plan.action_plan import ActionPlan, PlanInhaler, UsualTreatment
from imp2art.codes.identifiers import DmdCode
from imp2art.core.refusal import Refusal
from imp2art.fhir.elements import Element, amount, concept, quantity, reference, resource, text, told
from imp2art.fhir.fields import read_fields, write_fields
from imp2art.fhir.names import DATA_ABSENT, INHALER_USE, SNOMED, UNKNOWN_PRODUCT, USUAL_TREATMENT
from imp2art.fhir.people import subject
from imp2art.fhir.place import Place

PREVENTER, RELIEVER = "preventer", "reliever"
_PUFF = "{puff}"
_NATIVE = (
    "preventer",
    "morning_puffs",
    "evening_puffs",
    "reliever",
    "reliever_puffs",
    "max_puffs_a_day",
)
_NATIVE_INHALER = ("code", "name")


def write_medicines(plan: ActionPlan, name: UUID) -> Iterator[tuple[str, Element]]:
    """The statements, each with its role; none for an inhaler of which nothing is known."""
    usual = plan.usual
    both = (
        (PREVENTER, usual.preventer, _preventer_doses(usual)),
        (RELIEVER, usual.reliever, _reliever_doses(usual)),
    )
    for role, inhaler, doses in both:
        if inhaler is not None or doses:
            yield role, _statement(plan, name, role, inhaler, doses)


def write_usual_fields(usual: UsualTreatment) -> list[Element]:
    """What of the usual treatment has no place in a statement, as an extension of the CarePlan."""
    left = write_fields(usual, _NATIVE)
    return [{"url": USUAL_TREATMENT, "extension": left}] if left else []


def read_usual(statements: tuple[Place, ...], care_plan: Place) -> UsualTreatment:
    """The usual treatment that the statements and the CarePlan tell."""
    preventer, reliever = _of(statements, PREVENTER), _of(statements, RELIEVER)
    most = _dose(reliever, _as_needed, "maxDosePerPeriod")
    return UsualTreatment(
        preventer=_read_inhaler(preventer),
        morning_puffs=_puffs(preventer, lambda dose: _when(dose) == "MORN"),
        evening_puffs=_puffs(preventer, lambda dose: _when(dose) == "EVE"),
        reliever=_read_inhaler(reliever),
        reliever_puffs=_puffs(reliever, _as_needed),
        max_puffs_a_day=amount(most.need("numerator")) if most else None,
        **read_fields(UsualTreatment, care_plan.extension(USUAL_TREATMENT), _NATIVE),
    )


def _statement(
    plan: ActionPlan, name: UUID, role: str, inhaler: PlanInhaler | None, doses: list[Element]
) -> Element:
    return resource(
        "MedicationStatement",
        name,
        role,
        extension=[{"url": INHALER_USE, "valueCode": role}],
        basedOn=[reference(name, "plan")],
        status="intended",
        medicationCodeableConcept=_medicine(inhaler),
        subject=subject(plan, name),
        dosage=doses,
    )


def _medicine(inhaler: PlanInhaler | None) -> Element:
    if inhaler is None:
        return {"extension": [{"url": DATA_ABSENT, "valueCode": "unknown"}]}
    if not inhaler.code and not inhaler.name:
        raise Refusal("An inhaler of the plan has neither a code nor a name; choose it again.")
    coded = concept(_system(inhaler.code), text(inhaler.code)) if inhaler.code else None
    return told(extension=write_fields(inhaler, _NATIVE_INHALER), text=text(inhaler.name), **(coded or {}))


def _system(code: str) -> str:
    try:
        DmdCode(code)
    except Refusal:
        return UNKNOWN_PRODUCT
    return SNOMED


def _read_inhaler(statement: Place | None) -> PlanInhaler | None:
    medicine = statement.need("medicationCodeableConcept") if statement else None
    if medicine is None or medicine.extension(DATA_ABSENT):
        return None
    coding, named = medicine.one("coding"), medicine.at("text")
    return PlanInhaler(
        code=coding.need("code").text() if coding else "",
        name=named.text() if named else "",
        **read_fields(PlanInhaler, medicine, _NATIVE_INHALER),
    )


def _preventer_doses(usual: UsualTreatment) -> list[Element]:
    times = (("MORN", usual.morning_puffs), ("EVE", usual.evening_puffs))
    return [
        told(
            timing={"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": [when]}},
            doseAndRate=[{"doseQuantity": quantity(puffs, _PUFF)}],
        )
        for when, puffs in times
        if puffs is not None
    ]


def _reliever_doses(usual: UsualTreatment) -> list[Element]:
    puffs, most = quantity(usual.reliever_puffs, _PUFF), quantity(usual.max_puffs_a_day, _PUFF)
    if puffs is None and most is None:
        return []
    return [
        told(
            asNeededBoolean=True,
            doseAndRate=[{"doseQuantity": puffs}] if puffs else None,
            maxDosePerPeriod={"numerator": most, "denominator": _A_DAY} if most else None,
        )
    ]


_A_DAY = quantity(1, "d")


def _of(statements: tuple[Place, ...], role: str) -> Place | None:
    found = [each for each in statements if _use(each) == role]
    if len(found) > 1:
        found[1].refuse(f"the plan's {role} is told twice.")
    return found[0] if found else None


def _use(statement: Place) -> str:
    use = statement.extension(INHALER_USE)
    return use.need("valueCode").text() if use else ""


def _puffs(statement: Place | None, is_it: Callable[[Place], bool]) -> int | None:
    rate = _dose(statement, is_it, "doseAndRate")
    if rate is None:
        return None
    if not isinstance(rate.data, list) or len(rate.data) != 1:
        rate.refuse("one dose is needed.")
    return amount(Place(rate.data[0], f"{rate.path}[0]").need("doseQuantity"))


def _dose(statement: Place | None, is_it: Callable[[Place], bool], part: str) -> Place | None:
    """One part of the first dose of this kind; a second one is found when the whole Bundle is compared."""
    doses = [dose for dose in statement.each("dosage") if is_it(dose)] if statement else []
    return doses[0].at(part) if doses else None


def _as_needed(dose: Place) -> bool:
    return dose.at("asNeededBoolean") is not None


def _when(dose: Place) -> str:
    timing = dose.at("timing")
    when = timing.need("repeat").one("when") if timing else None
    return when.text() if when else ""
