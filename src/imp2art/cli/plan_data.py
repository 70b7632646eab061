"""`imp2art plan` and data: the plan as a FHIR Bundle or as CTV3 fields, and a Bundle back to a file."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import msgspec

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.core.refusal import Refusal
from imp2art.fhir.bundle import PlanPackage
from imp2art.fhir.ctv3 import covered_of, not_covered, plan_fields, write_table
from imp2art.fhir.page import PlanPage
from imp2art.fhir.read_json import LARGEST_FILE
from imp2art.fhir.strict import read_package, write_package


def bundle_file(plan: ActionPlan, pdf: bytes) -> bytes:
    """The Bundle's file. It is a draft: only the site that issues a plan can say that it is current."""
    return write_package(PlanPackage(uuid.uuid4(), plan, page=PlanPage(pdf)))


def fields_file(plan: ActionPlan) -> bytes:
    """The CSV of the fields that have a CTV3 code."""
    return write_table(plan_fields(covered_of(plan))).encode()


def left_out(plan: ActionPlan) -> str:
    """The sentence that says what those fields do not hold."""
    return f"These parts of the plan have no such field: {', '.join(not_covered(plan))}."


def read_bundle(file: Path) -> ActionPlan:
    """The plan of a Bundle's file; `Refusal` with the path of what cannot be read."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)  # one byte too many is enough to be refused
    except OSError as fault:
        raise Refusal(f"{file} cannot be read: {fault.strerror}.") from None
    return read_package(content).plan


def plan_file(plan: ActionPlan) -> str:
    """The plan as the JSON that `imp2art plan` reads."""
    return json.dumps(msgspec.to_builtins(plan, enc_hook=str), ensure_ascii=False, indent=2)
