"""The asthma register of the English contract, as a finding with its clause.

Clinical fact file §5.2: diagnosed; not resolved on or after the latest diagnosis; treated in the last
12 months; old enough (6 up to 2025/26, 5 from 2026/27); alive and registered as a GMS patient.
"""

from __future__ import annotations

from datetime import date

from imp2art.asthma.reference import whole
from imp2art.codes.library import Library
from imp2art.core.age import age_on
from imp2art.core.finding import Finding, Outcome
from imp2art.core.partial_date import PartialDate
from imp2art.core.period import months_up_to
from imp2art.record.patient import RegistrationKind
from imp2art.record.patient_record import PatientRecord


def on_register(record: PatientRecord, library: Library, on: date) -> Finding:
    """Whether the person is on the register on a day. The first clause that fails decides."""
    checks = (_belongs(record, on), _diagnosed(record, library, on), _treated(record, library, on))
    failed = [finding for finding in checks if finding.outcome is not Outcome.MET]
    return failed[0] if failed else Finding(Outcome.MET, "on-register", checks[1].on)


def _belongs(record: PatientRecord, on: date) -> Finding:
    patient = record.patient
    if patient.died is not None and patient.died <= on:
        return Finding(Outcome.NOT_MET, "died", patient.died)
    registered = any(
        spell.covers(on) and spell.kind is RegistrationKind.GMS for spell in record.registrations
    )
    if not registered:
        return Finding(Outcome.NOT_MET, "not-registered")
    if age_on(patient.born, on) < whole("register-age", on):
        return Finding(Outcome.NOT_MET, "too-young")
    return Finding(Outcome.MET, "registered")


def _diagnosed(record: PatientRecord, library: Library, on: date) -> Finding:
    diagnoses = _up_to(record, library, "asthma-diagnosis", on)
    if not diagnoses:
        return Finding(Outcome.NOT_MET, "not-diagnosed")
    latest = max(diagnoses, key=lambda day: (day.last, day.first))
    resolved = _up_to(record, library, "asthma-resolved", on)
    # The same day counts as resolved, as in the published implementations.
    if any(day.first >= latest.last for day in resolved):
        return Finding(Outcome.NOT_MET, "resolved", max(day.last for day in resolved))
    if any(day.last >= latest.first for day in resolved):
        return Finding(Outcome.CANNOT_TELL, "resolved-before-or-after-diagnosis")
    return Finding(Outcome.MET, "diagnosed", latest.first)


def _treated(record: PatientRecord, library: Library, on: date) -> Finding:
    window = months_up_to(on, whole("register-treatment-months", on))
    days = [issue.on for issue in record.issues_in(library.codelist("asthma-treatment"))]
    if any(day in window for day in days):
        return Finding(Outcome.MET, "treated", max(day for day in days if day in window))
    return Finding(Outcome.NOT_MET, "not-treated", max((day for day in days if day <= on), default=None))


def _up_to(record: PatientRecord, library: Library, slug: str, on: date) -> list[PartialDate]:
    return [event.on for event in record.events_in(library.codelist(slug)) if event.on.first <= on]
