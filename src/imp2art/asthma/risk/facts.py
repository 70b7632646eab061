"""What the risk rules look at, worked out once for a person, and the flag that a rule raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imp2art.asthma.attacks import Attack, attacks
from imp2art.asthma.inhalers import InhalerCount, relievers_in_year
from imp2art.asthma.plan.state import PlanStanding, plan_standing
from imp2art.codes.library import Library
from imp2art.record.patient_record import PatientRecord


@dataclass(frozen=True, slots=True)
class Flag:
    """`level` 1 is the most urgent, 4 the least. `on` is the day and `value` the number to be told.

    `rule` is also the key of its words in content/flags.toml; `source` is the slug of the constant
    that the rule rests on.
    """

    rule: str
    level: int
    on: date | None
    value: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """`seen` is the last day that medicines are known for: the extract's day, or `on` if earlier."""

    record: PatientRecord
    library: Library
    on: date
    seen: date
    attacks: tuple[Attack, ...]
    relievers: InhalerCount
    plan: PlanStanding
    last_review: date | None


def risk_facts(record: PatientRecord, library: Library, on: date, taken_on: date) -> RiskFacts:
    """The facts of one person on a day. `taken_on` is the day of the extract that the record is from."""
    seen = min(on, taken_on)
    found = attacks(record, library, on)
    return RiskFacts(
        record=record,
        library=library,
        on=on,
        seen=seen,
        attacks=found,
        relievers=relievers_in_year(record, library, seen),
        plan=plan_standing(record, library, on, found),
        last_review=last_day(record, library, "asthma-review", on),
    )


def last_day(record: PatientRecord, library: Library, slug: str, on: date) -> date | None:
    """When a code of the list was last entered, up to and including a day; None for never."""
    listed = library.codelist(slug)
    return max((e.on.first for e in record.events_in(listed) if e.on.first <= on), default=None)
