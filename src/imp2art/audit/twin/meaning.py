"""What each condition means, for one patient at one day: plain Python, slow on purpose.

`engine.py` must agree with this module for everyone; when the two differ, this one is right.
An answer carries the date and the number that decided it, where there are such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from imp2art.audit.conditions import (
    AgeAtLeast,
    And,
    AnyIn,
    Condition,
    CoursesAtLeast,
    DevicesAtLeast,
    FirstIn,
    FirstSince,
    LatestStands,
    Not,
    Or,
    RegisteredOn,
    RegisteredWithin,
    Together,
    TwoApart,
)
from imp2art.audit.twin.meaning_dates import Answer, dates_of, maybe_in, surely_in, window_of, yes_if
from imp2art.audit.twin.meaning_of_sequences import answer_of_sequence
from imp2art.audit.twin.truth import Truth, between, contrary
from imp2art.codes.library import Library
from imp2art.core.age import age_on
from imp2art.core.partial_date import PartialDate
from imp2art.core.period import Period, days_of, financial_year, months_up_to
from imp2art.record.devices import devices_of
from imp2art.record.patient import Registration, RegistrationKind
from imp2art.record.patient_record import PatientRecord


def answer(condition: Condition, record: PatientRecord, on: date, library: Library) -> Answer:
    """Whether the condition holds for this patient on this day.

    Raises `Refusal` where the library has not a list that the condition names.
    """
    match condition:
        case And(parts):
            return min(_answers(parts, record, on, library), key=lambda part: part.truth.value)
        case Or(parts):
            return max(_answers(parts, record, on, library), key=lambda part: part.truth.value)
        case Not(part):
            inner = answer(part, record, on, library)
            return Answer(contrary(inner.truth), inner.on, inner.value)
        case RegisteredOn():
            return _registered_on(record, on)
        case RegisteredWithin(months):
            return _registered_within(record, on, months)
        case AgeAtLeast():
            age = age_on(record.patient.born, on)
            return Answer(yes_if(age >= condition.age_in(financial_year(on))), None, Decimal(age))
        case AnyIn(codelist, months):
            return _any_in(dates_of(record, codelist, library), window_of(on, months))
        case DevicesAtLeast():
            return _devices_at_least(condition, record, on, library)
        case CoursesAtLeast():
            return _courses_at_least(condition, record, on, library)
        case LatestStands(codelist, ended_by):
            return _latest_stands(
                dates_of(record, codelist, library), dates_of(record, ended_by, library), on
            )
        case Together():
            return _together(condition, record, on, library)
        case TwoApart(codelist, days, months):
            return _two_apart(dates_of(record, codelist, library), window_of(on, months), days)
        case FirstIn(codelist, months):
            return _first_in(dates_of(record, codelist, library), window_of(on, months))
        case FirstSince(codelist):
            start = condition.start_in(financial_year(on))
            if start > on:
                return Answer(Truth.NO)
            return _first_in(dates_of(record, codelist, library), Period(start, on + timedelta(days=1)))
    return answer_of_sequence(condition, record, on, library)


def _answers(
    parts: Iterable[Condition], record: PatientRecord, on: date, library: Library
) -> Iterator[Answer]:
    return (answer(part, record, on, library) for part in parts)


def _covering(record: PatientRecord, on: date) -> list[Registration]:
    """The permanent registrations of someone alive that cover the day."""
    if record.patient.died is not None and record.patient.died <= on:
        return []
    return [
        registration
        for registration in record.registrations
        if registration.kind is RegistrationKind.GMS and registration.covers(on)
    ]


def _registered_on(record: PatientRecord, on: date) -> Answer:
    covering = _covering(record, on)
    return Answer(yes_if(bool(covering)), min((spell.start for spell in covering), default=None))


def _registered_within(record: PatientRecord, on: date, months: int) -> Answer:
    covering = _covering(record, on)
    earliest = min((spell.start for spell in covering), default=None)
    return Answer(yes_if(earliest is not None and earliest in months_up_to(on, months)), earliest)


def _any_in(dates: list[PartialDate], window: Period) -> Answer:
    surely = [when.last for when in dates if surely_in(when, window)]
    maybe = [when.first for when in dates if maybe_in(when, window)]
    newest = max(surely or maybe, default=None)
    return Answer(between(bool(surely), bool(maybe)), newest)


def _devices_at_least(condition: DevicesAtLeast, record: PatientRecord, on: date, library: Library) -> Answer:
    window = months_up_to(on, condition.months)
    issues = [issue for issue in record.issues_in(library.codelist(condition.codelist)) if issue.on in window]
    counts = [devices_of(library.medicine(issue.code), issue.quantity, issue.unit) for issue in issues]
    known = sum((count for count in counts if count is not None), Fraction(0))
    reached = known >= condition.count if condition.or_more else known > condition.count
    newest = max((issue.on for issue in issues), default=None)
    number = (Decimal(known.numerator) / known.denominator).quantize(Decimal("0.01")).normalize()
    return Answer(between(reached, reached or None in counts), newest, number + 0)


def _courses_at_least(condition: CoursesAtLeast, record: PatientRecord, on: date, library: Library) -> Answer:
    since = min((when.first for when in dates_of(record, condition.since, library)), default=None)
    issues = record.issues_in(library.codelist(condition.codelist))
    days = sorted({issue.on for issue in issues if issue.on <= on})
    acute = [
        day
        for place, day in enumerate(days)
        if since is not None and since <= day and not _is_steady(days, place, condition)
    ]
    window = months_up_to(on, condition.months)
    begun = [day for day in _begun(acute, condition.joined_days) if day in window]
    return Answer(yes_if(len(begun) >= condition.count), max(begun, default=None), Decimal(len(begun)))


def _begun(days: list[date], joined_days: int) -> list[date]:
    """The days that begin a course; those soon after one belong to it."""
    begun: list[date] = []
    for day in days:
        if not begun or (day - begun[-1]).days > joined_days:
            begun.append(day)
    return begun


def _is_steady(days: list[date], place: int, condition: CoursesAtLeast) -> bool:
    """Whether the issue is one of `steady_issues` in a row that fit into `steady_days`."""
    size = condition.steady_issues
    return any(
        (days[first + size - 1] - days[first]).days <= condition.steady_days
        for first in range(max(0, place - size + 1), place + 1)
        if first + size <= len(days)
    )


def _latest_stands(begun: list[PartialDate], ended: list[PartialDate], on: date) -> Answer:
    last_begun = _latest(begun, on, sure=True)
    maybe_begun = _latest(begun, on, sure=False)
    last_ended = _latest(ended, on, sure=True)
    maybe_ended = _latest(ended, on, sure=False)
    surely = last_begun is not None and (maybe_ended is None or maybe_ended < last_begun)
    maybe = maybe_begun is not None and (last_ended is None or last_ended < maybe_begun)
    return Answer(between(surely, maybe), maybe_begun)


def _latest(dates: list[PartialDate], on: date, sure: bool) -> date | None:
    """The latest date up to the day: the least that it can be (`sure`), or the most."""
    if sure:
        return max((when.first for when in dates if when.last <= on), default=None)
    return max((min(when.last, on) for when in dates if when.first <= on), default=None)


def _together(condition: Together, record: PatientRecord, on: date, library: Library) -> Answer:
    window = months_up_to(on, condition.months)
    same = [dates_of(record, slug, library) for slug in (condition.anchor, condition.same_day)]
    before = [dates_of(record, slug, library) for slug in condition.before]
    candidates = sorted({day for when in same[0] if maybe_in(when, window) for day in _days(when, window)})
    maybe = None
    for day in candidates:
        the_day = Period(day, day + timedelta(days=1))
        back = months_up_to(day, condition.before_months)
        asked = [*((dates, the_day) for dates in same), *((dates, back) for dates in before)]
        if all(any(surely_in(when, period) for when in dates) for dates, period in asked):
            return Answer(Truth.YES, day)
        if all(any(maybe_in(when, period) for when in dates) for dates, period in asked):
            maybe = day
    return Answer(between(False, maybe is not None), maybe)


def _days(when: PartialDate, window: Period) -> Iterator[date]:
    """Each day of the window on which it may have been."""
    last = min(when.last, window.end - timedelta(days=1))
    return days_of(Period(max(when.first, window.start), last + timedelta(days=1)))


def _two_apart(dates: list[PartialDate], window: Period, days: int) -> Answer:
    surely, maybe = None, None
    for earlier, later in permutations(dates, 2):
        if surely_in(earlier, window) and surely_in(later, window):
            surely = later.first if (later.first - earlier.last).days >= days else surely
        if maybe_in(earlier, window) and maybe_in(later, window):
            last = min(later.last, window.end - timedelta(days=1))
            maybe = last if (last - max(earlier.first, window.start)).days >= days else maybe
    return Answer(between(surely is not None, maybe is not None), surely or maybe)


def _first_in(dates: list[PartialDate], window: Period) -> Answer:
    none_before = not any(when.first < window.start for when in dates)
    maybe_none_before = not any(when.last < window.start for when in dates)
    surely = none_before and any(surely_in(when, window) for when in dates)
    maybe = maybe_none_before and any(maybe_in(when, window) for when in dates)
    return Answer(between(surely, maybe), min((when.first for when in dates), default=None))
