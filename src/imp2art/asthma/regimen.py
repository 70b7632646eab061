"""Which treatment regimen a person is on; it decides which action plan fits (hazard H-03).

The answer comes from the inhalers in use and the directions on their labels. Where they do not
settle it there is no regimen, only the reasons: never a default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.asthma.directions import Directions, read_directions
from imp2art.asthma.inhalers import CurrentMedicine, current_medicines, is_inhaler
from imp2art.asthma.reference import whole
from imp2art.codes.library import Library
from imp2art.codes.medicine import Medicine, MedicineClass
from imp2art.core.age import age_on
from imp2art.core.finding import Finding, Outcome
from imp2art.record.patient_record import PatientRecord


class Regimen(StrEnum):
    """What the inhalers are for. Under 5 a separate reliever may stand alone. Stored names: never rename one.

    The family of plan follows from it and the age: `asthma.plan.family`.
    """

    PREVENTER_RELIEVER = "preventer-reliever"
    MART = "mart"
    AIR = "air"


@dataclass(frozen=True, slots=True)
class RegimenFinding:
    """The regimen, or None, with the clause that decided.

    `preventer` and `reliever` are the inhalers it rests on; on MART and AIR they are the same one.
    `cautions` are clauses to show beside it, such as `separate-saba`.
    """

    regimen: Regimen | None
    finding: Finding
    preventer: CurrentMedicine | None = None
    reliever: CurrentMedicine | None = None
    cautions: tuple[Finding, ...] = ()


def classify_regimen(record: PatientRecord, library: Library, on: date) -> RegimenFinding:
    """The regimen of a person on a day, from what was issued up to and including it."""
    current = current_medicines(record, library, on)
    preventers = _without_replaced(_of(current, MedicineClass.ICS))
    relievers = _of(current, MedicineClass.SABA)
    if not preventers:
        return _no_preventer(record, on, relievers)
    if len(preventers) > 1:
        return _cannot_tell("two-preventers", preventers[0].last_on)
    preventer, reliever = preventers[0], relievers[0] if relievers else None
    if MedicineClass.ICS_FORMOTEROL in preventer.classes:
        return _formoterol(record, library, on, preventer, reliever)
    return _not_formoterol(record, library, on, preventer, reliever)


def _no_preventer(record: PatientRecord, on: date, relievers: list[CurrentMedicine]) -> RegimenFinding:
    """Under 5 a reliever may stand alone (NICE NG245 1.14.3, suspected asthma); from 5 no plan fits it."""
    if not relievers:
        return _cannot_tell("no-inhaler")
    if age_on(record.patient.born, on) >= whole("plan-child-from", on):
        return _cannot_tell("reliever-only")
    found = Finding(Outcome.MET, "reliever-only-under-5", relievers[0].last_on)
    return RegimenFinding(Regimen.PREVENTER_RELIEVER, found, None, relievers[0])


def started_one_inhaler(record: PatientRecord, library: Library, on: date) -> date | None:
    """Since when one formoterol inhaler does both jobs: its first as-needed label, or the MART code.

    Labels count from the last preventer that was labelled otherwise, so that an earlier spell of MART
    does not reach over years on another treatment.
    """
    coded = [event.on.first for event in record.events_in(library.codelist("mart-started"))]
    coded = [day for day in coded if day <= on]
    labelled, other = _preventer_days(record, library, on)
    both = [day for day in (*labelled, *coded) if other is None or day > other]
    if labelled and both:
        return min(both)
    return max(coded, default=None)


def _preventer_days(record: PatientRecord, library: Library, on: date) -> tuple[list[date], date | None]:
    """The days of formoterol labelled as needed, and the last day of any other preventer."""
    formoterol = library.codelist(MedicineClass.ICS_FORMOTEROL)
    issues = [i for i in record.issues_in(library.codelist(MedicineClass.ICS)) if i.on <= on]
    labelled = [i.on for i in issues if i.code in formoterol and _as_needed(i.directions)]
    others = [i.on for i in issues if not (i.code in formoterol and _as_needed(i.directions))]
    return labelled, max(others, default=None)


def separate_saba(record: PatientRecord, library: Library, on: date) -> date | None:
    """The last issue of a separate reliever since one inhaler does both jobs; None for none."""
    since = started_one_inhaler(record, library, on)
    if since is None:
        return None
    days = (
        issue.on
        for issue in record.issues_in(library.codelist(MedicineClass.SABA))
        if since < issue.on <= on and is_inhaler(issue.code, library)
    )
    return max(days, default=None)


def _formoterol(
    record: PatientRecord,
    library: Library,
    on: date,
    preventer: CurrentMedicine,
    reliever: CurrentMedicine | None,
) -> RegimenFinding:
    directions = preventer.directions
    coded = any(event.on.first <= on for event in record.events_in(library.codelist("mart-started")))
    extra = separate_saba(record, library, on)
    if directions is not None and directions.as_needed:
        regimen = Regimen.MART if directions.regular else Regimen.AIR
        return _one_inhaler(record, on, regimen, "directions", preventer, extra)
    if coded and extra is not None:
        return _cannot_tell("mart-code-and-separate-saba", extra)
    if coded:
        return _one_inhaler(record, on, Regimen.MART, "mart-code", preventer, None)
    if directions is None:
        return _cannot_tell("directions-not-read", preventer.last_on)
    if reliever is None:
        return _cannot_tell("no-reliever-and-no-mart-evidence", preventer.last_on)
    return _preventer_reliever(preventer, reliever)


def _one_inhaler(
    record: PatientRecord,
    on: date,
    regimen: Regimen,
    clause: str,
    inhaler: CurrentMedicine,
    extra: date | None,
) -> RegimenFinding:
    if regimen is Regimen.AIR and age_on(record.patient.born, on) < whole("air-youngest", on):
        return _cannot_tell("air-under-12", inhaler.last_on)
    if regimen is Regimen.MART and age_on(record.patient.born, on) < whole("mart-youngest", on):
        return _cannot_tell("mart-under-12", inhaler.last_on)
    if not may_be_used_as(regimen, inhaler.medicine):
        return _cannot_tell("not-licensed-for-this-use", inhaler.last_on)
    cautions = (Finding(Outcome.MET, "separate-saba", extra),) if extra else ()
    found = Finding(Outcome.MET, clause, inhaler.last_on)
    return RegimenFinding(regimen, found, inhaler, inhaler, cautions)


def may_be_used_as(regimen: Regimen, medicine: Medicine | None) -> bool:
    """Whether a named source says that the product is licensed for MART or AIR. Formoterol only."""
    if medicine is None or MedicineClass.ICS_FORMOTEROL not in medicine.classes:
        return False
    return regimen.value in medicine.uses


def _not_formoterol(
    record: PatientRecord,
    library: Library,
    on: date,
    preventer: CurrentMedicine,
    reliever: CurrentMedicine | None,
) -> RegimenFinding:
    if preventer.directions is not None and preventer.directions.as_needed:
        return _cannot_tell("as-needed-without-formoterol", preventer.last_on)
    coded = [event.on.first for event in record.events_in(library.codelist("mart-started"))]
    if any(preventer.first_on <= day <= on for day in coded):
        return _cannot_tell("mart-code-without-formoterol", preventer.last_on)
    if reliever is None:
        return _cannot_tell("no-reliever", preventer.last_on)
    return _preventer_reliever(preventer, reliever)


def _preventer_reliever(preventer: CurrentMedicine, reliever: CurrentMedicine) -> RegimenFinding:
    found = Finding(Outcome.MET, "preventer-and-reliever", preventer.last_on)
    return RegimenFinding(Regimen.PREVENTER_RELIEVER, found, preventer, reliever)


def _cannot_tell(clause: str, on: date | None = None) -> RegimenFinding:
    return RegimenFinding(None, Finding(Outcome.CANNOT_TELL, clause, on))


def _of(current: tuple[CurrentMedicine, ...], kind: MedicineClass) -> list[CurrentMedicine]:
    return [medicine for medicine in current if kind in medicine.classes]


def _without_replaced(preventers: list[CurrentMedicine]) -> list[CurrentMedicine]:
    """Newest first; an older one falls out when it was last issued before another first was.

    A brand and its generic (same ingredients, same device) are one preventer.
    """
    kept: list[CurrentMedicine] = []
    for medicine in preventers:
        replaced = any(medicine.last_on < newer.first_on for newer in preventers)
        doubled = any(same_inhaler(medicine, other) for other in kept)
        if not replaced and not doubled:
            kept.append(medicine)
    return kept


def same_inhaler(one: CurrentMedicine, other: CurrentMedicine) -> bool:
    """Same product, or same ingredients in the same kind of device."""
    if one.code == other.code:
        return True
    if one.medicine is None or other.medicine is None:
        return False
    alike = one.medicine.ingredients == other.medicine.ingredients
    return alike and bool(one.medicine.ingredients) and one.medicine.device == other.medicine.device


def _as_needed(label: str) -> bool:
    directions: Directions | None = read_directions(label)
    return directions is not None and directions.as_needed
