"""Attacks found in a record: the union of three kinds of entry, joined where they lie close.

Clinical fact file §1.6: (a) an exacerbation code, (b) an issue of oral steroid to someone with
asthma that is not maintenance, (c) an emergency admission or attendance code. Which kinds were
found is part of the answer. Entries up to 14 days after an attack's first one belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from imp2art.asthma.reference import whole
from imp2art.codes.library import Library
from imp2art.codes.medicine import MedicineClass
from imp2art.record.patient_record import PatientRecord


class AttackSign(StrEnum):
    """The kind of entry that an attack was found by. Each is also the slug of its codelist."""

    EXACERBATION = "exacerbation"
    STEROID_COURSE = "oral-steroid"
    ADMISSION = "emergency-admission"
    ATTENDANCE = "emergency-attendance"


EMERGENCY = frozenset({AttackSign.ADMISSION, AttackSign.ATTENDANCE})


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack, from its first to its last entry.

    `day_known` is False where the first entry has only a month or a year: `on` is then the first
    day that it can have been.
    """

    on: date
    last_on: date
    signs: frozenset[AttackSign]
    day_known: bool

    @property
    def emergency(self) -> bool:
        """Whether it took the person to hospital or to emergency care."""
        return bool(self.signs & EMERGENCY)


@dataclass(frozen=True, slots=True)
class _Entry:
    on: date
    sign: AttackSign
    day_known: bool


def attacks(record: PatientRecord, library: Library, on: date) -> tuple[Attack, ...]:
    """Every attack up to and including a day, oldest first."""
    entries = [*_coded(record, library, on), *_courses(record, library, on)]
    return _joined(sorted(entries, key=lambda entry: entry.on), whole("attack-collapse-days", on))


def steroid_courses(record: PatientRecord, library: Library, on: date) -> tuple[date, ...]:
    """When acute courses of oral steroid began, oldest first; issues close together are one course."""
    return tuple(
        course.on
        for course in _joined(list(_courses(record, library, on)), whole("attack-collapse-days", on))
    )


def steroid_maintenance(record: PatientRecord, library: Library, on: date) -> tuple[date, ...]:
    """The issues of oral steroid that are maintenance: 4 or more within 120 days of one another."""
    days = _steroid_issues(record, library, on)
    needed, window = whole("maintenance-steroid-issues", on), whole("maintenance-steroid-days", on)
    found: set[date] = set()
    for first in range(len(days) - needed + 1):
        if (days[first + needed - 1] - days[first]).days <= window:
            found.update(days[first : first + needed])
    return tuple(sorted(found))


def emergency_days(record: PatientRecord, sign: AttackSign, library: Library, on: date) -> tuple[date, ...]:
    """The days with an emergency code of this kind, oldest first, each day once."""
    listed = library.codelist(sign)
    return tuple(sorted({event.on.first for event in record.events_in(listed) if event.on.first <= on}))


def _coded(record: PatientRecord, library: Library, on: date) -> Iterable[_Entry]:
    for sign in (AttackSign.EXACERBATION, AttackSign.ADMISSION, AttackSign.ATTENDANCE):
        for event in record.events_in(library.codelist(sign)):
            if event.on.first <= on:
                yield _Entry(event.on.first, sign, event.on.is_whole)


def _courses(record: PatientRecord, library: Library, on: date) -> Iterable[_Entry]:
    diagnosed = min(
        (event.on.first for event in record.events_in(library.codelist("asthma-diagnosis"))), default=None
    )
    maintenance = set(steroid_maintenance(record, library, on))
    for day in _steroid_issues(record, library, on):
        if diagnosed and diagnosed <= day and day not in maintenance:
            yield _Entry(day, AttackSign.STEROID_COURSE, day_known=True)


def _steroid_issues(record: PatientRecord, library: Library, on: date) -> list[date]:
    listed = library.codelist(MedicineClass.ORAL_STEROID)
    return sorted({issue.on for issue in record.issues_in(listed) if issue.on <= on})


def _joined(entries: list[_Entry], within_days: int) -> tuple[Attack, ...]:
    found: list[Attack] = []
    for entry in entries:
        if found and entry.on <= found[-1].on + timedelta(days=within_days):
            last = found.pop()
            found.append(Attack(last.on, entry.on, last.signs | {entry.sign}, last.day_known))
        else:
            found.append(Attack(entry.on, entry.on, frozenset({entry.sign}), entry.day_known))
    return tuple(found)
