"""What a record holds of a person's control: the latest answers or score, with its meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imp2art.asthma.control import (
    Control,
    ControlScore,
    Rcp3q,
    meaning_of_rcp3q,
    score_acq,
    score_act,
    score_cact,
    score_rcp3q,
)
from imp2art.asthma.reference import whole
from imp2art.codes.library import Library
from imp2art.core.age import age_on
from imp2art.core.period import months_up_to
from imp2art.core.refusal import Refusal
from imp2art.record.patient_record import PatientRecord

_RCP3Q_SCORES = (0, 1, 2, 3)
_LICENSED: tuple[tuple[str, Callable[[Decimal, int, date], ControlScore]], ...] = (
    ("act-score", score_act),
    ("cact-score", score_cact),
    ("acq-score", score_acq),
)


@dataclass(frozen=True, slots=True)
class RecordedControl:
    """A day's control entry. `answers` are the three questions', where they were coded one by one."""

    on: date
    score: ControlScore
    answers: Rcp3q | None = None


def rcp3q_from_record(record: PatientRecord, library: Library, on: date) -> RecordedControl | None:
    """The latest day with the three questions: its answers, or else its coded score; None for never.

    A question with a yes and a no on one day counts as not answered. An impossible score is passed over.
    """
    answers = _answers_by_day(record, library, on)
    scores = {
        day: value for day, value in _scores(record, library, "rcp3q-score", on) if value in _RCP3Q_SCORES
    }
    if not answers and not scores:
        return None
    latest = max({*answers, *scores})
    given = answers.get(latest)
    scored = score_rcp3q(given or Rcp3q(), age_on(record.patient.born, latest), on)
    if scored.score is None and latest in scores:
        control = meaning_of_rcp3q(int(scores[latest]), on)
        scored = ControlScore("rcp3q", scores[latest], control, (), scored.cautions)
    return RecordedControl(latest, scored, given)


def control_from_record(record: PatientRecord, library: Library, on: date) -> RecordedControl | None:
    """The latest complete control entry of any instrument; of one day the worst."""
    asked = rcp3q_from_record(record, library, on)
    found = [*([asked] if asked else []), *_licensed(record, library, on)]
    order = list(Control)
    complete = [one for one in found if one.score.control is not Control.INCOMPLETE]
    return max(complete, key=lambda one: (one.on, order.index(one.score.control)), default=None)


def recorded_this_year(record: PatientRecord, library: Library, on: date) -> tuple[RecordedControl, ...]:
    """The latest complete entry of each instrument in the 12 months up to and including a day."""
    year = months_up_to(on, whole("year-months", on))
    asked = rcp3q_from_record(record, library, on)
    found = [*([asked] if asked else []), *_licensed(record, library, on)]
    latest: dict[str, RecordedControl] = {}
    for each in sorted(found, key=lambda each: each.on):
        if each.on in year and each.score.control is not Control.INCOMPLETE:
            latest[each.score.instrument] = each
    return tuple(latest.values())


def _licensed(record: PatientRecord, library: Library, on: date) -> list[RecordedControl]:
    found = []
    for slug, scorer in _LICENSED:
        for day, value in _scores(record, library, slug, on):
            try:
                scored = scorer(value, age_on(record.patient.born, day), on)
            except Refusal:
                continue  # an impossible total in the record tells nothing
            found.append(RecordedControl(day, scored))
    return found


def _scores(record: PatientRecord, library: Library, slug: str, on: date) -> list[tuple[date, Decimal]]:
    return [
        (event.on.first, event.value.value)
        for event in record.events_in(library.codelist(slug))
        if event.on.first <= on and event.value is not None
    ]


def _answers_by_day(record: PatientRecord, library: Library, on: date) -> dict[date, Rcp3q]:
    days = {
        question: {
            answer: _days(record, library, f"rcp3q-{question}-{word}", on)
            for answer, word in ((True, "yes"), (False, "no"))
        }
        for question in ("sleep", "day", "activities")
    }
    every = set().union(*(found for answers in days.values() for found in answers.values()))
    return {
        day: Rcp3q(*(_answer(day, days[question]) for question in ("sleep", "day", "activities")))
        for day in every
    }


def _answer(day: date, days: dict[bool, set[date]]) -> bool | None:
    yes, no = day in days[True], day in days[False]
    return None if yes == no else yes


def _days(record: PatientRecord, library: Library, slug: str, on: date) -> set[date]:
    listed = library.codelist(slug)
    return {event.on.first for event in record.events_in(listed) if event.on.first <= on}
