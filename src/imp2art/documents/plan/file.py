"""An action plan as a JSON file, and the examples that ship with the project.

The shape is that of `asthma.plan.action_plan.ActionPlan`, field for field: dates as `2026-11-23`, a
regimen, basis, scale and action by its word, and `null` or nothing where a field may be empty.
`imp2art plan --example mart` shows a whole one.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any, NoReturn

import msgspec

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.family import PlanFamily
from imp2art.asthma.regimen import Regimen
from imp2art.core.identifiers import NhsNumber
from imp2art.core.refusal import Refusal

LARGEST_FILE = 1_000_000  # bytes; a full plan is 5 kB
_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "array": "a list",
    "object": "an object",
    "null": "null",
    "bool": "true or false",
    "date": "a date such as 2026-11-23",
}


def read_plan(content: bytes) -> ActionPlan:
    """The plan that a JSON file holds.

    Raises `Refusal` naming the place, such as `usual.morning_puffs`, and never the value there.
    """
    data = _read_json(content)
    try:
        plan = msgspec.convert(data, ActionPlan, dec_hook=_read_special)
    except msgspec.ValidationError as fault:
        raise Refusal(_sentence(str(fault))) from None
    _refuse_unknown(data, msgspec.to_builtins(plan, enc_hook=str), "")
    return plan


def example_plan(family: PlanFamily | Regimen) -> bytes:
    """The JSON file of an example plan, about a person who does not exist."""
    return files("imp2art").joinpath("content", "example_plans", f"{family.value}.json").read_bytes()


def _read_json(content: bytes) -> object:
    if len(content) > LARGEST_FILE:
        raise Refusal("The file is larger than 1 MB; a plan is a few kilobytes.")
    try:
        text = content.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=_refuse_twins, parse_constant=_refuse_constant)
        json.dumps(data, ensure_ascii=False).encode()  # half of a surrogate pair cannot be written
    except json.JSONDecodeError as fault:
        raise Refusal(f"The file is not JSON: line {fault.lineno}, column {fault.colno}.") from None
    except UnicodeError:
        raise Refusal("The file is not UTF-8 text; save it as UTF-8.") from None
    except RecursionError:
        raise Refusal("The file nests lists or objects too deeply to be a plan.") from None
    except ValueError:
        raise Refusal("The file holds a number with thousands of digits.") from None
    return data


def _refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise Refusal(f"The file says “{_short(twin)}” twice in one object; keep one of them.")
    return found


def _refuse_constant(constant: str) -> NoReturn:
    raise Refusal(f"The file holds {constant}, which is not a number that a plan can use.")


def _read_special(kind: type[Any], data: object) -> object:
    if kind is not NhsNumber:
        raise NotImplementedError(f"{kind.__name__} has no JSON form")
    if not isinstance(data, str):
        raise ValueError("An NHS number is text in quotes.")
    try:
        return NhsNumber(data)
    except Refusal as refusal:
        raise ValueError(str(refusal)) from None


def _sentence(fault: str) -> str:
    """msgspec's words made ours; its own may repeat the value, so only known shapes are kept."""
    reason, located, place = fault.rpartition(" - at `$")
    if not located:
        reason, place = fault, ""
    where = place.rstrip("`").lstrip(".") or "the file"
    if kinds := re.fullmatch(r"Expected `(.+)`, got `(.+)`", reason):
        return f"At {where}: {_kind(kinds[1])} is needed, not {_kind(kinds[2])}."
    if field := re.fullmatch(r"Object missing required field `(\w+)`", reason):
        return f"At {where}: the field “{field[1]}” is missing."
    if reason.startswith("Invalid enum value"):
        return f"At {where}: this is not one of the words that may stand here."
    if "date" in reason:
        return f"At {where}: a date is written 2026-11-23."
    if reason.startswith(("An NHS number", "The NHS number")):
        return f"At {where}: {reason}"
    return f"At {where}: the value does not fit."


def _kind(names: str) -> str:
    return " or ".join(_KINDS.get(name, name) for name in names.split(" | "))


def _refuse_unknown(given: object, known: object, place: str) -> None:
    """Refuse a field that the plan has no place for: it would be silently left out."""
    if isinstance(given, dict) and isinstance(known, dict):
        for name, value in given.items():
            if name not in known:
                raise Refusal(f"At {place or 'the file'}: a plan has no field “{_short(name)}”.")
            _refuse_unknown(value, known[name], f"{place}.{name}".lstrip("."))
    elif isinstance(given, list) and isinstance(known, list | tuple):
        for index, (one, other) in enumerate(zip(given, known, strict=True)):
            _refuse_unknown(one, other, f"{place}[{index}]")


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"
