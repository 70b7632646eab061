"""Why an indicator matters, out of `content/evidence.toml`: what was found, by whom, and when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from imp2art.core.refusal import Refusal

# As everywhere: what is only remembered (M) is shown to nobody.
_TAGS = ("F", "F2", "C")
_TEXTS = ("citation", "finding", "tag", "read_in")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding. `year` is None where the source's year was not found; `read_in` is where this
    project read it; `tag` as in the clinical fact file."""

    id: str
    citation: str
    year: int | None
    finding: str
    tag: str
    read_in: str


def evidence_of(ids: Iterable[str]) -> tuple[Evidence, ...]:
    """The evidence of these ids, in their order. Raises `Refusal` for an unknown one."""
    known = read_evidence()
    wanted = tuple(ids)
    if unknown := [each for each in wanted if each not in known]:
        raise Refusal(f"content/evidence.toml has no evidence “{unknown[0]}”.")
    return tuple(known[each] for each in wanted)


@cache
def read_evidence() -> Mapping[str, Evidence]:
    """All of it by id. Raises `Refusal` where an entry is incomplete."""
    page = files("imp2art").joinpath("content", "evidence.toml")
    return parse_evidence(page.read_text(encoding="utf-8"))


def parse_evidence(text: str) -> dict[str, Evidence]:
    """The `[evidence.<id>]` tables of the file. Raises `Refusal` where one lacks something."""
    try:
        tables = tomllib.loads(text)["evidence"]
    except (tomllib.TOMLDecodeError, KeyError) as fault:
        raise Refusal(f"content/evidence.toml cannot be read: {fault}.") from None
    return {name: _entry(name, table) for name, table in tables.items()}


def _entry(name: str, table: dict[str, Any]) -> Evidence:
    year = table.get("year")
    missing = [key for key in _TEXTS if not table.get(key)]
    if missing or not isinstance(year, int | None) or table.keys() - {*_TEXTS, "year"}:
        raise Refusal(
            f"content/evidence.toml: “{name}” needs {', '.join(_TEXTS)} and may have a year, nothing else."
        )
    if table["tag"] not in _TAGS:
        raise Refusal(f"content/evidence.toml: “{name}” has the tag {table['tag']!r}, which is not trusted.")
    return Evidence(name, table["citation"], year, table["finding"], table["tag"], table["read_in"])
