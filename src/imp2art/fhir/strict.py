"""A Bundle as a file: written only when it is valid FHIR R4, read only when every part of it is understood.

The validator is wrapped here, so that another may take its place. It checks elements, types and how often
each may stand; what a profile asks beyond that is not checked (docs/fhir.md).
"""

from __future__ import annotations

import fhirkit
import msgspec

from imp2art.core.refusal import Refusal
from imp2art.fhir.bundle import PlanPackage, bundle_of, package_from
from imp2art.fhir.place import refuse_at, short
from imp2art.fhir.read_json import read_json

_ENCODER = msgspec.json.Encoder(decimal_format="number")


class NotWritten(Refusal):
    """What would have been written is not valid FHIR; nothing was."""


def write_package(package: PlanPackage) -> bytes:
    """The Bundle as indented JSON, UTF-8; the same bytes for the same package.

    `NotWritten` where it is not valid FHIR R4 or does not read back as the same package.
    """
    bundle = bundle_of(package)
    content = _ENCODER.encode(bundle)
    if places := invalid_places(content):
        raise NotWritten(f"The plan was not written as data: at {places[0]} it would not be valid FHIR.")
    if package_from(bundle) != package:
        raise NotWritten("The plan was not written as data: it would not read back as the same plan.")
    return msgspec.json.format(content, indent=2) + b"\n"


def read_package(content: bytes) -> PlanPackage:
    """Everything of a Bundle's file. `Refusal` with the path of the first thing that is wrong."""
    bundle = read_json(content)
    if places := invalid_places(content):
        refuse_at(places[0], "this is not valid FHIR R4.")
    return package_from(bundle)


def invalid_places(content: bytes) -> tuple[str, ...]:
    """The paths at which the content is not valid FHIR R4, each shortened; empty where it is valid.

    The validator's own words are left out: they may repeat a value.
    """
    try:
        issues = fhirkit.validate(content)
    except ValueError:
        return ("the whole file",)
    return tuple(short(issue.path) for issue in issues if issue.severity == "error")
