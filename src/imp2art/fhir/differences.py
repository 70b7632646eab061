"""Where two Bundles differ first: what was given, against what its reading would have written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from imp2art.fhir.place import refuse_at

# What a server adds to a resource that it keeps. Everything else was put there by someone.
_OF_SERVERS = ("versionId", "lastUpdated")


def refuse_difference(given: Any, understood: Any, path: str = "Bundle") -> None:  # noqa: ANN401
    """`Refusal` at the first place where the given Bundle says more, less or something else."""
    if isinstance(given, dict) and isinstance(understood, dict):
        _objects(given, understood, path)
    elif isinstance(given, list) and isinstance(understood, list):
        for index, pair in enumerate(zip(given, understood, strict=False)):
            refuse_difference(*pair, f"{path}[{index}]")
        if len(given) != len(understood):
            place = min(len(given), len(understood))
            refuse_at(f"{path}[{place}]", _more_or_less(len(given) > len(understood)))
    elif not _same(given, understood):
        refuse_at(path, "this does not fit the rest of the plan, or is not written as this software does.")


def _objects(given: dict[str, Any], understood: dict[str, Any], path: str) -> None:
    for name in given:
        if name not in understood and not _is_of_a_server(name, given[name], path):
            refuse_at(f"{path}.{name}", _more_or_less(more=True))
    for name in understood:
        if name not in given:
            refuse_at(f"{path}.{name}", _more_or_less(more=False))
        refuse_difference(given[name], understood[name], f"{path}.{name}")


def _is_of_a_server(name: str, value: object, path: str) -> bool:
    if path.endswith(".meta"):
        return name in _OF_SERVERS
    return name == "meta" and isinstance(value, dict) and set(value) <= set(_OF_SERVERS)


def _more_or_less(more: bool) -> str:
    return "a plan of this software holds no such part." if more else "this part is missing."


def _same(given: object, understood: object) -> bool:
    """Equal, and of one kind: true is not 1, though Python says so. 2 and 2.0 are the same number."""
    if isinstance(given, bool) or isinstance(understood, bool):
        return given is understood
    if isinstance(given, int | Decimal) and isinstance(understood, int | Decimal):
        return Decimal(given) == Decimal(understood)
    return type(given) is type(understood) and given == understood
