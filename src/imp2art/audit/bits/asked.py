"""The plain conditions of rules, sorted by the loop that answers them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from imp2art.audit.bits.entries import Wanted
from imp2art.audit.bits.list_masks import wanted_by
from imp2art.audit.conditions import (
    AgeAtLeast,
    AnyIn,
    Condition,
    CoursesAtLeast,
    DevicesAtLeast,
    RegisteredOn,
    RegisteredWithin,
    codelists_of,
)

OF_PEOPLE = AgeAtLeast | RegisteredOn | RegisteredWithin  # conditions that read no entry


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """`windows` are answered in one pass; of `groups`, each holds conditions that are worked out together
    from the entries `wanted`; `of_people` read no entry. `lists` are the codelists that all of them read."""

    windows: tuple[AnyIn, ...]
    groups: tuple[tuple[Condition, ...], ...]
    of_people: tuple[Condition, ...]
    wanted: tuple[Wanted, ...]
    lists: frozenset[str]

    @property
    def atoms(self) -> tuple[Condition, ...]:
        """All of them, in the order in which they are answered."""
        return (*self.windows, *(each for group in self.groups for each in group), *self.of_people)


def ask(atoms: Iterable[Condition]) -> Asked:
    """Sort different conditions, none of which is made of others."""
    all_of_them = tuple(atoms)
    listed = tuple(atom for atom in all_of_them if not isinstance(atom, AnyIn | OF_PEOPLE))
    return Asked(
        tuple(atom for atom in all_of_them if isinstance(atom, AnyIn)),
        _alike(listed),
        tuple(atom for atom in all_of_them if isinstance(atom, OF_PEOPLE)),
        tuple(dict.fromkeys(each for atom in listed for each in wanted_by(atom))),
        frozenset(slug for atom in all_of_them for slug in codelists_of(atom)),
    )


def _alike(conditions: Iterable[Condition]) -> tuple[tuple[Condition, ...], ...]:
    """Counts of inhalers of a list in a window, the fewest first, and of courses by one rule; every other
    by itself."""
    groups: dict[object, list[Condition]] = {}
    for condition in conditions:
        match condition:
            case DevicesAtLeast(codelist, _, months):
                key: object = (DevicesAtLeast, codelist, months)
            case CoursesAtLeast():
                key = replace(condition, count=0)
            case _:
                key = condition
        groups.setdefault(key, []).append(condition)
    return tuple(tuple(sorted(group, key=_fewest)) for group in groups.values())


def _fewest(condition: Condition) -> tuple[int, bool]:
    """ "More than 12" is more than "12 or more"."""
    match condition:
        case DevicesAtLeast(_, count, _, or_more):
            return count, not or_more
        case _:
            return 0, False
