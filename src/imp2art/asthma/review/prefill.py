"""What the record can put into a review before it starts, each value with its source and its day.

Only facts that last are prefilled: attacks found in the record, smoking, triggers. The questions of
today (control, technique, understanding) never are, and no attack in the record is not "0 attacks":
a blank stays a blank (hazards H-15, H-16).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

from imp2art.asthma.attacks import Attack, AttackSign, attacks
from imp2art.asthma.inhalers import (
    CurrentMedicine,
    InhalerCount,
    current_medicines,
    last_issue,
    relievers_in_year,
)
from imp2art.asthma.plan.known import recorded_triggers
from imp2art.asthma.recorded_control import RecordedControl, control_from_record
from imp2art.asthma.reference import whole
from imp2art.asthma.review.answers import Review, ReviewKind, Smoking
from imp2art.asthma.review.attack_review import AttackReview, TreatedWhere
from imp2art.asthma.risk.facts import last_day
from imp2art.codes.library import Library
from imp2art.codes.medicine import MedicineClass
from imp2art.core.period import months_up_to
from imp2art.record.patient_record import PatientRecord

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Prefilled(Generic[T]):
    """A value, the day that it is from, and its source: `event`, `issue` or `derived`."""

    value: T
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class ReviewPrefill:
    """The first three go into the review's answers; the rest is shown beside its questions.

    `latest_attack` is the newest of the last months, which a post-attack review follows.
    """

    attacks_12_months: Prefilled[int] | None
    smoking: Prefilled[Smoking] | None
    triggers: Prefilled[tuple[str, ...]] | None
    control: RecordedControl | None
    relievers: InhalerCount
    preventer_last_issued: date | None
    medicines: tuple[CurrentMedicine, ...]
    technique_last_observed: date | None
    best_peak_flow: Prefilled[int] | None
    last_review: date | None
    latest_attack: Attack | None = None


def begin_review(known: ReviewPrefill, kind: ReviewKind = ReviewKind.ROUTINE) -> Review:
    """A review in which only lasting facts are answered already; after an attack, also which it was."""
    return Review(
        kind=kind,
        attacks_12_months=known.attacks_12_months.value if known.attacks_12_months else None,
        smoking=known.smoking.value if known.smoking else None,
        triggers=known.triggers.value if known.triggers else (),
        attack=begin_attack(known) if kind is ReviewKind.POST_ATTACK else None,
    )


def begin_attack(known: ReviewPrefill) -> AttackReview:
    """What the record tells of the attack: its day, and a ward or emergency department where one is coded.

    The day of treatment or discharge is asked: the record has the day of an admission only.
    """
    attack = known.latest_attack
    if attack is None:
        return AttackReview()
    where = {
        AttackSign.ADMISSION: TreatedWhere.HOSPITAL,
        AttackSign.ATTENDANCE: TreatedWhere.EMERGENCY_DEPARTMENT,
    }
    return AttackReview(
        attack_on=attack.on if attack.day_known else None,
        treated_where=next((place for sign, place in where.items() if sign in attack.signs), None),
    )


def prefill_review(record: PatientRecord, library: Library, on: date) -> ReviewPrefill:
    """What is known on a day, for a review held on it."""
    return ReviewPrefill(
        attacks_12_months=_attacks(record, library, on),
        smoking=_smoking(record, library, on),
        triggers=_triggers(record, library, on),
        control=control_from_record(record, library, on),
        relievers=relievers_in_year(record, library, on),
        preventer_last_issued=last_issue(record, MedicineClass.ICS, library, on),
        medicines=current_medicines(record, library, on),
        technique_last_observed=last_day(record, library, "technique-observed", on),
        best_peak_flow=_best_peak_flow(record, library, on),
        last_review=last_day(record, library, "asthma-review", on),
        latest_attack=_latest_attack(record, library, on),
    )


def _latest_attack(record: PatientRecord, library: Library, on: date) -> Attack | None:
    since = on - timedelta(days=whole("attack-follow-up-look-back-days", on))
    return next((each for each in reversed(attacks(record, library, on)) if each.on >= since), None)


def _attacks(record: PatientRecord, library: Library, on: date) -> Prefilled[int] | None:
    year = months_up_to(on, whole("year-months", on))
    found = [attack for attack in attacks(record, library, on) if attack.on in year]
    return Prefilled(len(found), found[-1].on, "derived") if found else None


def _smoking(record: PatientRecord, library: Library, on: date) -> Prefilled[Smoking] | None:
    """The newest status; two of one day contradict each other and are not prefilled."""
    days = {status: last_day(record, library, f"smoking-{status.value}", on) for status in Smoking}
    known = {status: day for status, day in days.items() if day is not None}
    newest = max(known.values(), default=None)
    latest = [status for status, day in known.items() if day == newest]
    return Prefilled(latest[0], known[latest[0]], "event") if len(latest) == 1 else None


def _triggers(record: PatientRecord, library: Library, on: date) -> Prefilled[tuple[str, ...]] | None:
    slugs, latest = recorded_triggers(record, library, on)
    return Prefilled(slugs, latest, "event") if latest else None


def _best_peak_flow(record: PatientRecord, library: Library, on: date) -> Prefilled[int] | None:
    found: list[tuple[date, Decimal]] = [
        (event.on.first, event.value.value)
        for event in record.events_in(library.codelist("peak-flow-best"))
        if event.on.first <= on and event.value is not None
    ]
    newest = max(found, default=None)
    return Prefilled(int(newest[1]), newest[0], "event") if newest else None
