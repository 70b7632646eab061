"""A Bundle that is broken, or that other software wrote: a sentence with the path, and no plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from imp2art.core.refusal import Refusal
from imp2art.fhir.bundle import package_from
from imp2art.fhir.strict import read_package, write_package
from tests.spec.plans import PEAK_FLOW
from tests.unit.test_fhir_bundle import package

CONTENT = write_package(package(PEAK_FLOW))
Change = Callable[[dict[str, Any]], object]


def part(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first resource of a kind."""
    found = (entry["resource"] for entry in bundle["entry"])
    return next(resource for resource in found if resource["resourceType"] == kind)


def plan(bundle: dict[str, Any]) -> dict[str, Any]:
    """The CarePlan."""
    return part(bundle, "CarePlan")


def condition(bundle: dict[str, Any]) -> None:
    """A resource of a kind that no plan holds."""
    subject = plan(bundle)["subject"]
    bundle["entry"].append({"resource": {"resourceType": "Condition", "subject": subject}})


BROKEN: dict[str, tuple[Change, str]] = {
    "another resource": (lambda b: b.update(resourceType="Patient"), "At Patient"),
    "no plan": (lambda b: b["entry"].pop(0), "one CarePlan, and there is none"),
    "a resource of another kind": (condition, r"Bundle\.entry\[12\]"),
    "an element that is not FHIR": (
        lambda b: plan(b).update(mood="x"),
        r"Bundle\.entry\[0\]\.resource\.mood",
    ),
    "a modifier": (
        lambda b: plan(b).update(modifierExtension=[{"url": "urn:x", "valueBoolean": True}]),
        r"resource\.modifierExtension",
    ),
    "an extension of someone else": (
        lambda b: plan(b)["extension"].append({"url": "urn:x", "valueBoolean": True}),
        r"Bundle\.entry\[0\]\.resource\.extension",
    ),
    "a regimen that is none": (
        lambda b: plan(b)["category"][0]["coding"][0].update(code="smart"),
        r"category\[0\]\.coding\[0\]\.code: this is no regimen",
    ),
    "a dose in another unit": (
        lambda b: plan(b)["activity"][1]["detail"]["quantity"].update(code="g"),
        r"activity\[1\]\.detail\.quantity\.code: this does not fit",
    ),
    "a dose of half a puff": (
        lambda b: plan(b)["activity"][0]["detail"]["quantity"].update(value=0.5),
        r"activity\[0\]\.detail\.quantity\.value: a whole number",
    ),
    "a threshold the other way round": (
        lambda b: plan(b)["activity"][0]["detail"]["extension"][2]["valueQuantity"].update(comparator=">"),
        r"extension\[2\]\.valueQuantity\.comparator",
    ),
    "not to be done": (
        lambda b: plan(b)["activity"][0]["detail"].update(doNotPerform=True),
        r"activity\[0\]\.detail\.doNotPerform",
    ),
    "two attack parts": (
        lambda b: plan(b)["activity"].append(plan(b)["activity"][2]),
        "one part on what to do in an attack",
    ),
    "another person's number in one place": (
        lambda b: part(b, "Goal")["subject"]["identifier"].update(value="9000000009"),
        r"subject\.identifier\.value",
    ),
    "a wrong check digit": (
        lambda b: part(b, "Patient")["identifier"][0].update(value="9434765918"),
        "check digit",
    ),
    "a page that was changed": (
        lambda b: part(b, "DocumentReference")["content"][0]["attachment"].update(data="JVBERg=="),
        r"attachment\.extension\[0\]\.valueString",
    ),
    "a date that is none": (
        lambda b: plan(b)["period"].update(start="2026-02-30"),
        r"period\.start",
    ),
    "a date with no day": (lambda b: plan(b)["period"].update(start="2026-02"), r"period\.start: a date"),
    "a resource without a type": (lambda b: b["entry"][1]["resource"].pop("resourceType"), r"entry\[1\]"),
    "no name of its own": (lambda b: b.pop("identifier"), r"Bundle\.identifier: this part is missing"),
}


@pytest.mark.parametrize(("change", "said"), BROKEN.values(), ids=BROKEN)
def test_B_F_a_broken_bundle_is_refused_with_its_path_and_what_to_do(change: Change, said: str) -> None:
    bundle = json.loads(CONTENT)
    change(bundle)
    with pytest.raises(Refusal, match=said) as told:
        read_package(json.dumps(bundle).encode())
    assert "Nothing was read." in str(told.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON: line 1"),
        (b"[]", "not valid FHIR"),
        (b"{\xff}", "UTF-8"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": ' + b"9" * 5000 + b"}", "thousands of digits"),
        (b"[" * 100_000, "too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "too deeply"),
        (b'"' + b'\\"' * 100_000, "not JSON"),
        (b" " * 5_000_001, "larger than 5 MB"),
        (b'"\\ud800"', "UTF-8"),
    ],
    ids=[
        "empty",
        "list",
        "latin",
        "twins",
        "NaN",
        "digits",
        "lists",
        "objects",
        "open",
        "large",
        "surrogate",
    ],
)
def test_B_F01_a_file_that_is_no_bundle_is_refused_before_it_can_harm(content: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_package(content)


def test_brackets_in_a_text_are_no_depth() -> None:
    bundle = json.loads(CONTENT)
    part(bundle, "Goal")["description"]["text"] = '[{"\\' * 100
    assert read_package(json.dumps(bundle).encode()).plan.goal == '[{"\\' * 100


def test_what_a_server_adds_is_no_change() -> None:
    bundle = json.loads(CONTENT)
    bundle["meta"] = {"versionId": "1", "lastUpdated": "2026-11-23T10:00:00Z"}
    plan(bundle)["meta"].update(bundle["meta"])
    assert read_package(json.dumps(bundle).encode()) == package(PEAK_FLOW)


def test_true_is_not_one() -> None:
    bundle = json.loads(CONTENT)
    plan(bundle)["activity"][0]["detail"]["extension"][1]["valueInteger"] = True
    with pytest.raises(Refusal, match="a number is needed"):
        package_from(bundle)


def test_no_refusal_repeats_what_a_foreign_file_says() -> None:
    bundle = json.loads(CONTENT)
    part(bundle, "Patient")["birthDate"] = "Zzyzx"
    with pytest.raises(Refusal) as told:
        read_package(json.dumps(bundle).encode())
    assert "Zzyzx" not in str(told.value)
