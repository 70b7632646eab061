"""Whom a rule can count at all: the codelists of which a person must have an entry."""

from __future__ import annotations

from collections.abc import Iterable

from imp2art.audit.conditions import (
    AgeAtFirst,
    And,
    AnyIn,
    Begun,
    Condition,
    CoursesAtLeast,
    DevicesAtLeast,
    DueForFollowUp,
    FirstIn,
    FirstSince,
    FollowedUp,
    LatestIn,
    LatestStands,
    NearFirst,
    Or,
    RegisteredOn,
    SinceBegun,
    SinceLatest,
    Together,
    TwoApart,
)
from imp2art.audit.indicator import Clause, Indicator

_RATHER = frozenset({"asthma-diagnosis"})  # most rules ask for it, so it lets in nobody besides


def is_list_wide(indicator: Indicator) -> bool:
    """Whether everyone on the list is in the denominator."""
    return [clause.condition for clause in indicator.denominator] == [RegisteredOn()]


def gates_of(indicators: Iterable[Indicator]) -> frozenset[str]:
    """The lists of which someone must have an entry to be counted other than as on the list, not met.

    Raises `ValueError` for an indicator that counts people without any entry.
    """
    return frozenset[str]().union(*(_gates(indicator) for indicator in indicators))


def _gates(indicator: Indicator) -> frozenset[str]:
    if not is_list_wide(indicator):
        return _needed(indicator, (_all_of(indicator.denominator),))
    return _needed(
        indicator, (_all_of(indicator.numerator), *(clause.condition for clause in indicator.exclusions))
    )


def _all_of(clauses: tuple[Clause, ...]) -> And:
    return And(tuple(clause.condition for clause in clauses))


def _needed(indicator: Indicator, asked: tuple[Condition, ...]) -> frozenset[str]:
    found = [lists_asked_for(condition) for condition in asked]
    if any(lists is None for lists in found):
        raise ValueError(f"{indicator.slug} may count people of whom nothing is coded")
    return frozenset[str]().union(*(lists for lists in found if lists is not None))


def lists_asked_for(condition: Condition) -> frozenset[str] | None:
    """Lists such that the condition surely does not hold without an entry of one; None: there are none."""
    match condition:
        case And(parts):
            found = [lists for part in parts if (lists := lists_asked_for(part)) is not None]
            return min(found, key=lambda lists: (lists != _RATHER, len(lists), sorted(lists)), default=None)
        case Or(parts):
            each = [lists_asked_for(part) for part in parts]
            return None if None in each else frozenset[str]().union(*(lists or () for lists in each))
        case AnyIn() | CoursesAtLeast() | LatestStands() | TwoApart() | FirstIn() | FirstSince():
            return frozenset({condition.codelist})
        case DevicesAtLeast(codelist, count, _, or_more):
            return frozenset({codelist}) if count > 0 or not or_more else None
        case Together(anchor) | AgeAtFirst(anchor) | NearFirst(_, anchor):
            return frozenset({anchor})
        case LatestIn(bands):
            return frozenset(band.codelist for band in bands)
        case SinceLatest(_, of) | Begun(of) | FollowedUp(of) | DueForFollowUp(of):
            return frozenset(of)
        case SinceBegun(_, begun):
            return frozenset(begun.of)
        case _:
            return None
