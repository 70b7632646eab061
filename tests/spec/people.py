"""People for the chapters: each a life in a few lines, read from top to bottom.

`person().diagnosed("2019-05-01").took(CLENIL_100, "2026-05-01")` is someone with asthma who had one
preventer. Everyone is made up. `TODAY` is the day on which the chapters are read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from imp2art.codes.identifiers import DmdCode, SnomedCode
from imp2art.codes.library import read_library
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity
from imp2art.record.events import CodedEvent, IssueUnit, MedicineIssue
from imp2art.record.patient import Patient, Registration, RegistrationKind, Sex
from imp2art.record.patient_record import PatientRecord, record_of
from tests.builders import nhs_number

TODAY = date(2026, 11, 23)  # a Monday
LIBRARY = read_library()

SALBUTAMOL = DmdCode("39113611000001102")  # 200 doses
SALBUTAMOL_TEVA = DmdCode("757611000001104")
CLENIL_100 = DmdCode("10618211000001109")  # inhaled steroid alone, 200 doses
SERETIDE_100 = DmdCode("3186911000001100")  # inhaled steroid with salmeterol
SYMBICORT_200 = DmdCode("3294611000001104")  # inhaled steroid with formoterol, 120 doses, MART and AIR
SYMBICORT_GENERIC = DmdCode("134498003")  # the same as a generic; its doses are not known
SYMBICORT_400 = DmdCode("4373811000001100")  # for neither MART nor AIR
FOSTAIR_100 = DmdCode("12906411000001100")  # MART, not AIR
SALMETEROL = DmdCode("320250009")  # long-acting reliever alone
PREDNISOLONE = DmdCode("325427002")

REVIEW, PLAN, DECLINED = "394700004", "811921000000103", "892301000000100"
DIAGNOSIS, RESOLVED, MART_STARTED = "195967001", "162660004", "919601000000107"
ATTACK, ADMISSION, ATTENDANCE = "708038006", "183478001", "708373002"
SMOKER, EX_SMOKER, NEVER_SMOKED = "77176002", "8517006", "266919005"
ADHERENCE_GOOD, ADHERENCE_POOR, AT_RISK = "370226009", "370225008", "966011000000109"
SLEEP_YES, SLEEP_NO = "170631002", "170635006"
DAY_YES, DAY_NO = "373899003", "370208006"
ACTIVITIES_YES, ACTIVITIES_NO = "170637003", "170638008"
RCP3Q_SCORE, ACT, ACQ, CACT = "448003001", "443117005", "763077003", "905301000000103"
BEST_PEAK_FLOW, TECHNIQUE, POLLEN, ANIMALS = "251936000", "170614009", "340911000000109", "201051000000101"


@dataclass(frozen=True)
class Life:
    """A person and what happened to them so far."""

    patient: Patient
    registrations: tuple[Registration, ...]
    events: tuple[CodedEvent, ...] = ()
    issues: tuple[MedicineIssue, ...] = ()

    def coded(self, code: str, *days: str, value: str = "", unit: str = "{score}", source: str = "extract"):
        """A code on each of these days; a day may be only a month or a year."""
        quantity = Quantity(Decimal(value), unit) if value else None
        new = tuple(CodedEvent(PartialDate.parse(day), SnomedCode(code), quantity, source) for day in days)
        return replace(self, events=self.events + new)

    def diagnosed(self, day: str):
        """Asthma is diagnosed."""
        return self.coded(DIAGNOSIS, day)

    def reviewed(self, *days: str):
        """An asthma review."""
        return self.coded(REVIEW, *days)

    def given_plan(self, day: str, source: str = "review:0001"):
        """An action plan; made here unless `source` says otherwise."""
        return self.coded(PLAN, day, source=source)

    def took(self, code: DmdCode, *days: str, label: str = "", quantity: str = "1", unit: str = "device"):
        """A medicine is issued on each of these days."""
        amount = Decimal(quantity) if quantity else None
        new = tuple(
            MedicineIssue(date.fromisoformat(day), code, amount, IssueUnit(unit), label) for day in days
        )
        return replace(self, issues=self.issues + new)

    @property
    def record(self) -> PatientRecord:
        """The record as it stands."""
        return record_of(self.patient, self.registrations, self.events, self.issues)


def person(born: str = "1985-03-04", **facts: object) -> Life:
    """Someone on the practice's list since 2010, with nothing else in the record."""
    patient = Patient("p1", nhs_number(1), date.fromisoformat(born), Sex.FEMALE, "Zzyzx", "Canary")
    spell = Registration(date(2010, 1, 1), None, RegistrationKind.GMS)
    return Life(replace(patient, **facts), (spell,))


def someone_with_asthma(born: str = "1985-03-04") -> Life:
    """Diagnosed in 2019, reviewed and given a plan in May, on a preventer and a reliever."""
    return (
        person(born)
        .diagnosed("2019-05-01")
        .reviewed("2026-05-11")
        .given_plan("2026-05-11")
        .took(CLENIL_100, "2026-03-02", "2026-06-01", "2026-09-01", label="2 puffs twice a day")
        .took(SALBUTAMOL, "2026-06-01", label="2 puffs when required")
    )
