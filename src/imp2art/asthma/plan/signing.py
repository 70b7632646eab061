"""A plan as it is signed: whose it is, who signs and which version never come from a form (H-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from imp2art.asthma.plan.action_plan import ActionPlan, PlanPerson
from imp2art.record.patient import Patient


def as_signed(
    plan: ActionPlan, patient: Patient, practice_name: str, made_by: str, on: date, version: int, code: str
) -> ActionPlan:
    """The plan with the record's person, the site's practice, and the signer's name, day and version."""
    return replace(
        plan,
        person=PlanPerson(patient.patient_id, patient.name, patient.born, patient.nhs_number),
        practice_name=practice_name,
        made_by=made_by,
        made_on=on,
        version=version,
        currency_code=code,
    )
