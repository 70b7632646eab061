"""The two kinds of dated entry that the project reads: coded events and medicine issues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from imp2art.codes.identifiers import Code, DmdCode
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """A code at a date, with the value that was recorded with it.

    `source` says where the project had it from: `extract`, or `review:<id>` for our own entries.
    """

    on: PartialDate
    code: Code
    value: Quantity | None = None
    source: str = "extract"


class IssueUnit(StrEnum):
    """What a quantity counts. Suppliers differ: some count inhalers, some the doses in them."""

    DEVICE = "device"
    DOSE = "dose"
    TABLET = "tablet"
    MILLILITRE = "ml"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class MedicineIssue:
    """One issue of a medicine. `directions` is the label as written, such as `2 puffs twice a day`."""

    on: date
    code: DmdCode
    quantity: Decimal | None
    unit: IssueUnit
    directions: str = ""
