"""Three answers of a condition: yes, no, and what a record cannot tell (Kleene's strong logic)."""

from __future__ import annotations

from enum import Enum


class Truth(Enum):
    """`CANNOT_TELL`: some reading of the record says yes and another says no."""

    NO = 0
    CANNOT_TELL = 1
    YES = 2


def contrary(answer: Truth) -> Truth:
    """Not yes is no, not no is yes; what cannot be told cannot be told the other way round either."""
    return Truth(2 - answer.value)


def between(surely: bool, possibly: bool) -> Truth:
    """Yes where it surely holds, cannot tell where it only may."""
    if surely:
        return Truth.YES
    return Truth.CANNOT_TELL if possibly else Truth.NO
