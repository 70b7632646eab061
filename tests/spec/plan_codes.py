"""The three codes for a plan, which do not say the same."""

from __future__ import annotations

from imp2art.codes.identifiers import SnomedCode
from imp2art.core.partial_date import PartialDate
from imp2art.record.events import CodedEvent

HAS_PLAN, PLAN_REVIEWED, PLAN_AGREED = "527171000000103", "810901000000102", "811921000000103"


def coded(code: str, when: str) -> CodedEvent:
    """A code on a day, in a month or in a year."""
    return CodedEvent(PartialDate.parse(when), SnomedCode(code))
