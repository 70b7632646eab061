"""What the pathways look at: the treatment as the record shows it, and what was found in the review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.asthma.control import Control
from imp2art.asthma.inhalers import CurrentMedicine, current_medicines
from imp2art.asthma.regimen import Regimen, classify_regimen, separate_saba
from imp2art.asthma.treatment.bands import Band, band_of
from imp2art.codes.library import Library
from imp2art.codes.medicine import MedicineClass
from imp2art.core.age import age_on
from imp2art.record.patient_record import PatientRecord

ADD_ONS = (MedicineClass.LTRA, MedicineClass.LAMA)


class Checked(StrEnum):
    """How a thing to look at first stands."""

    FINE = "fine"
    PROBLEM = "problem"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class FirstCheck:
    """Something to look at before any step up: its slug, and how it stands today."""

    slug: str
    state: Checked


@dataclass(frozen=True, slots=True)
class Treatment:
    """The treatment on a day. `why` is the clause of the regimen; `band` None is not configured.

    `since` is the first issue of the preventer in use; `saba_beside` the last issue of a separate reliever
    beside one inhaler for both jobs.
    """

    regimen: Regimen | None
    why: str
    classes: frozenset[MedicineClass]
    band: Band | None
    since: date | None
    saba_beside: date | None

    @property
    def add_ons(self) -> frozenset[MedicineClass]:
        """Of an antileukotriene and a long-acting antimuscarinic, those in use."""
        return self.classes & frozenset(ADD_ONS)

    @property
    def has_preventer(self) -> bool:
        """Whether an inhaled steroid is in use."""
        return MedicineClass.ICS in self.classes


@dataclass(frozen=True, slots=True)
class TreatmentFacts:
    """`attack_treated`: an attack in 12 months needed steroid tablets or emergency care.

    `night_waking` is None where it was not asked.
    """

    age: int
    on: date
    control: Control
    treatment: Treatment
    attack_treated: bool = False
    night_waking: bool | None = None
    first: tuple[FirstCheck, ...] = ()


def treatment_of(record: PatientRecord, library: Library, on: date) -> Treatment:
    """The treatment of a person, from what was issued up to and including a day."""
    found = classify_regimen(record, library, on)
    current = current_medicines(record, library, on)
    preventer = found.preventer or _only(current)
    return Treatment(
        regimen=found.regimen,
        why=found.finding.clause,
        classes=frozenset(kind for medicine in current for kind in medicine.classes),
        band=band_of(preventer, age_on(record.patient.born, on), on) if preventer else None,
        since=preventer.first_on if preventer else None,
        saba_beside=separate_saba(record, library, on) if found.cautions else None,
    )


def _only(current: tuple[CurrentMedicine, ...]) -> CurrentMedicine | None:
    """The one preventer in use, where the regimen could not be told; None where there are several."""
    found = [medicine for medicine in current if MedicineClass.ICS in medicine.classes]
    return found[0] if len(found) == 1 else None
