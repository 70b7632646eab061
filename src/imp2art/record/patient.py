"""A person on a practice's list, and when they were on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.core.identifiers import NhsNumber


class Sex(StrEnum):
    """As the record states it."""

    FEMALE = "F"
    MALE = "M"
    INDETERMINATE = "I"
    UNKNOWN = "U"


class RegistrationKind(StrEnum):
    """Only `GMS` counts for the register."""

    GMS = "gms"
    TEMPORARY = "temporary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Patient:
    """`patient_id` is the extract's own identifier: unique in the practice, kept over extracts.

    `imd_decile` is 1 (most deprived) to 10; `ethnicity` is an NHS data dictionary letter; `language`
    is a BCP 47 tag. All three, and `died`, may be None: not recorded.
    """

    patient_id: str
    nhs_number: NhsNumber
    born: date
    sex: Sex
    given_name: str
    family_name: str
    imd_decile: int | None = None
    ethnicity: str | None = None
    language: str | None = None
    died: date | None = None

    @property
    def name(self) -> str:
        """Given name first, as it is said aloud."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Registration:
    """On the list from `start`, and up to but not including `end` (None: still registered)."""

    start: date
    end: date | None
    kind: RegistrationKind

    def covers(self, on: date) -> bool:
        """Whether the person was registered on that day."""
        return self.start <= on and (self.end is None or on < self.end)
