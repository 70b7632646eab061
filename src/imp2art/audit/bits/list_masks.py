"""Masks of the conditions that ask the entries of some lists, one loop each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from imp2art.audit.bits import masks, sequence_masks
from imp2art.audit.bits.ages import birthdays
from imp2art.audit.bits.entries import Entries, Wanted
from imp2art.audit.bits.grid import Grid, Window, as_days, shifted_days, working_days_after
from imp2art.audit.bits.groups import Groups, LookUps
from imp2art.audit.bits.inhalers import parts_of, weights_at_least, weights_of
from imp2art.audit.bits.loops import Pair
from imp2art.audit.bits.same_day import together
from imp2art.audit.conditions import (
    AgeAtFirst,
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
    SinceBegun,
    SinceLatest,
    Together,
    TwoApart,
    codelists_of,
)
from imp2art.audit.packing.packed import Days, Offsets, Pack
from imp2art.core.period import financial_year


def wanted_by(atom: Condition) -> tuple[Wanted, ...]:
    """The entries that the loop of a condition goes through."""
    match atom:
        case DevicesAtLeast():
            return ()  # they are added up straight from the people's entries
        case CoursesAtLeast(codelist, since=since):
            return Wanted((codelist,), issued=True), Wanted((since,))
        case Begun(of, _, clear_months):
            return (Wanted(of, clear_months=clear_months),)
        case SinceBegun(codelist, begun):
            return Wanted((codelist,)), *wanted_by(begun)
        case LatestIn(bands, among):
            return (Wanted(among, bands=bands),)
        case SinceLatest(codelist, of):
            return Wanted((codelist,)), Wanted(of)
        case DueForFollowUp(of):
            return (Wanted(of),)
        case FollowedUp(of, by):
            return Wanted(of), Wanted(by)
        case _:
            return tuple(Wanted((slug,)) for slug in codelists_of(atom))


@dataclass(frozen=True, slots=True)
class ListMasks:
    """The people, and the entries that the conditions asked need."""

    people: Pack
    groups: Groups
    look: LookUps
    entries: Mapping[Wanted, Entries]

    @property
    def grid(self) -> Grid:
        """The month ends."""
        return self.look.grid

    def of_group(self, conditions: Sequence[Condition]) -> list[Pair]:
        """Each of them, which `asked.Asked` holds as one group."""
        match conditions[0]:
            case DevicesAtLeast(codelist, _, months):
                return self._devices(codelist, months, conditions)
            case CoursesAtLeast():
                return self._courses(conditions[0], conditions)
            case _:
                return [self.of(conditions[0])]

    def of(self, condition: Condition) -> Pair:
        """Where the condition surely and possibly holds."""
        match condition:
            case FirstIn(codelist, months):
                return self._first_in(codelist, self.grid.window(months))
            case FirstSince(codelist):
                return self._first_since(codelist, condition)
            case TwoApart():
                return self._two_apart(condition)
            case LatestStands():
                return self._latest_stands(condition)
            case Together(anchor, same_day, before):
                asked = tuple(self._list(slug) for slug in before)
                return together(condition, self._list(anchor), self._list(same_day), asked, self.grid)
            case LatestIn(bands, among, months):
                found, window = self.entries[Wanted(among, bands=bands)], self.grid.window(months)
                return sequence_masks.latest_in(
                    found.offsets,
                    found.first,
                    found.last,
                    found.tag,
                    window.starts,
                    window.ends,
                    window.base,
                    window.lo,
                    window.hi,
                )
            case _:
                return self._of_sequence(condition)

    def _of_sequence(self, condition: Condition) -> Pair:
        match condition:
            case SinceLatest(codelist, of, months):
                return self._since(codelist, self.entries[Wanted(of)], months)
            case Begun(_, months):
                begun, window = self.entries[wanted_by(condition)[0]], self.grid.window(months)
                return masks.any_in(*_columns(begun), window.base, window.lo, window.hi)
            case SinceBegun(codelist, begun):
                return self._since(codelist, self.entries[wanted_by(begun)[0]], begun.months)
            case NearFirst():
                return self._near_first(condition)
            case AgeAtFirst(anchor, years):
                return self._age_at_first(anchor, years)
            case DueForFollowUp(of, working_days, months):
                found = self.entries[Wanted(of)]
                return self._followed_up(found, found, working_days, months)[0]
            case FollowedUp(of, by, working_days, months):
                return self._followed_up(
                    self.entries[Wanted(of)], self.entries[Wanted(by)], working_days, months
                )[1]
        raise TypeError(f"the engine does not know {type(condition).__name__}")

    def _list(self, slug: str) -> Entries:
        return self.entries[Wanted((slug,))]

    def _first_in(self, codelist: str, window: Window) -> Pair:
        return masks.first_in(*_columns(self._list(codelist)), window.base, window.lo, window.hi)

    def _first_since(self, codelist: str, condition: FirstSince) -> Pair:
        window = self.grid.window_from(
            as_days([condition.start_in(financial_year(end)) for end in self.grid.ends])
        )
        surely, maybe = self._first_in(codelist, window)
        # A month end before the day that its rules name has no window at all.
        begun = np.uint64(sum(1 << int(at) for at in np.flatnonzero(window.starts <= window.ends)))
        return surely & begun, maybe & begun

    def _two_apart(self, condition: TwoApart) -> Pair:
        window = self.grid.window(condition.months)
        place = (window.base, window.lo, window.hi)
        found = _columns(self._list(condition.codelist))
        return masks.two_apart(*found, condition.days, window.starts, window.ends, *place)

    def _devices(self, codelist: str, months: int, group: Sequence[Condition]) -> list[Pair]:
        asked = [each for each in group if isinstance(each, DevicesAtLeast)]
        window, parts = self.grid.window(months), self.look.of(parts_of)
        surely, maybe = weights_at_least(
            self.groups.offsets,
            self.groups.begins,
            self.groups.kind,
            self.people.day,
            self.look.of(weights_of, codelist, parts),
            # "More than 12" of whole parts is one part more.
            np.array([each.count * parts + (0 if each.or_more else 1) for each in asked], np.int64),
            len(window.ends),
            window.base,
            window.lo,
            window.hi,
        )
        return list(zip(surely, maybe, strict=True))

    def _courses(self, rule: CoursesAtLeast, group: Sequence[Condition]) -> list[Pair]:
        window = self.grid.window(rule.months)
        issues, since = (self.entries[each] for each in wanted_by(rule))
        found = masks.courses_at_least(
            issues.offsets,
            issues.first,
            since.offsets,
            since.first,
            np.array([each.count for each in group if isinstance(each, CoursesAtLeast)], np.int64),
            rule.joined_days,
            rule.steady_issues,
            rule.steady_days,
            window.starts,
            window.ends,
        )
        return [(each, each) for each in found]

    def _latest_stands(self, condition: LatestStands) -> Pair:
        begun, ended = self._list(condition.codelist), self._list(condition.ended_by)
        ever = self.grid.window(None)
        return masks.latest_stands(*_columns(begun), *_columns(ended), ever.ends, ever.base, ever.lo)

    def _since(self, codelist: str, of: Entries, months: int) -> Pair:
        window = self.grid.window(months)
        found = _columns(self._list(codelist))
        return sequence_masks.since_latest(*found, *_columns(of), window.starts, window.ends)

    def _near_first(self, condition: NearFirst) -> Pair:
        back, ahead = shifted_days(-condition.before_months), shifted_days(condition.after_months)
        found, anchor = self._list(condition.codelist), self._list(condition.anchor)
        ever, months = self.grid.window(None), len(self.grid.ends)
        return sequence_masks.near_first(
            *_columns(found), *_columns(anchor), back, ahead, base=ever.base, lo=ever.lo, months=months
        )

    def _age_at_first(self, anchor: str, years: int) -> Pair:
        found, ever = self._list(anchor), self.grid.window(None)
        return sequence_masks.age_at_first(
            found.offsets,
            found.first,
            found.last,
            birthdays(self.people.born, years),
            ever.base,
            ever.lo,
            len(ever.ends),
        )

    def _followed_up(self, of: Entries, by: Entries, working_days: int, months: int) -> tuple[Pair, Pair]:
        due, window = working_days_after(working_days), self.grid.window(months)
        latest = np.searchsorted(due, window.ends, side="right").astype(np.int32) - 1 - 2**15
        place = (due, latest.astype(np.int32), window.starts, window.ends)
        return sequence_masks.followed_up(*_columns(of), *_columns(by), *place)


def _columns(entries: Entries) -> tuple[Offsets, Days, Days]:
    return entries.offsets, entries.first, entries.last
