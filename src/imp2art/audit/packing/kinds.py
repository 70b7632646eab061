"""What a pack keeps of each entry: its kind. And what rules need kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from imp2art.audit.conditions import DevicesAtLeast, bands_of
from imp2art.audit.indicator import Indicator
from imp2art.audit.packing.gates import gates_of
from imp2art.audit.packing.packed import Kind, Needs
from imp2art.codes.identifiers import Code, CodingSystem, DmdCode
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.record.devices import devices_of
from imp2art.record.events import IssueUnit

NO_KIND = -1  # no rule reads the entry's code
_MOST_KINDS = 2**15  # the bit above is PARTIAL
_ENOUGH = Fraction(1000)  # devices in one issue: more than any rule asks for, so that sums stay small


def needs_of(indicators: Iterable[Indicator]) -> Needs:
    """What a pack must keep to count these indicators."""
    wanted = tuple(indicators)
    atoms = [atom for indicator in wanted for atom in indicator.atoms]
    return Needs(
        lists=frozenset[str]().union(*(indicator.codelists for indicator in wanted)),
        valued=frozenset(
            band.codelist
            for atom in atoms
            for band in bands_of(atom)
            if band.low is not None or band.high is not None
        ),
        counted=frozenset(atom.codelist for atom in atoms if isinstance(atom, DevicesAtLeast)),
        gates=gates_of(wanted),
    )


def needed_codes(indicators: Iterable[Indicator], library: Library) -> frozenset[Code]:
    """Every code that some indicator reads: rows with others need not be looked at."""
    slugs = frozenset[str]().union(*(indicator.codelists for indicator in indicators))
    return frozenset(code for slug in slugs for code in library.codelist(slug))


@dataclass(frozen=True, slots=True)
class KindTable:
    """Numbers the kinds of entries as they are met: the same entries in the same order, the same numbers.

    Ask it once for each distinct combination of a table's columns, never once a row.
    """

    needs: Needs
    library: Library
    lists: dict[tuple[str, str], frozenset[str]]
    numbers: dict[Kind, int] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds so far; each stands at its number."""
        return tuple(self.numbers)

    def of_event(self, system: str, code: str, value: str | None) -> int:
        """The number of an entry's kind, or NO_KIND. `value` is decimal text, or None or empty."""
        lists = self.lists.get((system, code))
        if lists is None:
            return NO_KIND
        read = bool(value) and not lists.isdisjoint(self.needs.valued)
        return self._number(Kind(lists, value=Decimal(value or 0) if read else None))

    def of_issue(self, code: str, quantity: str | None, unit: str) -> int:
        """The number of an issue's kind, or NO_KIND. `quantity` is decimal text, or None or empty."""
        lists = self.lists.get((CodingSystem.DMD, code))
        if lists is None:
            return NO_KIND
        counted = not lists.isdisjoint(self.needs.counted)
        devices = self._devices(code, quantity, unit) if counted else None
        return self._number(Kind(lists, devices=devices, issued=True))

    def _devices(self, code: str, quantity: str | None, unit: str) -> Fraction | None:
        amount = Decimal(quantity) if quantity else None
        devices = devices_of(self.library.medicine(DmdCode(code)), amount, IssueUnit(unit))
        return None if devices is None else min(devices, _ENOUGH)

    def _number(self, kind: Kind) -> int:
        number = self.numbers.setdefault(kind, len(self.numbers))
        if number >= _MOST_KINDS:
            raise Refusal(
                f"The entries have more than {_MOST_KINDS:,} different values. A score is a number such as "
                "19 or 1.5: look at what the extract holds for control scores."
            )
        return number


def kind_maker(indicators: Iterable[Indicator], library: Library) -> KindTable:
    """A table without kinds yet, for the entries that these indicators read."""
    needs = needs_of(indicators)
    lists: dict[tuple[str, str], set[str]] = {}
    for slug in sorted(needs.lists):
        for code in library.codelist(slug):
            lists.setdefault((code.system, str(code)), set()).add(slug)
    return KindTable(needs, library, {key: frozenset(slugs) for key, slugs in lists.items()})
