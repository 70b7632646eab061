"""Fields of a value that FHIR has no place for, as extensions, and back.

A field is written only where it differs from what an absent one means: its default, or else None, nothing
or an empty list. So a field that is added later never changes what was written before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from imp2art.core.refusal import Refusal
from imp2art.fhir.elements import LARGEST_NUMBER, Element, text
from imp2art.fhir.names import FIELD
from imp2art.fhir.place import Place, refuse_at

Kind: TypeAlias = Any  # a class, which mypy does not take for hashable

_EMPTY = FIELD + "empty"  # an extension must hold something, also where a value has nothing to say


def write_fields(value: object, but: Collection[str]) -> list[Element]:
    """The extensions for every field of a frozen value, but those that stand elsewhere."""
    left = [(name, absent) for name, absent in _absent(_kind_of(value)) if name not in but]
    return [
        extension
        for name, absent in left
        if getattr(value, name) != absent
        for extension in _extensions(FIELD + name, getattr(value, name))
    ]


def read_fields(kind: Kind, place: Place | None, but: Collection[str]) -> dict[str, Any]:
    """What the extensions at a place say of those fields, by the names of the fields."""
    hints = _hints(kind)
    left = [(name, absent) for name, absent in _absent(kind) if name not in but]
    return {name: _read(FIELD + name, absent, hints[name], place) for name, absent in left}


def _kind_of(value: object) -> Kind:
    return type(value)


@cache
def _hints(kind: Kind) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _absent(kind: Kind) -> tuple[tuple[str, object], ...]:
    """Each field of a kind, with what it means that the field is not told."""
    return tuple((field.name, _when_absent(field, _hints(kind)[field.name])) for field in fields(kind))


def _read(url: str, absent: object, hint: object, place: Place | None) -> object:
    found = tuple(place.extensions(url)) if place else ()
    if not found:
        if absent is MISSING:
            refuse_at(place.path if place else "Bundle", f"the extension {url} is missing.")
        return absent
    if get_origin(_bare(hint)) is tuple:
        item = get_args(_bare(hint))[0]
        return tuple(_value(each, item) for each in found)
    if len(found) > 1:
        found[1].refuse("this may be said once.")
    return _value(found[0], _bare(hint))


def _when_absent(field: Field[Any], hint: object) -> object:
    if field.default is not MISSING:
        return field.default
    if _is_optional(hint):
        return None
    empty: dict[object, object] = {str: "", tuple: ()}
    return empty.get(get_origin(hint) or hint, MISSING)


def _extensions(url: str, value: object) -> Iterator[Element]:
    if isinstance(value, tuple):
        for item in value:
            yield from _extensions(url, item)
    elif is_dataclass(value):
        inner = write_fields(value, ())
        yield {"url": url, "extension": inner or [{"url": _EMPTY, "valueBoolean": True}]}
    else:
        kind, told = _told(value)
        yield {"url": url, f"value{kind}": told}


def _told(value: object) -> tuple[str, object]:
    if isinstance(value, bool):
        return "Boolean", value
    if isinstance(value, Enum):
        return "Code", value.value
    if isinstance(value, int) and abs(value) <= LARGEST_NUMBER:
        return "Integer", value
    if isinstance(value, Decimal) and value.is_finite():
        return "Decimal", value
    if isinstance(value, date) and not isinstance(value, datetime):
        return "Date", value.isoformat()
    if isinstance(value, str) and value:
        return "String", text(value)
    raise Refusal("A part of the plan cannot be written as data: it is empty, or far too large.")


def _value(place: Place, hint: object) -> object:
    kind = _bare(hint)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**read_fields(kind, place, ()))
    for known, name, read in _READERS:
        if isinstance(kind, type) and issubclass(kind, known):
            return _of_kind(kind, place, read(place.need(f"value{name}")))
    raise TypeError(f"{kind} has no FHIR form: give it one in imp2art.fhir.fields")


def _of_kind(kind: type[Any], place: Place, value: object) -> object:
    """A word as the enumeration or the identifier that the field holds."""
    if not issubclass(kind, str) or kind is str:
        return value
    try:
        return kind(value)
    except (ValueError, Refusal):
        return place.refuse("this is not one of the words that may stand here.")


_READERS: tuple[tuple[type, str, Callable[[Place], object]], ...] = (
    (bool, "Boolean", Place.flag),
    (StrEnum, "Code", Place.text),
    (int, "Integer", Place.whole),
    (Decimal, "Decimal", Place.number),
    (date, "Date", Place.day),
    (str, "String", Place.text),
)


def _is_optional(hint: object) -> bool:
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


def _bare(hint: object) -> object:
    """The type without its `| None`."""
    if not _is_optional(hint):
        return hint
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    return kinds[0]
