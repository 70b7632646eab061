"""The fast engine: every patient of a practice at every month end, as algebra on masks.

It reads the same trees as `meaning.py`. A condition becomes a pair of masks a patient (where it surely
holds, where it possibly does); an indicator is algebra on them; people are counted by adding bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from imp2art.audit import masks
from imp2art.audit.ages import age_mask
from imp2art.audit.conditions import (
    AgeAtLeast,
    And,
    AnyIn,
    Condition,
    CoursesAtLeast,
    DevicesAtLeast,
    FirstIn,
    LatestStands,
    Not,
    Or,
    RegisteredOn,
    RegisteredWithin,
    Together,
    TwoApart,
)
from imp2art.audit.grid import Grid
from imp2art.audit.indicator import Clause, Indicator
from imp2art.audit.masks import Masks, Pair
from imp2art.audit.pack import PackedPractice
from imp2art.audit.same_day import together
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
    """Answers for one packed practice over one grid; a condition asked twice is worked out once."""

    practice: PackedPractice
    grid: Grid
    known: dict[Condition, Pair] = field(default_factory=dict)

    def masks_of(self, condition: Condition) -> Pair:
        """Where the condition surely and possibly holds, a mask for each patient."""
        if condition not in self.known:
            self.known[condition] = self._work_out(condition)
        return self.known[condition]

    def outcomes(self, indicator: Indicator) -> OutcomeMasks:
        """The indicator's answer for each patient and month end, as `reference.find` gives it."""
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

    def _work_out(self, condition: Condition) -> Pair:
        practice, grid = self.practice, self.grid
        match condition:
            case And(parts):
                return self._joined(parts, np.bitwise_and, grid.every_bit)
            case Or(parts):
                return self._joined(parts, np.bitwise_or, np.uint64(0))
            case Not(part):
                surely, maybe = self.masks_of(part)
                return ~maybe & grid.every_bit, ~surely & grid.every_bit
            case RegisteredOn():
                covered, _ = self._registered(months=1)
                return covered, covered
            case RegisteredWithin(months):
                covered, settled = self._registered(months)
                return covered & ~settled, covered & ~settled
            case AgeAtLeast():
                old_enough = age_mask(condition, practice.born, grid)
                return old_enough, old_enough
            case AnyIn(codelist, months):
                spans, window = practice.spans[codelist], grid.window(months)
                return masks.any_in(spans.offsets, spans.first, spans.last, window.base, window.lo, window.hi)
            case FirstIn(codelist, months):
                spans, window = practice.spans[codelist], grid.window(months)
                return masks.first_in(
                    spans.offsets, spans.first, spans.last, window.base, window.lo, window.hi
                )
            case TwoApart(codelist, days, months):
                spans, window = practice.spans[codelist], grid.window(months)
                return masks.two_apart(
                    spans.offsets,
                    spans.first,
                    spans.last,
                    days,
                    window.starts,
                    window.ends,
                    window.base,
                    window.lo,
                    window.hi,
                )
            case DevicesAtLeast():
                return self._devices(condition)
            case CoursesAtLeast():
                return self._courses(condition)
            case LatestStands(codelist, ended_by):
                begun, ended = practice.spans[codelist], practice.spans[ended_by]
                ever = grid.window(None)
                return masks.latest_stands(
                    begun.offsets,
                    begun.first,
                    begun.last,
                    ended.offsets,
                    ended.first,
                    ended.last,
                    ever.ends,
                    ever.base,
                    ever.lo,
                )
            case Together():
                return together(condition, practice, grid)
        raise TypeError(f"the engine does not know {type(condition).__name__}")

    def _joined(self, parts: Iterable[Condition], join: np.ufunc, start: np.uint64) -> Pair:
        answers = [self.masks_of(part) for part in parts]
        empty = np.full(len(self.practice), start, np.uint64)
        surely = reduce(join, (answer[0] for answer in answers), empty)
        return surely, reduce(join, (answer[1] for answer in answers), empty)

    def _registered(self, months: int) -> Pair:
        spells, ever, fresh = self.practice.spells, self.grid.window(None), self.grid.window(months)
        return masks.registered(
            spells.offsets,
            spells.first,
            spells.last,
            self.practice.died,
            ever.base,
            ever.lo,
            fresh.base,
            fresh.hi,
        )

    def _devices(self, condition: DevicesAtLeast) -> Pair:
        issues, window = self.practice.issues[condition.codelist], self.grid.window(condition.months)
        # "More than 12" of whole parts is one part more.
        least = condition.count * self.practice.parts + (0 if condition.or_more else 1)
        return masks.weight_at_least(
            issues.offsets,
            issues.day,
            issues.weight,
            least,
            len(window.ends),
            window.base,
            window.lo,
            window.hi,
        )

    def _courses(self, condition: CoursesAtLeast) -> Pair:
        issues, since = self.practice.issues[condition.codelist], self.practice.spans[condition.since]
        window = self.grid.window(condition.months)
        return masks.courses_at_least(
            issues.offsets,
            issues.day,
            since.offsets,
            since.first,
            condition.count,
            condition.joined_days,
            condition.steady_issues,
            condition.steady_days,
            window.starts,
            window.ends,
        )


def count(
    practice: PackedPractice, indicators: Iterable[Indicator], month_ends: tuple[date, ...]
) -> Mapping[str, Counts]:
    """Every indicator at every month end, by slug."""
    engine = Engine(practice, Grid(month_ends))
    return {indicator.slug: _counts(engine.outcomes(indicator), len(month_ends)) for indicator in indicators}


def _counts(outcomes: OutcomeMasks, months: int) -> Counts:
    met = masks.bit_counts(outcomes.met, months)
    return Counts(
        denominator=met + masks.bit_counts(outcomes.not_met, months),
        numerator=met,
        excluded=masks.bit_counts(outcomes.excluded, months),
        cannot_tell=masks.bit_counts(outcomes.cannot_tell, months),
    )


def members(practice: PackedPractice, indicator: Indicator, on: date) -> Mapping[str, Outcome]:
    """The patients behind a number: the outcome of everyone who is, or may be, in the denominator.

    Someone excluded is not applicable; someone outside the denominator is left out.
    """
    outcomes = Engine(practice, Grid((on,))).outcomes(indicator)
    named = (
        (outcomes.met, Outcome.MET),
        (outcomes.not_met, Outcome.NOT_MET),
        (outcomes.excluded, Outcome.NOT_APPLICABLE),
        (outcomes.cannot_tell, Outcome.CANNOT_TELL),
    )
    found = {int(at): outcome for mask, outcome in named for at in np.flatnonzero(mask)}
    return {practice.patient_ids[at]: found[at] for at in sorted(found)}
