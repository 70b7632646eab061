"""An indicator as one declaration: who counts, who is taken out, and who is a success."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.audit.conditions import Condition, atoms_of, codelists_of
from imp2art.core.digest import digest_of
from imp2art.core.period import financial_year


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition with the stable name that a finding gives as its reason."""

    name: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where the rule was found; `tag` as in the clinical fact file: F, F2, M or C."""

    name: str
    dated: str
    tag: str


class Topic(StrEnum):
    """What an indicator is about; a report shows them in this order."""

    PLAN = "plan"
    REVIEW = "review"
    CONTROL = "control"
    ATTACKS = "attacks"
    MEDICINES = "medicines"
    SMOKING = "smoking"
    DIAGNOSIS = "diagnosis"
    CONTRACT = "contract"
    CARBON = "carbon"


NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")


@dataclass(frozen=True, slots=True)
class Indicator:
    """`denominator` clauses must all hold; `exclusions` are tried in turn, but only for someone who
    is no success; all `numerator` clauses make a success.

    `versions` holds (first financial year, name of the rules), oldest first. `nations` are those whose
    packs have it. `evidence` are ids of content/evidence.toml: why it matters.
    """

    slug: str
    denominator: tuple[Clause, ...]
    numerator: tuple[Clause, ...]
    direction: Direction
    versions: tuple[tuple[str, str], ...]
    source: RuleSource
    exclusions: tuple[Clause, ...] = ()
    topic: Topic = Topic.PLAN
    nations: tuple[str, ...] = NATIONS
    evidence: tuple[str, ...] = ()

    def version_on(self, on: date) -> str:
        """The name of the rules that hold on a day; the oldest for the years before it."""
        year = financial_year(on)
        begun = [name for first, name in self.versions if first <= year]
        return begun[-1] if begun else self.versions[0][1]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in the order in which they are asked."""
        return self.denominator + self.numerator + self.exclusions

    @property
    def atoms(self) -> Iterator[Condition]:
        """The plain conditions that an evaluator must know."""
        return (atom for clause in self.clauses for atom in atoms_of(clause.condition))

    @property
    def codelists(self) -> frozenset[str]:
        """The slugs of the codelists that the rule reads."""
        return frozenset(slug for atom in self.atoms for slug in codelists_of(atom))

    @property
    def digest(self) -> str:
        """The name of the rule's content: another rule, another digest."""
        return digest_of(repr(self).encode())
