"""What a rule answers: an outcome and the clause that decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Outcome(StrEnum):
    """The four answers of every rule. `CANNOT_TELL` is never folded into another."""

    MET = "met"
    NOT_MET = "not met"
    NOT_APPLICABLE = "not applicable"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome with its reason.

    `clause` is the stable name of the part of the rule that decided (words for people live in
    content and templates); `on` is the date of the deciding event, `value` the deciding number.
    """

    outcome: Outcome
    clause: str
    on: date | None = None
    value: Decimal | None = None
