"""What rules may ask about an entry, as one small integer: from codes, values and quantities to kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

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
    SinceBegun,
    SinceLatest,
    Together,
    TwoApart,
    bands_of,
    codelists_of,
)
from imp2art.audit.indicator import Clause, Indicator
from imp2art.audit.packed import PARTIAL, Kind
from imp2art.audit.register import ON_LIST
from imp2art.codes.identifiers import Code, CodingSystem, DmdCode
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.record.devices import devices_of
from imp2art.record.events import IssueUnit

_DIAGNOSIS = "asthma-diagnosis"
MOST_DEVICES = Fraction(1000)  # in one issue: more than any rule asks for


def code_key(system: str, code: str) -> str:
    """System and code in one: the same digits in two systems are two codes."""
    return f"{system} {code}"


@dataclass(slots=True)
class KindTable:
    """Numbers kinds as they come: the same entries in the same order give the same numbers.

    `lists_of` holds, by `code_key`, the lists that some rule reads; a code without one has no kind.
    """

    lists_of: Mapping[str, frozenset[str]]
    valued: frozenset[str]
    counted: frozenset[str]
    library: Library
    kinds: list[Kind] = field(default_factory=list)
    numbers: dict[Kind, int] = field(default_factory=dict)

    def number(self, kind: Kind) -> int:
        """The kind's number, a new one for a new kind."""
        if kind not in self.numbers:
            if len(self.kinds) == int(PARTIAL):
                raise Refusal(
                    "The entries of this audit are of too many kinds. Check the quantities and values."
                )
            self.numbers[kind] = len(self.kinds)
            self.kinds.append(kind)
        return self.numbers[kind]

    def of_event(self, system: str, code: str, value: str | None) -> int | None:
        """The kind of a coded entry, or None where no rule reads its code."""
        lists = self.lists_of.get(code_key(system, code))
        if lists is None:
            return None
        return self.number(Kind(lists, _decimal(value) if lists & self.valued else None))

    def of_issue(self, code: str, quantity: str | None, unit: str) -> int | None:
        """The kind of an issue, or None where no rule reads its product."""
        lists = self.lists_of.get(code_key(CodingSystem.DMD, code))
        if lists is None:
            return None
        return self.number(
            Kind(lists, None, self._devices(code, quantity, unit) if lists & self.counted else None)
        )

    def _devices(self, code: str, quantity: str | None, unit: str) -> Fraction | None:
        found = devices_of(self.library.medicine(DmdCode(code)), _decimal(quantity), IssueUnit(unit))
        return None if found is None else min(found, MOST_DEVICES)


def kind_table(indicators: Iterable[Indicator], library: Library) -> KindTable:
    """An empty table for these rules."""
    atoms = [atom for indicator in indicators for atom in indicator.atoms]
    slugs = sorted({slug for atom in atoms for slug in codelists_of(atom)})
    lists: dict[str, set[str]] = {}
    for slug in slugs:
        for code in library.codelist(slug):
            lists.setdefault(key_of(code), set()).add(slug)
    return KindTable(
        {key: frozenset(found) for key, found in lists.items()},
        frozenset(band.codelist for atom in atoms for band in bands_of(atom)),
        frozenset(atom.codelist for atom in atoms if isinstance(atom, DevicesAtLeast)),
        library,
    )


def key_of(code: Code) -> str:
    """The `code_key` of a code."""
    return code_key(str(code.system), str(code))


def needed_codes(indicators: Iterable[Indicator], library: Library) -> frozenset[Code]:
    """Every code that some rule reads."""
    slugs = frozenset[str]().union(*(indicator.codelists for indicator in indicators))
    return frozenset(code for slug in slugs for code in library.codelist(slug))


def gates_of(indicators: Iterable[Indicator]) -> frozenset[str]:
    """Lists of which a person has an entry, or else every rule counts them at most as on the list.

    Raises `ValueError` for a rule that counts people without any entry in another way.
    """
    return frozenset(slug for indicator in indicators for slug in _gates(indicator))


def _gates(indicator: Indicator) -> frozenset[str]:
    wide = indicator.denominator == (ON_LIST,)
    clauses = indicator.numerator if wide else indicator.denominator
    found = [needs for clause in clauses for needs in _needs(clause)]
    if not found:
        raise ValueError(f"{indicator.slug} counts people who have no entry")
    return min(found, key=lambda needs: (_DIAGNOSIS not in needs, len(needs), sorted(needs)))


def _needs(clause: Clause) -> Iterator[frozenset[str]]:
    """Sets of lists: someone with no entry of one of them fails the clause."""
    yield from _needed_by(clause.condition)


def _needed_by(condition: Condition) -> Iterator[frozenset[str]]:
    match condition:
        case And(parts):
            for part in parts:
                yield from _needed_by(part)
        case Or(parts):
            choices = [next(_needed_by(part), None) for part in parts]
            if all(choice is not None for choice in choices):
                yield frozenset[str]().union(*(choice for choice in choices if choice is not None))
        case LatestStands(codelist) | Together(codelist):
            yield frozenset((codelist,))
        case AnyIn(codelist) | TwoApart(codelist) | FirstIn(codelist) | FirstSince(codelist):
            yield frozenset((codelist,))
        case CoursesAtLeast() | NearFirst() | SinceLatest():
            yield frozenset((condition.codelist,))
        case DevicesAtLeast(codelist, count) if count > 0:
            yield frozenset((codelist,))
        case LatestIn(_, among):
            yield frozenset(among)
        case AgeAtFirst(anchor):
            yield frozenset((anchor,))
        case SinceBegun(codelist):
            yield frozenset((codelist,))
        case Begun(of) | FollowedUp(of) | DueForFollowUp(of):
            yield frozenset(of)


def _decimal(text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text).normalize()
    except InvalidOperation:
        return None
