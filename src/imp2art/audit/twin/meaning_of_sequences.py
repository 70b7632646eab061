"""What the conditions about first, latest and after mean, for one patient at one day: slow on purpose.

A date that is only part of one leaves open which entry was the latest or the first. Each answer here is
yes where it holds at the earliest and at the latest day that this can have been, and no where it holds
at neither: `sequence_masks.py` says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from imp2art.audit.conditions import (
    AgeAtFirst,
    Band,
    Begun,
    Condition,
    DueForFollowUp,
    FollowedUp,
    LatestIn,
    NearFirst,
    SinceBegun,
    SinceLatest,
)
from imp2art.audit.twin.meaning_dates import Answer, dates_of, maybe_in, surely_in, window_of
from imp2art.audit.twin.truth import Truth, between
from imp2art.codes.library import Library
from imp2art.core.age import birthday
from imp2art.core.partial_date import PartialDate
from imp2art.core.period import add_months
from imp2art.core.working_days import add_working_days
from imp2art.record.patient_record import PatientRecord


def answer_of_sequence(condition: Condition, record: PatientRecord, on: date, library: Library) -> Answer:
    """Whether one of these conditions holds; `TypeError` for any other."""
    match condition:
        case LatestIn():
            return _latest_in(condition, record, on, library)
        case SinceLatest(codelist, of, months):
            latest = _dates_of_all(record, of, library)
            return _since(dates_of(record, codelist, library), latest, on, months)
        case Begun(of, months):
            days = [day for day in _begun_days(condition, record, library) if day in window_of(on, months)]
            return Answer(between(bool(days), bool(days)), max(days, default=None))
        case SinceBegun(codelist, begun):
            latest = [PartialDate.on(day) for day in _begun_days(begun, record, library)]
            return _since(dates_of(record, codelist, library), latest, on, begun.months)
        case NearFirst():
            return _near_first(condition, record, on, library)
        case AgeAtFirst():
            return _age_at_first(condition, record, on, library)
        case DueForFollowUp(of, working_days, months):
            return _due(_dates_of_all(record, of, library), working_days, on, months)
        case FollowedUp():
            return _followed_up(condition, record, on, library)
    raise TypeError(f"no meaning for {type(condition).__name__}")


def _dates_of_all(record: PatientRecord, slugs: Iterable[str], library: Library) -> list[PartialDate]:
    """Entries of any of the lists; one that several hold is there more than once, which changes nothing."""
    return [when for slug in slugs for when in dates_of(record, slug, library)]


def _latest_in(condition: LatestIn, record: PatientRecord, on: date, library: Library) -> Answer:
    window = window_of(on, condition.months)
    lists = {slug: library.codelist(slug).terms for slug in condition.among}
    tagged: list[tuple[PartialDate, Truth, Decimal | None]] = []
    for event in record.events:
        if any(event.code in codes for codes in lists.values()) and maybe_in(event.on, window):
            value = None if event.value is None else event.value.value
            held = {slug for slug, codes in lists.items() if event.code in codes}
            answers = [_in_band(band, value) for band in condition.bands if band.codelist in held]
            tagged.append((event.on, max(answers, key=lambda t: t.value, default=Truth.NO), value))
    for issue in record.issues:
        held = {slug for slug, codes in lists.items() if issue.code in codes}
        when = PartialDate.on(issue.on)
        if held and maybe_in(when, window):
            answers = [_in_band(band, None) for band in condition.bands if band.codelist in held]
            tagged.append((when, max(answers, key=lambda t: t.value, default=Truth.NO), None))
    return _newest_in_band(tagged, window_last=on, window_start=window.start)


def _in_band(band: Band, value: Decimal | None) -> Truth:
    if band.low is None and band.high is None:
        return Truth.YES
    if value is None:
        return Truth.CANNOT_TELL
    above = band.low is None or band.low <= value
    return Truth.YES if above and (band.high is None or value <= band.high) else Truth.NO


def _newest_in_band(
    tagged: list[tuple[PartialDate, Truth, Decimal | None]], window_last: date, window_start: date
) -> Answer:
    def sure(when: PartialDate) -> bool:
        return when.first >= window_start and when.last <= window_last

    def latest(when: PartialDate) -> date:
        return min(when.last, window_last)

    inside = max((when.first for when, tag, _ in tagged if tag is Truth.YES and sure(when)), default=None)
    rest = max((latest(when) for when, tag, _ in tagged if tag is not Truth.YES), default=date.min)
    may = max((latest(when) for when, tag, _ in tagged if tag is not Truth.NO), default=None)
    outside = max((when.first for when, tag, _ in tagged if tag is Truth.NO and sure(when)), default=date.min)
    surely = inside is not None and inside >= rest
    maybe = may is not None and may >= outside
    newest = max(tagged, key=lambda found: latest(found[0]), default=None)
    return Answer(
        between(surely, maybe), latest(newest[0]) if newest else None, newest[2] if newest else None
    )


def _since(dates: list[PartialDate], of: list[PartialDate], on: date, months: int) -> Answer:
    window = window_of(on, months)
    possible = [when for when in of if maybe_in(when, window)]
    if not possible:
        return Answer(Truth.NO)
    sure = max((when.first for when in of if surely_in(when, window)), default=None)
    most = max(min(when.last, on) for when in possible)
    from_day = sure or min(max(when.first, window.start) for when in possible)
    surely = sure is not None and any(when.first >= most and when.last <= on for when in dates)
    after = [when for when in dates if when.first <= on and min(when.last, on) >= from_day]
    return Answer(between(surely, bool(after)), max((when.first for when in after), default=None))


def _begun_days(condition: Begun, record: PatientRecord, library: Library) -> list[date]:
    """Days on which one of the lists was begun, whenever they were."""
    found: list[date] = []
    for slug in condition.of:
        before: date | None = None
        for day in sorted({issue.on for issue in record.issues_in(library.codelist(slug))}):
            if before is None or before <= add_months(day, -condition.clear_months):
                found.append(day)
            before = day
    return found


def _first_day(dates: list[PartialDate], on: date) -> tuple[date | None, date | None]:
    """The earliest and the latest that the first entry can be."""
    earliest = min((when.first for when in dates if when.first <= on), default=None)
    return earliest, min((when.last for when in dates if when.last <= on), default=None)


def _near_first(condition: NearFirst, record: PatientRecord, on: date, library: Library) -> Answer:
    least, most = _first_day(dates_of(record, condition.anchor, library), on)
    if least is None:
        return Answer(Truth.NO)
    before, after = -condition.before_months, condition.after_months
    dates = dates_of(record, condition.codelist, library)
    near = [
        when
        for when in dates
        if when.first <= min(on, add_months(most or on, after)) and when.last >= add_months(least, before)
    ]
    surely = most is not None and any(
        when.first >= add_months(most, before) and when.last <= min(on, add_months(least, after))
        for when in near
    )
    return Answer(between(surely, bool(near)), max((when.first for when in near), default=least))


def _age_at_first(condition: AgeAtFirst, record: PatientRecord, on: date, library: Library) -> Answer:
    least, most = _first_day(dates_of(record, condition.anchor, library), on)
    if least is None:
        return Answer(Truth.NO)
    reached = birthday(record.patient.born, condition.years)
    return Answer(between(most is not None and least >= reached, (most or on) >= reached), least)


def _latest_due(on: date, working_days: int) -> date:
    """The latest day whose time to follow up has ended by this one."""
    day = on
    while add_working_days(day, working_days) > on:
        day -= timedelta(days=1)
    return day


def _due_days(
    dates: list[PartialDate], working_days: int, on: date, months: int
) -> tuple[date | None, date | None, date | None]:
    """The latest day surely due, the latest possibly due, and the earliest possibly due."""
    start, until = window_of(on, months).start, _latest_due(on, working_days)
    possible = [when for when in dates if max(when.first, start) <= until and when.last >= start]
    sure = max((when.first for when in possible if when.first >= start and when.last <= until), default=None)
    most = max((min(when.last, until) for when in possible), default=None)
    return sure, most, min((max(when.first, start) for when in possible), default=None)


def _due(dates: list[PartialDate], working_days: int, on: date, months: int) -> Answer:
    sure, most, _ = _due_days(dates, working_days, on, months)
    return Answer(between(sure is not None, most is not None), sure or most)


def _followed_up(condition: FollowedUp, record: PatientRecord, on: date, library: Library) -> Answer:
    dates = _dates_of_all(record, condition.of, library)
    sure, most, least = _due_days(dates, condition.working_days, on, condition.months)
    if most is None or least is None:
        return Answer(Truth.NO)
    by = _dates_of_all(record, condition.by, library)
    surely = sure is not None and any(
        when.first >= most and when.last <= add_working_days(sure, condition.working_days) for when in by
    )
    in_time = [
        when
        for when in by
        if when.first <= add_working_days(most, condition.working_days) and when.last >= (sure or least)
    ]
    return Answer(between(surely, bool(in_time)), max((when.first for when in in_time), default=None))
