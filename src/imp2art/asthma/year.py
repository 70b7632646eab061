"""A person's year of care as rows for one drawing and one table: the last 24 months by default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from imp2art.asthma.attacks import (
    Attack,
    AttackSign,
    attacks,
    emergency_days,
    steroid_courses,
    steroid_maintenance,
)
from imp2art.asthma.inhalers import (
    InhalerCount,
    days_covered,
    devices_in,
    is_inhaler,
    relievers_in_year,
)
from imp2art.asthma.reference import whole
from imp2art.codes.library import Library
from imp2art.codes.medicine import MedicineClass
from imp2art.core.period import Period, add_months, months_up_to
from imp2art.record.events import MedicineIssue
from imp2art.record.patient_record import PatientRecord


@dataclass(frozen=True, slots=True)
class InhalerMark:
    """One issue. `devices` is None where the quantity could not be turned into inhalers, `covers` where
    the label or the doses of the device are not known."""

    on: date
    name: str
    devices: Decimal | None
    covers: Period | None


@dataclass(frozen=True, slots=True)
class PlanSpan:
    """A plan from its day until the next one, or until it was 12 months old; `ours` if made here."""

    period: Period
    ours: bool


@dataclass(frozen=True, slots=True)
class YearOfCare:
    """Every row oldest first, cut to `period`. The counts are of the 12 months up to its last day."""

    period: Period
    preventers: tuple[InhalerMark, ...]
    relievers: tuple[InhalerMark, ...]
    relievers_in_year: InhalerCount
    steroid_courses: tuple[date, ...]
    steroid_maintenance: tuple[date, ...]
    attacks: tuple[Attack, ...]
    admissions: tuple[date, ...]
    attendances: tuple[date, ...]
    reviews: tuple[date, ...]
    plans: tuple[PlanSpan, ...]


def year_of_care(record: PatientRecord, library: Library, on: date, months: int = 24) -> YearOfCare:
    """The rows of the `months` up to and including a day."""
    period = months_up_to(on, months)
    return YearOfCare(
        period=period,
        preventers=_marks(record, MedicineClass.ICS, library, period),
        relievers=_marks(record, MedicineClass.SABA, library, period),
        relievers_in_year=relievers_in_year(record, library, on),
        steroid_courses=_inside(steroid_courses(record, library, on), period),
        steroid_maintenance=_inside(steroid_maintenance(record, library, on), period),
        attacks=tuple(attack for attack in attacks(record, library, on) if attack.on in period),
        admissions=_inside(emergency_days(record, AttackSign.ADMISSION, library, on), period),
        attendances=_inside(emergency_days(record, AttackSign.ATTENDANCE, library, on), period),
        reviews=_inside(_days(record, library, "asthma-review"), period),
        plans=_plans(record, library, on, period),
    )


def _marks(
    record: PatientRecord, kind: MedicineClass, library: Library, period: Period
) -> tuple[InhalerMark, ...]:
    listed = library.codelist(kind)
    return tuple(
        InhalerMark(issue.on, listed.terms[issue.code], devices_in(issue, library), _covers(issue, library))
        for issue in record.issues_in(listed)
        if issue.on in period and is_inhaler(issue.code, library)
    )


def _covers(issue: MedicineIssue, library: Library) -> Period | None:
    days = days_covered(issue, library)
    return Period(issue.on, issue.on + timedelta(days=days)) if days else None


def _plans(record: PatientRecord, library: Library, on: date, period: Period) -> tuple[PlanSpan, ...]:
    """One span a day with a plan code; each ends where the next begins, or 12 months later."""
    made: dict[date, bool] = {}
    for event in record.events_in(library.codelist("asthma-plan")):
        if event.on.first <= on:
            ours = event.source.startswith("review:")
            made[event.on.first] = made.get(event.on.first, False) or ours
    months = whole("plan-months", on)
    last_day = on + timedelta(days=1)
    spans = []
    for start, following in pairwise((*sorted(made), last_day)):
        end = min(following, add_months(start, months))
        if end > period.start:
            spans.append(PlanSpan(Period(max(start, period.start), end), made[start]))
    return tuple(spans)


def _days(record: PatientRecord, library: Library, slug: str) -> tuple[date, ...]:
    return tuple(sorted({event.on.first for event in record.events_in(library.codelist(slug))}))


def _inside(days: Iterable[date], period: Period) -> tuple[date, ...]:
    return tuple(day for day in days if day in period)
