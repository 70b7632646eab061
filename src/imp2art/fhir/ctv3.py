"""Parts of a plan as fields coded in CTV3, as a SystmOne site keeps them: a CSV table, and back.

Six fields have a code (`ctv3_fields.toml`); `not_covered` says what else the plan holds. What is covered
comes back without loss. A field whose value is not known is not in the table: a blank is never nought.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.codes.identifiers import Ctv3Code
from imp2art.core.quantities import parse_whole
from imp2art.core.refusal import Refusal

COLUMNS = ("code", "field", "value", "unit")
LARGEST_TABLE = 100_000  # characters; a plan's table has 300
_SIGN = re.compile(r"[a-z][a-z0-9-]*")
# The sign of the attack part that holds a number: the four hours are its source's (fact file §4.2 [F]).
_WITHIN_FOUR_HOURS, _FOUR_HOURS = "reliever-within-four-hours", 4
_COVERED = {
    "usual.morning_puffs",
    "usual.evening_puffs",
    "usual.reliever_puffs",
    "emergency.signs",
    "emergency.peak_flow_below",
}


@dataclass(frozen=True, slots=True)
class PlanField:
    """One row: `value` is a whole number in `unit` (UCUM), or the slugs of signs with a blank between."""

    code: Ctv3Code
    field: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class CoveredPlan:
    """The part of a plan that the fields hold. None is `not known`."""

    preventer_morning: int | None
    preventer_evening: int | None
    reliever_if_needed: int | None
    attack_signs: tuple[str, ...]
    attack_peak_flow_below: int | None


def covered_of(plan: ActionPlan) -> CoveredPlan:
    """The part of this plan that has fields."""
    return CoveredPlan(
        plan.usual.morning_puffs,
        plan.usual.evening_puffs,
        plan.usual.reliever_puffs,
        plan.emergency.signs,
        plan.emergency.peak_flow_below,
    )


def not_covered(plan: ActionPlan) -> tuple[str, ...]:
    """The parts that this plan holds and the fields do not, as `usual.preventer`; never empty."""
    return tuple(name for name in _told(plan, "") if name not in _COVERED)


def plan_fields(covered: CoveredPlan) -> tuple[PlanField, ...]:
    """The rows, in the order of the reference file. `Refusal` for a sign that is no slug."""
    values = {
        "preventer-morning": _number(covered.preventer_morning),
        "preventer-evening": _number(covered.preventer_evening),
        "reliever-if-needed": _number(covered.reliever_if_needed),
        "attack-signs": _signs(covered.attack_signs),
        "attack-peak-flow-below": _number(covered.attack_peak_flow_below),
        "reliever-more-often-than-every": _hours(covered.attack_signs),
    }
    rows = ((row, values[row["slug"]]) for row in _known().values())
    return tuple(
        PlanField(Ctv3Code(row["code"]), row["slug"], value, row["unit"])
        for row, value in rows
        if value is not None
    )


def write_table(rows: tuple[PlanField, ...]) -> str:
    """The rows as CSV with a head, lines ended as RFC 4180 has it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows((row.code, row.field, row.value, row.unit) for row in rows)
    return out.getvalue()


def read_table(table: str) -> CoveredPlan:
    """What the rows hold. `Refusal` names the line of a field that is not known or told twice."""
    values = _values(table)
    signs = tuple(values.get("attack-signs", "").split())
    if values.get("reliever-more-often-than-every") != _hours(signs):
        raise Refusal("The table's signs of an attack and its hours between relievers contradict each other.")
    covered = CoveredPlan(
        _whole(values, "preventer-morning"),
        _whole(values, "preventer-evening"),
        _whole(values, "reliever-if-needed"),
        signs,
        _whole(values, "attack-peak-flow-below"),
    )
    plan_fields(covered)  # what could not have been written is not read either
    return covered


@cache
def _known() -> dict[str, dict[str, str]]:
    content = files("imp2art.fhir").joinpath("ctv3_fields.toml").read_text("utf-8")
    return {row["code"]: row for row in tomllib.loads(content)["field"]}


def _told(value: object, path: str) -> Iterator[str]:
    """The names of the fields that say something, down to those that hold a plain value."""
    for field in fields(value):  # type: ignore[arg-type]
        inner, name = getattr(value, field.name), f"{path}{field.name}"
        if name in ("usual", "emergency") and is_dataclass(inner):
            yield from _told(inner, f"{name}.")
        elif inner not in (None, "", ()):
            yield name


def _number(value: int | None) -> str | None:
    if value is not None and value < 0:
        raise Refusal("A number of the plan is below 0; correct it in the plan.")
    return None if value is None else str(value)


def _signs(signs: tuple[str, ...]) -> str | None:
    if not all(_SIGN.fullmatch(sign) for sign in signs):
        raise Refusal("A sign of an attack is not one of the words that a plan has for it.")
    return " ".join(signs) or None


def _hours(signs: tuple[str, ...]) -> str | None:
    return str(_FOUR_HOURS) if _WITHIN_FOUR_HOURS in signs else None


def _values(table: str) -> dict[str, str]:
    if len(table) > LARGEST_TABLE:
        raise Refusal("The table is larger than a plan's fields can be.")
    try:
        head, *rows = list(csv.reader(io.StringIO(table, newline=""), strict=True)) or [[]]
    except csv.Error:
        raise Refusal("The table is not CSV; save it as CSV with a comma between columns.") from None
    if tuple(head) != COLUMNS:
        raise Refusal(f"Line 1: the columns are {', '.join(COLUMNS)}, in this order.")
    values: dict[str, str] = {}
    for line, row in enumerate(rows, start=2):
        slug, value = _row(row, line)
        if slug in values:
            raise Refusal(f"Line {line}: the field {slug} is told twice; keep one of them.")
        values[slug] = value
    return values


def _row(row: list[str], line: int) -> tuple[str, str]:
    if len(row) != len(COLUMNS):
        raise Refusal(f"Line {line}: a row has {len(COLUMNS)} columns.")
    code, field, value, unit = row
    known = _known().get(code)
    if known is None:
        raise Refusal(f"Line {line}: this is not the code of a field of a plan.")
    if (field, unit) != (known["slug"], known["unit"]):
        raise Refusal(f"Line {line}: the code {code} is {known['slug']} in “{known['unit']}”.")
    if not value:
        raise Refusal(f"Line {line}: the field has no value; leave the row out if it is not known.")
    return field, value


def _whole(values: dict[str, str], slug: str) -> int | None:
    return parse_whole(values[slug]) if slug in values else None
