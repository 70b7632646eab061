"""What a plan's Bundle says, and what a second validator thinks of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.bundle import Bundle

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.codes import CodedEntry, coded_entries
from imp2art.codes.identifiers import ReadV2Code
from imp2art.core.identifiers import NhsNumber
from imp2art.core.refusal import Refusal
from imp2art.fhir.bundle import PlanPackage, Standing, bundle_of
from imp2art.fhir.measures import BEST_CODE, BEST_TERM
from imp2art.fhir.page import PlanPage
from imp2art.fhir.strict import NotWritten, read_package, write_package
from tests.spec.people import LIBRARY, TODAY
from tests.spec.plans import MART, PEAK_FLOW, WHOLE_PLANS, with_point, with_usual

NAME = UUID("7f1d7c43-4f5c-4a39-9c63-0d2f3a3ad0c1")
REVIEW = Review(attacks_12_months=2, triggers=("pollen",), peak_flow=480)


def package(plan: ActionPlan) -> PlanPackage:
    """All that may leave with a plan."""
    entries = coded_entries(REVIEW, plan, TODAY, LIBRARY, "review:1")
    return PlanPackage(NAME, plan, Standing.CURRENT, entries, PlanPage(b"%PDF-1.7"))


def resources(plan: ActionPlan, kind: str) -> list[dict[str, Any]]:
    """The resources of a kind in the plan's Bundle."""
    found = (entry["resource"] for entry in bundle_of(package(plan))["entry"])
    return [resource for resource in found if resource["resourceType"] == kind]


