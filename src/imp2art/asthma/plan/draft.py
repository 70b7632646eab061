"""A plan begun from the record: what is known, with its source, and nothing else.

Doses and puffs come from the label of the inhaler in use or from the person's last plan. What neither
tells stays None for the signer. Numbers from guidance are `suggestions` beside the empty field; they
enter the plan only by the signer's hand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from imp2art.asthma.plan.action_plan import (
    ActionPlan,
    Emergency,
    PlanBasis,
    PlanInhaler,
    PlanPerson,
    UsualTreatment,
)
from imp2art.asthma.plan.family import outgrown_on
from imp2art.asthma.plan.known import FieldSource, known_best_peak_flow, known_treatment, known_triggers
from imp2art.asthma.plan.suggestions import Suggestion, suggest_numbers
from imp2art.asthma.plan.treatment import product
from imp2art.asthma.reference import whole
from imp2art.asthma.regimen import Regimen, RegimenFinding, classify_regimen
from imp2art.codes.library import Library
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
    usual, usual_sources = known_treatment(found)
    kept = previous if previous and _still_fits(previous, found.regimen, usual, library, on) else None
    if kept is not None:
        usual = replace(kept.usual, preventer=usual.preventer, reliever=usual.reliever)
        usual_sources = (FieldSource("usual", "plan", kept.made_on),)
    best, best_sources = known_best_peak_flow(record, library, on, previous)
    triggers, trigger_sources = known_triggers(record, library, on, previous)
    plan = ActionPlan(
        person=_person(record.patient),
        regimen=found.regimen,
        basis=previous.basis if previous else None,
        usual=usual,
        best_peak_flow=best,
        action_points=kept.action_points if kept else (),
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
        spacer=kept.spacer if kept else None,
        carer_phone=previous.carer_phone if previous else "",
    )
    sources = (*usual_sources, *best_sources, *trigger_sources, *_kept_sources(kept, previous, on))
    cautions = (
        *_cautions(found, on, taken_on),
        *_changes_since(previous, kept, plan),
        *_for_children(plan),
    )
    return PlanDraft(plan, found, sources, cautions, suggest_numbers(plan, library))


def _person(patient: Patient) -> PlanPerson:
    return PlanPerson(patient.patient_id, patient.name, patient.born, patient.nhs_number)


def _still_fits(
    previous: ActionPlan, regimen: Regimen | None, usual: UsualTreatment, library: Library, on: date
) -> bool:
    """Steps and words written for another treatment or another age are not taken over (H-03, H-28)."""
    if outgrown_on(previous.person.born, previous.made_on, on):
        return False
    return _same_treatment(previous, regimen, usual, library)


def _same_treatment(
    previous: ActionPlan, regimen: Regimen | None, usual: UsualTreatment, library: Library
) -> bool:
    """The same regimen, the same inhalers, and no label that now says another dose."""
    before, now = previous.usual, usual
    doses = (
        (before.morning_puffs, now.morning_puffs),
        (before.evening_puffs, now.evening_puffs),
        (before.reliever_puffs, now.reliever_puffs),
        (before.max_puffs_a_day, now.max_puffs_a_day),
    )
    return (
        regimen is not None
        and previous.regimen is regimen
        and _alike(before.preventer, now.preventer, library)
        and _alike(before.reliever, now.reliever, library)
        and all(label is None or label == planned for planned, label in doses)
    )


def _alike(before: PlanInhaler | None, now: PlanInhaler | None, library: Library) -> bool:
    """The same product, or a brand and its generic: the same ingredients in the same kind of device."""
    if before is None or now is None:
        return before is now
    one, other = product(before, library), product(now, library)
    if before.code == now.code or one is None or other is None:
        return before.code == now.code
    return one.ingredients == other.ingredients and one.device == other.device


def _kept_sources(kept: ActionPlan | None, previous: ActionPlan | None, on: date) -> tuple[FieldSource, ...]:
    found = [FieldSource("review_due", "default", on)]
    if previous is not None:
        found += [FieldSource(name, "plan", previous.made_on) for name in ("basis", "goal")]
    if kept is not None:
        found += [FieldSource(name, "plan", kept.made_on) for name in ("action_points", "emergency")]
    return tuple(found)


def _cautions(found: RegimenFinding, on: date, taken_on: date) -> tuple[Finding, ...]:
    """Why there is no regimen, a second reliever, and medicines too old to rely on (H-05, H-22)."""
    cautions = list(found.cautions)
    if found.regimen is None:
        cautions.insert(0, found.finding)
    if on - taken_on > timedelta(days=whole("medicines-fresh-days", on)):
        cautions.append(Finding(Outcome.MET, "medicines-old", taken_on))
    return tuple(cautions)


def _changes_since(
    previous: ActionPlan | None, kept: ActionPlan | None, plan: ActionPlan
) -> tuple[Finding, ...]:
    """What makes the last plan's numbers unfit to be taken over without a look."""
    if previous is None:
        return ()
    if kept is None and outgrown_on(plan.person.born, previous.made_on, plan.made_on):
        return (Finding(Outcome.MET, "family-changed-since-plan", previous.made_on),)
    if kept is None:
        return (Finding(Outcome.MET, "treatment-changed-since-plan", previous.made_on),)
    if plan.best_peak_flow != kept.best_peak_flow:
        return (Finding(Outcome.MET, "best-peak-flow-changed-since-plan", kept.made_on),)
    return ()


def _for_children(plan: ActionPlan) -> tuple[Finding, ...]:
    """By symptoms is usually preferred for children (NICE NG245 1.14.1): said, never chosen for anyone."""
    age = age_on(plan.person.born, plan.made_on)
    if age >= whole("increase-youngest", plan.made_on) or plan.basis is PlanBasis.SYMPTOMS:
        return ()
    return (Finding(Outcome.MET, "symptoms-preferred-plan"),)
