"""Two searches that differ in one person: what that usually is, read from the clause that decided here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.audit.conditions import Condition, CoursesAtLeast, DevicesAtLeast, Not, TwoApart, atoms_of
from imp2art.audit.register import REGISTER
from imp2art.audit.twin.clause_answer import ClauseAnswer, Part
from imp2art.audit.twin.seen import Seen, windows_of
from imp2art.audit.twin.truth import Truth
from imp2art.core.finding import Outcome
from imp2art.core.period import financial_year, months_up_to

_REGISTER = frozenset(clause.name for clause in REGISTER)


class DifferenceKind(StrEnum):
    """What a difference from another search of the same record usually is."""

    REGISTER = "register"  # who is asked about at all: the list, the register, the age
    EXCLUSION = "exclusion"  # one takes out whom the other counts
    DATE_WINDOW = "date-window"  # there is an entry, at a day that one of the two does not look at
    CODE = "code"  # one of the two reads a code that the other does not know, or not here yet
    COUNTING = "counting"  # entries are there, and are counted in another way
    CANNOT_TELL = "cannot-tell"  # the record does not tell, and a search takes a side


@dataclass(frozen=True, slots=True)
class Difference:
    """`clause` decided here; `entry` is the entry that it hangs on, where there is one."""

    kind: DifferenceKind
    outcome: Outcome
    clause: ClauseAnswer
    entry: Seen | None


def kind_of(decided: ClauseAnswer, outcome: Outcome, condition: Condition, on: date) -> DifferenceKind:
    """What a difference usually is where this clause, with this condition, decided here."""
    if outcome is Outcome.CANNOT_TELL:
        return DifferenceKind.CANNOT_TELL
    if decided.part is Part.EXCLUSION:
        return DifferenceKind.EXCLUSION
    if decided.name in _REGISTER or not windows_of(condition):
        return DifferenceKind.REGISTER if decided.part is Part.DENOMINATOR else DifferenceKind.CODE
    if decided.newest is None:
        return DifferenceKind.CODE
    # "None of these was issued" holds where nothing is found, and fails by an entry: the other way round.
    found = (decided.truth is Truth.YES) != isinstance(condition, Not)
    return _by_an_entry(decided, condition, on) if found else _for_want_of_one(decided, condition, on)


def _by_an_entry(decided: ClauseAnswer, condition: Condition, on: date) -> DifferenceKind:
    """An entry here makes the answer: a search of the contract year may begin after it."""
    if _counts(condition):
        return DifferenceKind.COUNTING
    entry = decided.entry
    if entry and (not entry.on.is_whole or financial_year(entry.on.last) != financial_year(on)):
        return DifferenceKind.DATE_WINDOW
    return DifferenceKind.CODE


def _for_want_of_one(decided: ClauseAnswer, condition: Condition, on: date) -> DifferenceKind:
    """Nothing here makes the answer: what there is lies outside the window, or does not suffice."""
    newest, widest = decided.newest, max(windows_of(condition))
    inside = newest is not None and newest.on.last in months_up_to(on, widest)
    return DifferenceKind.COUNTING if inside else DifferenceKind.DATE_WINDOW


def _counts(condition: Condition) -> bool:
    return any(isinstance(atom, CoursesAtLeast | DevicesAtLeast | TwoApart) for atom in atoms_of(condition))
