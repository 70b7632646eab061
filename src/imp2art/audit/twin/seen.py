"""The entries of a record that a clause looks at: which one decided, and which is the newest there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imp2art.audit.conditions import (
    Condition,
    CoursesAtLeast,
    FollowedUp,
    NearFirst,
    SinceBegun,
    SinceLatest,
    atoms_of,
    codelists_of,
)
from imp2art.codes.identifiers import Code
from imp2art.codes.library import Library
from imp2art.core.partial_date import PartialDate
from imp2art.record.patient_record import PatientRecord


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry or an issue: the list that holds its code, and the term that the list has for it."""

    codelist: str
    code: Code
    term: str
    on: PartialDate


def entries_of(condition: Condition, record: PatientRecord, library: Library) -> tuple[Seen, ...]:
    """The entries and issues of all lists that the condition reads, oldest first."""
    found = [each for slug in _lists_of(condition) for each in _in_list(slug, record, library)]
    return tuple(sorted(found, key=lambda seen: (seen.on, seen.code)))


def _lists_of(condition: Condition) -> tuple[str, ...]:
    """The lists that the condition reads, each once, what it asks about before what stands beside it."""
    return tuple(dict.fromkeys(slug for atom in atoms_of(condition) for slug in codelists_of(atom)))


def newest_of(condition: Condition, entries: tuple[Seen, ...]) -> Seen | None:
    """Among the condition's entries the newest of what it asks for: not of the diagnosis that a test
    stands beside, nor of the attack after which a plan is asked for."""
    slugs = {slug for atom in atoms_of(condition) for slug in _asked_for(atom)}
    return next((seen for seen in reversed(entries) if seen.codelist in slugs), None)


def _asked_for(atom: Condition) -> tuple[str, ...]:
    match atom:
        case CoursesAtLeast() | NearFirst() | SinceLatest() | SinceBegun():
            return (atom.codelist,)
        case FollowedUp(_, by):
            return by
        case _:
            return codelists_of(atom)


def _in_list(slug: str, record: PatientRecord, library: Library) -> Iterator[Seen]:
    codelist = library.codelist(slug)
    for event in record.events_in(codelist):
        yield Seen(slug, event.code, codelist.terms[event.code], event.on)
    for issue in record.issues_in(codelist):
        yield Seen(slug, issue.code, codelist.terms[issue.code], PartialDate.on(issue.on))


def seen_on(condition: Condition, entries: tuple[Seen, ...], day: date | None) -> Seen | None:
    """The entry of that day: a condition answers with the first or the last possible day of one.

    Of several on a day it is that of the list which the condition names first: the review, not the
    number that was entered with it.
    """
    lists = _lists_of(condition)
    there = [seen for seen in entries if day in (seen.on.first, seen.on.last)]
    return min(there, key=lambda seen: lists.index(seen.codelist), default=None)


def windows_of(condition: Condition) -> tuple[int, ...]:
    """The look-back windows of the condition, in months; a window without an end has none."""
    atoms = [atom.begun if isinstance(atom, SinceBegun) else atom for atom in atoms_of(condition)]
    months = {getattr(atom, "months", None) for atom in atoms}
    return tuple(sorted(window for window in months if window is not None))
