"""The practice's own search beside a list of its report: who differs, and which clause decided.

Nothing of what was pasted is kept. That a comparison was made is a line in the trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may, may
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.difference import Difference
from imp2art.audit.explain import explain_difference
from imp2art.audit.indicator import Indicator
from imp2art.audit.reports.report import AuditReport
from imp2art.audit.reports.search_list import SearchList, read_search
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.record.patient import Sex
from imp2art.record.patient_record import PatientRecord
from imp2art.store.records import PersonKey
from imp2art.store.scope import AuditEntry, PracticeScope

# Each is explained from the whole record, about a millisecond; beyond this people are only counted.
MOST_EXPLAINED = 1_000


@dataclass(frozen=True, slots=True)
class DifferentPerson:
    """`difference` is None where the record has changed since the report: today both would agree.

    `age` is in whole years on the report's day; with `sex` it tells two people of one name apart.
    """

    public_id: str
    name: str
    sex: Sex
    age: int
    in_theirs: bool
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class SameReason:
    """People who differ the same way because of the same clause."""

    in_theirs: bool
    people: tuple[DifferentPerson, ...]

    @property
    def difference(self) -> Difference | None:
        """The first person's; the clause and the kind are everyone's."""
        return self.people[0].difference


@dataclass(frozen=True, slots=True)
class Differences:
    """Counts are people. `not_explained` are those beyond `MOST_EXPLAINED`."""

    search: SearchList
    both: int
    only_theirs: int
    only_ours: int
    not_here: int
    reasons: tuple[SameReason, ...]
    not_explained: int
    sees_entries: bool


def explain_differences(
    actor: Actor, practice: PracticeCode, report: AuditReport, slug: str, ours: Outcome, text: str,
    library: Library, at: datetime,
) -> Differences:  # fmt: skip
    """Compare a pasted search with those whose outcome is `ours` in the report of one month.

    An entry of the record is for those who may open records. Raises `NotHere` for an unknown indicator,
    `Refusal` where nothing can be read from the text.
    """
    check_may(actor, Action.COMPARE_SEARCH, practice)
    if report.practice != practice or slug not in INDICATORS:
        raise NotHere("There is no such list in your practice.")
    scope = PracticeScope(practice)
    people = scope.person_keys()
    search = read_search(text, [each.patient_id for each in people])
    theirs, missing = _found(search.keys, people)
    listed = frozenset(report.people_behind(slug, ours))
    differing = sorted(theirs ^ listed)
    records = {kept.public_id: kept.record for kept in scope.some_records(differing[:MOST_EXPLAINED])}
    indicator = INDICATORS[slug]
    explained = _explain(indicator, records, theirs, report.as_at, library, ours)
    detail = {"list": slug, "month": report.as_at, "people": len(differing)}
    scope.note(AuditEntry(at, actor, "differences-explained", detail=detail))
    return Differences(
        search=search,
        both=len(theirs & listed),
        only_theirs=len(theirs - listed),
        only_ours=len(listed - theirs),
        not_here=missing,
        reasons=tuple(_by_reason(explained)),
        not_explained=len(differing) - len(records),
        sees_entries=may(actor, Action.OPEN_RECORD, practice),
    )


def _found(keys: Iterable[str], people: Iterable[PersonKey]) -> tuple[frozenset[str], int]:
    """Who of the practice is named, and how many names are nobody's."""
    by_key: dict[str, str] = {}
    for person in people:
        by_key |= {person.nhs_number: person.public_id, person.patient_id: person.public_id}
    wanted = list(keys)
    here = [by_key[key] for key in wanted if key in by_key]
    return frozenset(here), len(wanted) - len(here)


def _explain(
    indicator: Indicator, records: Mapping[str, PatientRecord], theirs: frozenset[str], on: date,
    library: Library, ours: Outcome,
) -> Iterator[DifferentPerson]:  # fmt: skip
    for public_id, record in records.items():
        in_theirs = public_id in theirs
        found = explain_difference(indicator, record, on, library, in_theirs, ours)
        patient = record.patient
        age = age_on(patient.born, on)
        yield DifferentPerson(public_id, patient.name, patient.sex, age, in_theirs, found)


def _by_reason(people: Iterable[DifferentPerson]) -> list[SameReason]:
    """Those whom the most people share come first."""
    groups: dict[tuple[object, ...], list[DifferentPerson]] = {}
    for person in people:
        found = person.difference
        why = (found.clause.name, found.kind, found.outcome) if found else ()
        groups.setdefault((person.in_theirs, *why), []).append(person)
    reasons = [SameReason(each[0].in_theirs, tuple(each)) for each in groups.values()]
    return sorted(reasons, key=lambda reason: -len(reason.people))
