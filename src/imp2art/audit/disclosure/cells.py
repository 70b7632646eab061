"""Released counts as unknowns, and what anyone may know of how they hang together.

A `Cell` names one count of one month. A `Relation` says that a weighted sum of cells is nought, or not
above it. Relations come from the declarations alone: whoever reads them can write the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from imp2art.audit.conditions import And, Condition, CoursesAtLeast, DevicesAtLeast
from imp2art.audit.indicator import Indicator

ALL = ""  # the group of a count that is not split


class Cell(NamedTuple):
    """A count of people: of a rule's denominator or numerator, of everyone or of one group."""

    slug: str
    is_numerator: bool
    dimension: str = ALL
    group: str = ALL


@dataclass(frozen=True, slots=True)
class Relation:
    """Σ weight × count is 0 (`equal`), or at most 0."""

    terms: tuple[tuple[Cell, int], ...]
    equal: bool

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        """Whether it is so of these counts."""
        total = sum(weight * counts[cell] for cell, weight in self.terms)
        return total == 0 if self.equal else total <= 0


def relations_among(cells: Iterable[Cell], rules: Mapping[str, Indicator]) -> tuple[Relation, ...]:
    """Everything that holds between these cells by what the rules say."""
    known = set(cells)
    found = [
        *_parts_of_wholes(known),
        *_sums_of_groups(known),
        *_nested(known, rules),
        *_shared_denominators(known, rules),
    ]
    return tuple(relation for relation in found if all(cell in known for cell, _ in relation.terms))


def _parts_of_wholes(cells: set[Cell]) -> Iterator[Relation]:
    for cell in sorted(cells):
        if cell.is_numerator:
            yield Relation(((cell, 1), (cell._replace(is_numerator=False), -1)), equal=False)


def _sums_of_groups(cells: set[Cell]) -> Iterator[Relation]:
    splits = sorted({(cell.slug, cell.is_numerator, cell.dimension) for cell in cells if cell.dimension})
    for slug, is_numerator, dimension in splits:
        groups = sorted(cell for cell in cells if cell[:3] == (slug, is_numerator, dimension))
        total = Cell(slug, is_numerator)
        yield Relation((*((cell, 1) for cell in groups), (total, -1)), equal=True)


def _nested(cells: set[Cell], rules: Mapping[str, Indicator]) -> Iterator[Relation]:
    """Numerators of rules with one denominator of which one asks more than the other."""
    slugs = sorted({cell.slug for cell in cells} & rules.keys())
    places = sorted({cell[2:] for cell in cells})
    for one, other in combinations(slugs, 2):
        for less, more in ((one, other), (other, one)):
            if _asks_no_less(rules[less], rules[more]):
                for place in places:
                    yield Relation(((Cell(less, True, *place), 1), (Cell(more, True, *place), -1)), False)


def _shared_denominators(cells: set[Cell], rules: Mapping[str, Indicator]) -> Iterator[Relation]:
    """Counted people of rules with one denominator are the same where the record can always tell.

    The register's own numerator is the denominator of every rule that counts the register. Each is tied
    to the first of its kind, which says as much as tying every two.
    """
    slugs = sorted({cell.slug for cell in cells} & rules.keys())
    first: dict[frozenset[Condition], tuple[str, bool]] = {}
    ties: list[tuple[tuple[str, bool], tuple[str, bool]]] = []
    for slug in slugs:
        if rules[slug].exclusions:
            continue
        asked = ((_conditions(rules[slug].denominator), False), (_everything(rules[slug]), True))
        for conditions, is_numerator in asked:
            tied = first.setdefault(conditions, (slug, is_numerator))
            if tied != (slug, is_numerator):
                ties.append((tied, (slug, is_numerator)))
    for place in sorted({cell[2:] for cell in cells}):
        for one, other in ties:
            yield Relation(((Cell(*one, *place), 1), (Cell(*other, *place), -1)), equal=True)


def _conditions(clauses: Iterable[object]) -> frozenset[Condition]:
    return frozenset(clause.condition for clause in clauses)  # type: ignore[attr-defined]


def _everything(rule: Indicator) -> frozenset[Condition]:
    return _conditions(rule.denominator) | _conditions(rule.numerator)


def _asks_no_less(less: Indicator, more: Indicator) -> bool:
    """Whether whoever meets `less` meets `more`."""
    if _conditions(less.denominator) != _conditions(more.denominator):
        return False
    asked = [clause.condition for clause in less.numerator]
    return all(any(_implies(one, clause.condition) for one in asked) for clause in more.numerator)


def _implies(one: Condition, other: Condition) -> bool:
    match one, other:
        case And(parts), _:
            return any(_implies(part, other) for part in parts)
        case DevicesAtLeast(), DevicesAtLeast():
            same = (one.codelist, one.months) == (other.codelist, other.months)
            return same and (one.count, not one.or_more) >= (other.count, not other.or_more)
        case CoursesAtLeast(), CoursesAtLeast():
            rest = [(each.codelist, each.months, each.since, each.joined_days) for each in (one, other)]
            return rest[0] == rest[1] and one.count >= other.count
    return one == other
