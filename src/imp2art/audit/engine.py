"""The fast engine: everyone of a pack at every month end, as algebra on masks.

It reads the same trees as `meaning.py`. A condition becomes a pair of masks a person (where it surely
holds, where it possibly does); an indicator is algebra on them; people are counted by adding bits. The
same engine counts one practice or a hundred: nobody's answer depends on anyone else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.algebra import Program, program_of
from imp2art.audit.bits.asked import ask
from imp2art.audit.bits.atoms import work_out
from imp2art.audit.bits.counting import count_rules
from imp2art.audit.bits.grid import Grid
from imp2art.audit.bits.groups import LookUps
from imp2art.audit.bits.loops import Masks, Pair
from imp2art.audit.conditions import And, Condition, Not, Or, atoms_of
from imp2art.audit.indicator import Clause, Indicator
from imp2art.audit.packing.pack import PackedPractice
from imp2art.audit.packing.packed import Pack
from imp2art.core.finding import Outcome


@dataclass(frozen=True, slots=True)
class Counts:
    """People at each month end; see `report.MonthFigure` for what each means."""

    denominator: NDArray[np.int64]
    numerator: NDArray[np.int64]
    excluded: NDArray[np.int64]
    cannot_tell: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OutcomeMasks:
    """One indicator's answers: exactly one of the five for every patient and month end."""

    met: Masks
    not_met: Masks
    excluded: Masks
    outside: Masks
    cannot_tell: Masks


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers for packed people over one grid; a condition asked twice is worked out once.

    `prepare` works many conditions out in one pass over the entries; a condition that it was not told of
    is worked out when it is asked for.
    """

    people: Pack
    grid: Grid
    known: dict[Condition, Pair] = field(default_factory=dict)

    def prepare(self, atoms: Iterable[Condition]) -> Engine:
        """Work out these conditions, none of which is made of others."""
        asked = ask(atom for atom in dict.fromkeys(atoms) if atom not in self.known)
        worked = work_out(self.people, asked, LookUps(self.people.kinds, self.grid))
        self.known.update(zip(asked.atoms, worked.masks(), strict=True))
        return self

    def masks_of(self, condition: Condition) -> Pair:
        """Where the condition surely and possibly holds, a mask for each person."""
        if condition not in self.known:
            self.prepare(atoms_of(condition))
        if condition not in self.known:  # it is made of others, which are known now
            self.known[condition] = self._made_of(condition)
        return self.known[condition]

    def outcomes(self, indicator: Indicator) -> OutcomeMasks:
        """The indicator's answer for each person and month end, as `reference.find` gives it."""
        inside, maybe_inside = self._all_of(indicator.denominator)
        success, maybe_success = self._all_of(indicator.numerator)
        taken_out, maybe_taken_out = self._any_of(indicator.exclusions)
        met = inside & success
        failed = inside & ~maybe_success
        not_met, excluded = failed & ~maybe_taken_out, failed & taken_out
        cannot_tell = maybe_inside & ~(met | not_met | excluded)
        return OutcomeMasks(met, not_met, excluded, ~maybe_inside & self.grid.every_bit, cannot_tell)

    def _all_of(self, clauses: tuple[Clause, ...]) -> Pair:
        return self.masks_of(And(tuple(clause.condition for clause in clauses)))

    def _any_of(self, clauses: tuple[Clause, ...]) -> Pair:
        return self.masks_of(Or(tuple(clause.condition for clause in clauses)))

    def _made_of(self, condition: Condition) -> Pair:
        match condition:
            case And(parts):
                return self._joined(parts, np.bitwise_and, self.grid.every_bit)
            case Or(parts):
                return self._joined(parts, np.bitwise_or, np.uint64(0))
            case Not(part):
                surely, maybe = self.masks_of(part)
                return ~maybe & self.grid.every_bit, ~surely & self.grid.every_bit
        raise TypeError(f"the engine does not know {type(condition).__name__}")

    def _joined(self, parts: Iterable[Condition], join: np.ufunc, start: np.uint64) -> Pair:
        found = [self.masks_of(part) for part in parts]
        if not found:
            everyone = np.full(len(self.people), start, np.uint64)
            return everyone, everyone
        return reduce(join, [pair[0] for pair in found]), reduce(join, [pair[1] for pair in found])


def count(
    practice: PackedPractice, indicators: Iterable[Indicator], month_ends: tuple[date, ...]
) -> Mapping[str, Counts]:
    """Every indicator of one practice at every month end, by slug."""
    rules = tuple(indicators)
    look = LookUps(practice.people.kinds, Grid(month_ends))
    counted = count_kinds(practice.people, program_of(rules), look)[..., 0].astype(np.int64)
    return {
        rule.slug: Counts(met + not_met, met, excluded, cannot_tell)
        for rule, (met, not_met, excluded, cannot_tell) in zip(rules, counted, strict=True)
    }


def count_kinds(people: Pack, program: Program, look: LookUps) -> NDArray[np.int32]:
    """People by rule, kind of answer (`counting.KINDS`), month end and practice."""
    return count_rules(program, work_out(people, program.asked, look), people.bounds, len(look.grid.ends))


def members(practice: PackedPractice, indicator: Indicator, on: date) -> Mapping[str, Outcome]:
    """The patients behind a number: the outcome of everyone who is, or may be, in the denominator.

    Someone excluded is not applicable; someone outside the denominator is left out.
    """
    return members_of(practice, (indicator,), on)[indicator.slug]


def members_of(
    practice: PackedPractice, indicators: Iterable[Indicator], on: date
) -> Mapping[str, Mapping[str, Outcome]]:
    """The same for many indicators at once, by slug."""
    rules = tuple(indicators)
    engine = Engine(practice.people, Grid((on,))).prepare(program_of(rules).asked.atoms)
    return {rule.slug: _members(practice, engine.outcomes(rule)) for rule in rules}


def _members(practice: PackedPractice, outcomes: OutcomeMasks) -> Mapping[str, Outcome]:
    named = (
        (outcomes.met, Outcome.MET),
        (outcomes.not_met, Outcome.NOT_MET),
        (outcomes.excluded, Outcome.NOT_APPLICABLE),
        (outcomes.cannot_tell, Outcome.CANNOT_TELL),
    )
    found = {int(at): outcome for mask, outcome in named for at in np.flatnonzero(mask)}
    return {practice.patient_ids[at]: found[at] for at in sorted(found)}
