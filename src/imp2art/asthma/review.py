"""The review as a value: what was asked and found, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imp2art.asthma.control import Rcp3q


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


@dataclass(frozen=True, slots=True)
class Review:
    """Every answer may be None: `not asked`, which is never counted as `no` or 0 (H-15, H-16)."""

    mode: ReviewMode | None = None
    agenda: str = ""
    rcp3q: Rcp3q = Rcp3q()
    act_score: int | None = None
    attacks_12_months: int | None = None
    days_off: int | None = None
    technique_observed: bool | None = None
    medicines_checked: bool | None = None
    adherence_good: bool | None = None
    smoking: Smoking | None = None
    smoking_advice_given: bool | None = None
    triggers: tuple[str, ...] = ()
    peak_flow: int | None = None
    agenda_met: bool | None = None
    teach_back_done: bool | None = None
    note: str = ""
