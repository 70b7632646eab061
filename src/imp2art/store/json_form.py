"""Values to JSON builtins and back: how reviews, plans and reports are kept whole.

A code becomes `{"system", "code"}`, a decimal its own digits as text, a date ISO text, an enum its
value. What comes back is checked by the types: an NHS number is a valid one or there is no value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import msgspec

from imp2art.codes.identifiers import Code, parse_code
from imp2art.core.identifiers import NhsNumber, PracticeCode
from imp2art.core.refusal import Refusal

Value = TypeVar("Value")


def to_json(value: object) -> Any:  # noqa: ANN401 - a JSON value has no closer type
    """The value as dicts, lists, text, whole numbers, booleans and None."""
    return msgspec.to_builtins(value, enc_hook=_to_builtin, str_keys=True)


def from_json(data: object, kind: type[Value]) -> Value:
    """The value of this type that `data` holds; `Refusal` where it holds none."""
    try:
        return msgspec.convert(data, kind, dec_hook=_from_builtin)
    except msgspec.ValidationError as wrong:
        # msgspec's own sentence may quote the value; only the place behind the last dash is safe.
        place = str(wrong).rpartition(" - at `")[2].rstrip("`") or "$"
        raise Refusal(f"What was kept does not fit this version of the software, at {place}.") from None


def _to_builtin(value: object) -> object:
    if isinstance(value, Code):
        return {"system": value.system.value, "code": str(value)}
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} has no JSON form")


def _from_builtin(kind: type[Any], data: object) -> object:
    if issubclass(kind, Code):
        return _code_from(kind, data)
    if kind in (NhsNumber, PracticeCode):
        return _valid(kind, _text(data))
    raise NotImplementedError(f"{kind.__name__} has no JSON form")


def _code_from(kind: type[Code], data: object) -> Code:
    if not isinstance(data, dict) or set(data) != {"system", "code"}:
        raise ValueError("a code is its system and its code")
    code = _valid(partial(parse_code, _text(data["system"])), _text(data["code"]))
    if not isinstance(code, kind):
        raise ValueError("a code of another system")
    return code


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise ValueError("not text")
    return data


def _valid(make: Callable[[str], Value], text: str) -> Value:
    try:
        return make(text)
    except Refusal:
        raise ValueError("not a valid identifier") from None
