"""Which indicators a nation's practices are counted by in a financial year, and which cannot be yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.indicator import NATIONS, Indicator
from imp2art.codes.library import Library
from imp2art.core.digest import digest_of
from imp2art.core.period import financial_year
from imp2art.core.refusal import Refusal

_YEAR = re.compile(r"(20\d\d)/\d\d")


@dataclass(frozen=True, slots=True)
class PackedRule:
    """One indicator in a pack: the name of its rules in that year, and the digest of its declaration."""

    slug: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class IndicatorPack:
    """What a nation's practices are counted by in a financial year, in the order of a report."""

    nation: str
    year: str
    rules: tuple[PackedRule, ...]

    @property
    def name(self) -> str:
        """`England 2025/26`."""
        return f"{self.nation} {self.year}"

    @property
    def slugs(self) -> tuple[str, ...]:
        """The indicators of the pack."""
        return tuple(rule.slug for rule in self.rules)

    @property
    def digest(self) -> str:
        """The name of the content: the same rules under the same versions give the same digest."""
        lines = (f"{rule.slug}\t{rule.version}\t{rule.digest}" for rule in self.rules)
        return digest_of("\n".join((self.name, *lines)).encode())


def pack_of(nation: str, year: str) -> IndicatorPack:
    """The pack of a nation (`England` or `england`) for a financial year, `2025/26`.

    Raises `Refusal` for an unknown nation or year.
    """
    start = _first_day(year)
    rules = (PackedRule(each.slug, each.version_on(start), each.digest) for each in _of(nation))
    return IndicatorPack(_named(nation), year, tuple(rules))


def indicators_for(
    nation: str, library: Library
) -> tuple[tuple[Indicator, ...], Mapping[str, tuple[str, ...]]]:
    """The nation's indicators that this library can count, and those that are not configured.

    The second names, for each slug, the lists that have no codes yet. It is for the report to say: an
    indicator that is not configured is never counted, and so never nought. Raises `Refusal` for an
    unknown nation.
    """
    lacking = {each.slug: missing_lists(each, library) for each in _of(nation)}
    ready = tuple(each for each in _of(nation) if not lacking[each.slug])
    return ready, {slug: lists for slug, lists in lacking.items() if lists}


def missing_lists(indicator: Indicator, library: Library) -> tuple[str, ...]:
    """The lists without codes that the rule reads, itself or through a list made of them; sorted."""
    needed = (library.unfilled.get(slug, ()) for slug in indicator.codelists)
    return tuple(sorted({slug for slugs in needed for slug in slugs}))


def _of(nation: str) -> tuple[Indicator, ...]:
    named = _named(nation)
    return tuple(each for each in INDICATORS.values() if named in each.nations)


def _named(nation: str) -> str:
    """`Northern Ireland`; an extract and the store write `northern-ireland`."""
    named = nation.replace("-", " ").title()
    if named not in NATIONS:
        raise Refusal(f"There is no pack for {nation!r}: a nation is one of {', '.join(NATIONS)}.")
    return named


def _first_day(year: str) -> date:
    found = _YEAR.fullmatch(year)
    first = date(int(found.group(1)), 4, 1) if found else None
    if first is None or financial_year(first) != year:
        raise Refusal(f"{year!r} is not a financial year: write it as 2025/26.")
    return first
