"""What the record and the last plan tell of a new plan, each part with its source and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.asthma.inhalers import CurrentMedicine
from imp2art.asthma.plan.action_plan import ActionPlan, BestPeakFlow, PlanInhaler, UsualTreatment
from imp2art.asthma.reference import reference_table
from imp2art.asthma.regimen import Regimen, RegimenFinding
from imp2art.codes.library import Library
from imp2art.codes.medicine import Medicine
from imp2art.record.patient_record import PatientRecord


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a prefilled part of the plan is from: `issue`, `event`, `plan` or `default`, and its day."""

    field: str
    source: str
    on: date


def plan_inhaler(medicine: Medicine) -> PlanInhaler:
    """The inhaler as a plan names it, from the product's own data."""
    strength = "/".join(
        f"{ingredient.micrograms.normalize():f}"
        for ingredient in medicine.ingredients
        if ingredient.micrograms is not None
    )
    return PlanInhaler(str(medicine.code), medicine.name, strength, medicine.device.value)


def known_treatment(found: RegimenFinding) -> tuple[UsualTreatment, tuple[FieldSource, ...]]:
    """The inhalers that the regimen rests on and the puffs that their labels state."""
    preventer, reliever = found.preventer, found.reliever
    directions = preventer.directions if preventer else None
    regular = directions if directions is not None and directions.regular else None
    as_needed = reliever.directions if reliever else None
    one_inhaler = found.regimen in (Regimen.MART, Regimen.AIR)
    usual = UsualTreatment(
        preventer=_named(preventer),
        morning_puffs=regular.morning if regular else None,
        evening_puffs=regular.evening if regular else None,
        reliever=_named(reliever),
        reliever_puffs=as_needed.puffs_as_needed if as_needed else None,
        max_puffs_a_day=directions.most_a_day if directions and one_inhaler else None,
    )
    return usual, tuple(_usual_sources(usual, preventer, reliever))


def known_best_peak_flow(
    record: PatientRecord, library: Library, on: date, previous: ActionPlan | None
) -> tuple[BestPeakFlow | None, tuple[FieldSource, ...]]:
    """The newer of the last plan's and the record's. A coded one has no scale: the signer says which."""
    coded = [
        (event.on.first, event.value.value)
        for event in record.events_in(library.codelist("peak-flow-best"))
        if event.on.is_whole and event.on.first <= on and event.value is not None
    ]
    planned = previous.best_peak_flow if previous else None
    newest = max(coded, default=None)
    if planned is not None and (newest is None or (planned.measured_on or date.min) >= newest[0]):
        made_on = previous.made_on if previous else on
        return planned, (FieldSource("best_peak_flow", "plan", made_on),)
    if newest is None:
        return None, ()
    best = BestPeakFlow(int(newest[1]), newest[0], None)
    return best, (FieldSource("best_peak_flow", "event", newest[0]),)


def known_triggers(
    record: PatientRecord, library: Library, on: date, previous: ActionPlan | None
) -> tuple[tuple[str, ...], tuple[FieldSource, ...]]:
    """The last plan's triggers, or else those ever coded."""
    if previous is not None and previous.triggers:
        return previous.triggers, (FieldSource("triggers", "plan", previous.made_on),)
    slugs, latest = recorded_triggers(record, library, on)
    return slugs, (FieldSource("triggers", "event", latest),) if latest else ()


def recorded_triggers(
    record: PatientRecord, library: Library, on: date
) -> tuple[tuple[str, ...], date | None]:
    """The triggers ever coded, as slugs in alphabetical order, and the day of the newest."""
    slugs = {row["code"]: row["slug"] for row in reference_table("written_codes.toml", "trigger")}
    found = [
        (slugs[str(event.code)], event.on.first)
        for event in record.events_in(library.codelist("trigger"))
        if str(event.code) in slugs and event.on.first <= on
    ]
    return tuple(sorted({slug for slug, _ in found})), max((day for _, day in found), default=None)


def _usual_sources(
    usual: UsualTreatment, preventer: CurrentMedicine | None, reliever: CurrentMedicine | None
) -> list[FieldSource]:
    told = [
        (preventer, ("preventer", "morning_puffs", "evening_puffs")),
        (reliever, ("reliever", "reliever_puffs", "max_puffs_a_day")),
    ]
    return [
        FieldSource(f"usual.{name}", "issue", medicine.last_on)
        for medicine, names in told
        if medicine is not None
        for name in names
        if getattr(usual, name) is not None
    ]


def _named(current: CurrentMedicine | None) -> PlanInhaler | None:
    if current is None:
        return None
    if current.medicine is not None:
        return plan_inhaler(current.medicine)
    return PlanInhaler(str(current.code), current.name, "", "")
