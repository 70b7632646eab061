"""A plan begun from the record: what is known, with its source, and nothing else.

Doses and puffs come from the label of the inhaler in use or from the person's last plan. What neither
tells stays None for the signer. Numbers from guidance are `suggestions` beside the empty field; they
enter the plan only by the signer's hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from imp2art.asthma.action_plan import (
    ActionPlan,
    BestPeakFlow,
    Emergency,
    PlanInhaler,
    PlanPerson,
    UsualTreatment,
)
from imp2art.asthma.inhalers import CurrentMedicine
from imp2art.asthma.plan_suggestions import Suggestion, suggest_numbers, suggested_points
from imp2art.asthma.reference import reference_table, whole
from imp2art.asthma.regimen import Regimen, RegimenFinding, classify_regimen
from imp2art.codes.library import Library
from imp2art.codes.medicine import Medicine
from imp2art.core.age import age_on
from imp2art.core.finding import Finding, Outcome
from imp2art.core.period import add_months
from imp2art.record.patient import Patient
from imp2art.record.patient_record import PatientRecord


@dataclass(frozen=True, slots=True)
class PlanPractice:
    """What a plan says of the practice."""

    name: str
    phone: str
    out_of_hours_phone: str


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a prefilled part of the plan is from: `issue`, `event`, `plan` or `default`, and its day."""

    field: str
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan to work on. `regimen` says why it was or was not told; `cautions` are to be shown first."""

    plan: ActionPlan
    regimen: RegimenFinding
    sources: tuple[FieldSource, ...]
    cautions: tuple[Finding, ...]
    suggestions: tuple[Suggestion, ...]


def draft_plan(
    record: PatientRecord,
    library: Library,
    on: date,
    previous: ActionPlan | None,
    practice: PlanPractice,
    made_by: str,
    taken_on: date,
) -> PlanDraft:
    """A plan begun for a person on a day; `taken_on` is the day of the extract the medicines are from.

    `previous` is the newest issued plan. Its action points and attack part are kept only where the
    regimen and the inhalers are still the same; its goal and triggers always.
    """
    found = classify_regimen(record, library, min(on, taken_on))
    usual, usual_sources = _usual(found)
    kept = previous if previous is not None and _same_treatment(previous, found.regimen, usual) else None
    if kept is not None:
        usual, usual_sources = kept.usual, (FieldSource("usual", "plan", kept.made_on),)
    best, best_sources = _best_peak_flow(record, library, on, previous)
    triggers, trigger_sources = _triggers(record, library, on, previous)
    age = age_on(record.patient.born, on)
    plan = ActionPlan(
        person=_person(record.patient),
        regimen=found.regimen,
        basis=previous.basis if previous else None,
        usual=usual,
        best_peak_flow=best,
        action_points=kept.action_points if kept else suggested_points(found.regimen, age, on),
        emergency=kept.emergency if kept else Emergency((), None, None, None, None),
        triggers=triggers,
        goal=previous.goal if previous else "",
        practice_name=practice.name,
        practice_phone=practice.phone,
        out_of_hours_phone=practice.out_of_hours_phone,
        made_by=made_by,
        made_on=on,
        review_due=add_months(on, whole("review-months", on)),
        version=previous.version + 1 if previous else 1,
    )
    sources = (*usual_sources, *best_sources, *trigger_sources, *_kept_sources(kept, previous, on))
    cautions = _cautions(found, kept, previous, on, taken_on)
    return PlanDraft(plan, found, sources, cautions, suggest_numbers(plan, library))


def plan_inhaler(medicine: Medicine) -> PlanInhaler:
    """The inhaler as a plan names it, from the product's own data."""
    strength = "/".join(
        f"{ingredient.micrograms.normalize():f}"
        for ingredient in medicine.ingredients
        if ingredient.micrograms is not None
    )
    return PlanInhaler(str(medicine.code), medicine.name, strength, medicine.device.value)


def _person(patient: Patient) -> PlanPerson:
    return PlanPerson(patient.patient_id, patient.name, patient.born, patient.nhs_number)


def _usual(found: RegimenFinding) -> tuple[UsualTreatment, tuple[FieldSource, ...]]:
    preventer, reliever = found.preventer, found.reliever
    directions = preventer.directions if preventer else None
    regular = directions if directions is not None and directions.regular else None
    as_needed = reliever.directions if reliever else None
    usual = UsualTreatment(
        preventer=_named(preventer),
        morning_puffs=regular.morning if regular else None,
        evening_puffs=regular.evening if regular else None,
        reliever=_named(reliever),
        reliever_puffs=as_needed.puffs_as_needed if as_needed else None,
    )
    return usual, tuple(_usual_sources(usual, preventer, reliever))


def _usual_sources(
    usual: UsualTreatment, preventer: CurrentMedicine | None, reliever: CurrentMedicine | None
) -> list[FieldSource]:
    told = [
        (preventer, ("preventer", "morning_puffs", "evening_puffs")),
        (reliever, ("reliever", "reliever_puffs")),
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


def _same_treatment(previous: ActionPlan, regimen: Regimen | None, usual: UsualTreatment) -> bool:
    """The same regimen, the same inhalers, and no label that now says another dose."""
    if regimen is None or previous.regimen is not regimen:
        return False
    before, now = previous.usual, usual
    inhalers = (before.preventer, before.reliever) == (now.preventer, now.reliever)
    doses = (
        (before.morning_puffs, now.morning_puffs),
        (before.evening_puffs, now.evening_puffs),
        (before.reliever_puffs, now.reliever_puffs),
    )
    return inhalers and all(label is None or label == planned for planned, label in doses)


def _best_peak_flow(
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


def _triggers(
    record: PatientRecord, library: Library, on: date, previous: ActionPlan | None
) -> tuple[tuple[str, ...], tuple[FieldSource, ...]]:
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


def _kept_sources(kept: ActionPlan | None, previous: ActionPlan | None, on: date) -> tuple[FieldSource, ...]:
    found = [FieldSource("review_due", "default", on)]
    if previous is not None:
        found += [FieldSource(name, "plan", previous.made_on) for name in ("basis", "goal")]
    if kept is not None:
        found += [FieldSource(name, "plan", kept.made_on) for name in ("action_points", "emergency")]
    return tuple(found)


def _cautions(
    found: RegimenFinding, kept: ActionPlan | None, previous: ActionPlan | None, on: date, taken_on: date
) -> tuple[Finding, ...]:
    """What to show before anything else: why no regimen, a second reliever, old data, a changed treatment."""
    cautions = list(found.cautions)
    if found.regimen is None:
        cautions.insert(0, found.finding)
    if on - taken_on > timedelta(days=whole("medicines-fresh-days", on)):
        cautions.append(Finding(Outcome.MET, "medicines-old", taken_on))
    if previous is not None and kept is None:
        cautions.append(Finding(Outcome.MET, "treatment-changed-since-plan", previous.made_on))
    return tuple(cautions)
