"""Which rules count the same people, and whose people are all among another's: from the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from imp2art.audit.conditions import And, AnyIn, Condition, CoursesAtLeast, DevicesAtLeast, Or
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.indicator import Indicator


class Counted(StrEnum):
    """Which people of a rule: all that it counts, those of them who met it, those who did not."""

    DENOMINATOR = "denominator"
    NUMERATOR = "numerator"
    REST = "rest"


Population = tuple[str, Counted]


@dataclass(frozen=True, slots=True)
class Nesting:
    """`same` holds populations that are the same people; `within` pairs of places in it, less and more,
    without those that follow from two others."""

    same: tuple[tuple[Population, ...], ...]
    within: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _NotExcluded(Condition):
    """Stands for the exclusions of one rule: nobody else's count says anything of them."""

    slug: str


@lru_cache(maxsize=8)
def nesting_of(slugs: tuple[str, ...]) -> Nesting:
    """The nesting among these rules; a slug without a declaration is tied to nothing."""
    rules = [INDICATORS[slug] for slug in slugs if slug in INDICATORS]
    asked = {name: conditions for rule in rules for name, conditions in _populations(rule)}
    met_by = _all_that_follows(asked)
    same: dict[int, list[Population]] = {}
    for name, follows in met_by.items():
        same.setdefault(follows, []).append(name)
    return Nesting(tuple(tuple(names) for names in same.values()), tuple(_next_within(list(same))))


def _populations(rule: Indicator) -> Iterator[tuple[Population, frozenset[Condition]]]:
    counted = frozenset(_parts(clause.condition for clause in rule.denominator))
    met = counted.union(_parts(clause.condition for clause in rule.numerator))
    # Whoever met a rule is never excluded, so its exclusions narrow the denominator alone.
    private = {_NotExcluded(rule.slug)} if rule.exclusions else set()
    yield (rule.slug, Counted.DENOMINATOR), counted | private
    yield (rule.slug, Counted.NUMERATOR), met


def _parts(conditions: Iterable[Condition]) -> Iterator[Condition]:
    for condition in conditions:
        if isinstance(condition, And):
            yield from _parts(condition.parts)
        else:
            yield condition


def _all_that_follows(asked: Mapping[Population, frozenset[Condition]]) -> dict[Population, int]:
    """A bit for every condition that is so of everyone in the population."""
    distinct = sorted({condition for conditions in asked.values() for condition in conditions}, key=repr)
    follows = {
        one: sum(1 << place for place, other in enumerate(distinct) if implies(one, other))
        for one in distinct
    }
    found: dict[Population, int] = {}
    for name, conditions in asked.items():
        found[name] = 0
        for condition in conditions:
            found[name] |= follows[condition]
    return found


def _next_within(masks: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of which all that follows of the second follows of the first, none of the rest between."""
    for less, bits in enumerate(masks):
        above = [more for more, other in enumerate(masks) if other != bits and other & ~bits == 0]
        for more in above:
            between = (masks[one] for one in above if one != more)
            if not any(masks[more] & ~other == 0 for other in between):
                yield less, more


def implies(one: Condition, other: Condition) -> bool:
    """Whether everyone of whom the one holds has the other too; False where it is not plain."""
    match one, other:
        case Or(parts), _:
            return one == other or all(implies(part, other) for part in parts)
        case And(parts), _:
            return one == other or any(implies(part, other) for part in parts)
        case _, Or(parts):
            return any(implies(one, part) for part in parts)
        case _, And(parts):
            return all(implies(one, part) for part in parts)
        case AnyIn(), AnyIn():
            longer = other.months is None or (one.months is not None and one.months <= other.months)
            return one.codelist == other.codelist and longer
        case DevicesAtLeast(), DevicesAtLeast():
            same = (one.codelist, one.months) == (other.codelist, other.months)
            return same and (one.count, not one.or_more) >= (other.count, not other.or_more)
        case CoursesAtLeast(), CoursesAtLeast():
            return replace(one, count=other.count) == other and one.count >= other.count
    return one == other