def values_of(value: object, name: str) -> Iterator[object]:
    """Everything that stands under a name, at any depth."""
    if isinstance(value, dict):
        yield from (inner for key, inner in value.items() if key == name)
        for inner in value.values():
            yield from values_of(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from values_of(inner, name)


@pytest.mark.parametrize("plan", WHOLE_PLANS.values(), ids=WHOLE_PLANS)
def test_a_second_validator_takes_the_file_and_keeps_all_of_it(plan: ActionPlan) -> None:
    content = write_package(package(plan))
    read = Bundle.model_validate_json(content)
    assert json.loads(read.model_dump_json(exclude_none=True)) == json.loads(content)


@pytest.mark.parametrize("plan", WHOLE_PLANS.values(), ids=WHOLE_PLANS)
def test_every_reference_leads_to_a_resource_of_the_bundle(plan: ActionPlan) -> None:
    bundle = bundle_of(package(plan))
    assert set(values_of(bundle, "reference")) <= {entry["fullUrl"] for entry in bundle["entry"]}


def test_the_doses_of_a_one_inhaler_plan_are_quantities_in_ucum() -> None:
    preventer, reliever = (statement["dosage"] for statement in resources(MART, "MedicationStatement"))
    told = [
        (dose["timing"]["repeat"]["when"], dose["doseAndRate"][0]["doseQuantity"]["value"])
        for dose in preventer
    ]
    assert told == [(["MORN"], 1), (["EVE"], 1)]
    assert reliever[0]["asNeededBoolean"] is True
    assert reliever[0]["maxDosePerPeriod"]["numerator"] == {
        "value": 8,
        "unit": "puffs",
        "system": "http://unitsofmeasure.org",
        "code": "{puff}",
    }


def test_the_thresholds_and_doses_of_the_action_points_are_quantities_in_ucum() -> None:
    first, second, attack = (each["detail"] for each in resources(PEAK_FLOW, "CarePlan")[0]["activity"])
    limits = [next(values_of(each, "valueQuantity")) for each in (first, second, attack)]
    assert [(limit["comparator"], limit["value"], limit["code"]) for limit in limits] == [
        ("<", 480, "L/min"),
        ("<", 360, "L/min"),
        ("<", 240, "L/min"),
    ]
    assert [(each["quantity"]["value"], each["quantity"]["code"]) for each in (first, second)] == [
        (2, "{puff}"),
        (40, "mg"),
    ]
    assert second["scheduledTiming"]["repeat"]["boundsDuration"]["value"] == 5
    assert attack["scheduledTiming"]["repeat"] == {"frequency": 1, "period": 60, "periodUnit": "s"}


def test_a_dose_without_an_action_has_no_unit() -> None:
    plan = with_point(PEAK_FLOW, 1, action=None, dose=2)
    point = resources(plan, "CarePlan")[0]["activity"][0]["detail"]
    assert point["quantity"] == {"value": 2}


def test_H20_the_coded_entries_are_all_of_one_day() -> None:
    entries = [*resources(PEAK_FLOW, "Observation"), *resources(PEAK_FLOW, "Procedure")]
    coded = [entry for entry in entries if "identifier" in entry]
    days = {entry.get("effectiveDateTime") or entry["performedDateTime"] for entry in coded}
    assert len(coded) == 4
    assert days == {TODAY.isoformat()}


def test_the_review_is_a_procedure_and_a_count_an_observation_with_its_value() -> None:
    (review,) = resources(PEAK_FLOW, "Procedure")
    counts = [each for each in resources(PEAK_FLOW, "Observation") if "identifier" in each]
    count = next(each for each in counts if each["code"]["coding"][0]["code"] == "366874008")
    assert review["code"]["coding"][0]["code"] == "394700004"
    assert count["valueQuantity"]["value"] == Decimal(2)


def test_H15_what_is_not_known_is_absent_and_nought_is_there() -> None:
    plan = with_usual(MART, morning_puffs=None, evening_puffs=0)
    preventer = resources(plan, "MedicationStatement")[0]
    assert [list(values_of(dose, "value")) for dose in preventer["dosage"]] == [[0]]


def test_the_code_of_the_best_peak_flow_is_in_the_library() -> None:
    assert LIBRARY.codelist("peak-flow-best").terms == {BEST_CODE: BEST_TERM}


@pytest.mark.parametrize(
    ("number", "system"),
    [("9434765919", "https://fhir.nhs.uk/Id/nhs-number"), ("0101200005", "urn:imp2art:fhir:patient-number")],
)
def test_only_an_nhs_number_stands_under_its_system(number: str, system: str) -> None:
    plan = replace(MART, person=replace(MART.person, nhs_number=NhsNumber(number)))
    assert resources(plan, "CarePlan")[0]["subject"]["identifier"] == {"system": system, "value": number}


@pytest.mark.parametrize("standing", Standing)
def test_a_replaced_plan_says_so_and_its_page_too(standing: Standing) -> None:
    bundle = bundle_of(replace(package(MART), standing=standing))
    status = {entry["resource"]["resourceType"]: entry["resource"].get("status") for entry in bundle["entry"]}
    assert status["CarePlan"] == standing.value
    assert (status["DocumentReference"] == "superseded") == (standing is Standing.REPLACED)


def test_the_same_package_gives_the_same_bytes() -> None:
    assert write_package(package(MART)) == write_package(package(MART))


def test_a_decimal_keeps_its_digits_through_the_file() -> None:
    entries = coded_entries(Review(acq_score=Decimal("1.50")), MART, TODAY, LIBRARY, "review:1")
    content = write_package(replace(package(MART), entries=entries))
    values = [entry.event.value for entry in read_package(content).entries]
    assert [str(value.value) for value in values if value] == ["1.50"]


@pytest.mark.parametrize(
    "plan",
    [
        replace(MART, goal="a\x00b"),
        replace(MART, made_by="   "),
        replace(MART, triggers=("",)),
        replace(MART, version=2**31),
        with_usual(MART, morning_puffs=-1),
        with_usual(MART, preventer=replace(MART.usual.preventer, code="", name="")),
    ],
    ids=["control character", "blanks", "empty trigger", "huge version", "below nought", "nameless inhaler"],
)
def test_what_fhir_cannot_hold_is_refused_with_a_sentence(plan: ActionPlan) -> None:
    with pytest.raises(Refusal, match=r"\.$"):
        write_package(package(plan))


def test_nothing_is_written_that_is_not_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imp2art.fhir.measures.BEST_CODE", 5)
    with pytest.raises(NotWritten, match="would not be valid"):
        write_package(package(PEAK_FLOW))


def test_an_entry_that_is_not_of_snomed_is_refused() -> None:
    event = replace(package(MART).entries[0].event, code=ReadV2Code("H33.."))
    with pytest.raises(Refusal, match="SNOMED"):
        write_package(replace(package(MART), entries=(CodedEntry(event, "Asthma"),)))
