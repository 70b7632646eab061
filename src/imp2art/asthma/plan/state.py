"""How the record's latest action plan stands on a day.

Only coded entries are read. A plan made in this software carries a source `review:<id>`; one coded
elsewhere is `outside`: it may be in force, but it is not here to be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from imp2art.asthma.attacks import Attack
from imp2art.asthma.inhalers import current_medicines
from imp2art.asthma.plan.family import outgrown_on
from imp2art.asthma.reference import whole
from imp2art.asthma.regimen import started_one_inhaler
from imp2art.codes.library import Library
from imp2art.codes.medicine import MedicineClass
from imp2art.core.finding import Finding, Outcome
from imp2art.core.period import months_up_to
from imp2art.record.patient_record import PatientRecord


class PlanState(StrEnum):
    """Stored names: never rename one."""

    CURRENT = "current"  # made here, in the last 12 months, nothing has overtaken it
    OUTSIDE = "outside"  # the same, but coded elsewhere: the plan itself is not here
    REPLACED = "replaced"  # an attack, a change of treatment or a birthday came after it
    STALE = "stale"  # older than 12 months
    DECLINED = "declined"  # a plan was offered and declined in the last 12 months
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """`made_on` is the day of the latest plan; the others say what came after it, if anything.

    `outgrown_on` is a birthday from which another family of plan fits (hazard H-28).
    """

    state: PlanState
    made_on: date | None = None
    attack_on: date | None = None
    changed_on: date | None = None
    outgrown_on: date | None = None

    @property
    def overtaken_by(self) -> tuple[Finding, ...]:
        """Everything that makes the plan one to renew, each with its day."""
        told = (
            ("attack", self.attack_on),
            ("change", self.changed_on),
            ("birthday", self.outgrown_on),
            ("age", self.made_on if self.state is PlanState.STALE else None),
        )
        return tuple(Finding(Outcome.MET, clause, day) for clause, day in told if day is not None)


def plan_standing(
    record: PatientRecord, library: Library, on: date, attacks: tuple[Attack, ...]
) -> PlanStanding:
    """How the latest plan stands. `attacks` are those up to `on`."""
    plan = _latest(record, library, "asthma-plan", on)
    declined = _latest(record, library, "plan-declined", on)
    window = months_up_to(on, whole("plan-months", on))
    if declined and declined[0] in window and (plan is None or plan[0] < declined[0]):
        return PlanStanding(PlanState.DECLINED, plan[0] if plan else declined[0])
    if plan is None:
        return PlanStanding(PlanState.NONE)
    made_on, source = plan
    attack_on = max((attack.on for attack in attacks if attack.on > made_on), default=None)
    changed_on = treatment_changed_since(record, library, made_on, on)
    birthday = outgrown_on(record.patient.born, made_on, on)
    state = _state(made_on in window, bool(attack_on or changed_on or birthday), source)
    return PlanStanding(state, made_on, attack_on, changed_on, birthday)


def _state(in_time: bool, overtaken: bool, source: str) -> PlanState:
    if not in_time:
        return PlanState.STALE
    if overtaken:
        return PlanState.REPLACED
    return PlanState.CURRENT if source.startswith("review:") else PlanState.OUTSIDE


def treatment_changed_since(record: PatientRecord, library: Library, made_on: date, on: date) -> date | None:
    """The first issue of a preventer in use that is new since the plan, or the start of MART or AIR.

    An inhaler first issued within `plan-change-grace-days` is the one that the plan was made for.
    """
    settled = made_on + timedelta(days=whole("plan-change-grace-days", on))
    preventers = (m for m in current_medicines(record, library, on) if MedicineClass.ICS in m.classes)
    days = [medicine.first_on for medicine in preventers]
    one_inhaler = started_one_inhaler(record, library, on)
    return max((day for day in (*days, one_inhaler) if day and day > settled), default=None)


def _latest(record: PatientRecord, library: Library, slug: str, on: date) -> tuple[date, str] | None:
    events = [event for event in record.events_in(library.codelist(slug)) if event.on.first <= on]
    days = [(event.on.first, event.source) for event in events]
    # Of two entries of one day, ours ("review:…") sorts last and wins.
    return max(days, default=None)
