"""The review as a value: what was asked and found."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from imp2art.asthma.control import Rcp3q
from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.review.attack_review import AttackReview


class ReviewKind(StrEnum):
    """Why the two met. Stored names: never rename one."""

    ROUTINE = "routine"
    POST_ATTACK = "post-attack"


class ReviewMode(StrEnum):
    """How the two met."""

    FACE_TO_FACE = "face to face"
    PHONE = "phone"
    VIDEO = "video"


class Smoking(StrEnum):
    """Smoking status as asked today."""

    CURRENT = "current"
    EX = "ex"
    NEVER = "never"


class NoPlanReason(StrEnum):
    """Why a review ends without a plan. Stored names: never rename one."""

    DECLINED = "declined"
    ANOTHER_TIME = "another-time"
    NEEDS_OTHER_CARE_FIRST = "needs-other-care-first"
    NO_TIME = "no-time"


@dataclass(frozen=True, slots=True)
class TechniqueCheck:
    """How one inhaler was used. Slugs: of the kind of device, of its steps seen right and seen wrong.

    A step in neither was not watched. `corrected` is whether they then did the wrong ones right.
    """

    device: str
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    corrected: bool | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Every answer may be None: `not asked`, which is never counted as `no` or 0 (H-15, H-16).

    Kept whole as JSON: a field that is added has a default, so that an older review still reads. The four
    `gina_…` are facts of the last four weeks in our own words; `feno_ppb` is in parts per billion,
    `eosinophils` in 10⁹ a litre. `links_given`, `comorbidities` and `technique_not_done` are slugs.
    """

    mode: ReviewMode | None = None
    agenda: str = ""
    rcp3q: Rcp3q = Rcp3q()
    act_score: int | None = None
    cact_score: int | None = None
    acq_score: Decimal | None = None
    attacks_12_months: int | None = None
    days_off: int | None = None
    technique_observed: bool | None = None
    medicines_checked: bool | None = None
    adherence_good: bool | None = None
    smoking: Smoking | None = None
    smoking_advice_given: bool | None = None
    triggers: tuple[str, ...] = ()
    peak_flow: int | None = None
    peak_flow_scale: PeakFlowScale | None = None
    agenda_met: bool | None = None
    teach_back_done: bool | None = None
    no_plan_reason: NoPlanReason | None = None
    note: str = ""
    kind: ReviewKind = ReviewKind.ROUTINE
    vaping: bool | None = None
    passive_smoke: bool | None = None
    work_makes_worse: bool | None = None
    mood_low: bool | None = None
    gina_day: bool | None = None
    gina_night: bool | None = None
    gina_reliever: bool | None = None
    gina_activity: bool | None = None
    technique_checks: tuple[TechniqueCheck, ...] = ()
    technique_not_done: str | None = None
    comorbidities: tuple[str, ...] = ()
    fev1_litres: Decimal | None = None
    fvc_litres: Decimal | None = None
    feno_ppb: int | None = None
    eosinophils: Decimal | None = None
    attack: AttackReview | None = None
    links_given: tuple[str, ...] = ()
    patient_acknowledged: bool | None = None
