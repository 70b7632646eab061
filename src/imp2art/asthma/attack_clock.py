"""The clock that starts with an attack: a follow-up within two working days (NICE QS25 statement 4).

The statement counts from discharge after emergency treatment. For an attack that was treated elsewhere, or
whose day of discharge is not known, the same days count from the attack: our choice, on the safe side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.asthma.reference import number
from imp2art.core.working_days import add_working_days, working_days_between

CONSTANT = "follow-up-working-days"


@dataclass(frozen=True, slots=True)
class FollowUpClock:
    """`due` is the last day that is in time. `days` are working days: those left, or if `late` those over."""

    began: date
    due: date
    days: int
    late: bool


def follow_up_clock(began: date, on: date) -> FollowUpClock | None:
    """How the clock stands on a day; None where its length is not configured.

    No bank holidays are held, so that a deadline over one is named a day early.
    """
    length = number(CONSTANT, on)
    if length is None:
        return None
    due = add_working_days(began, int(length))
    late = on > due
    days = working_days_between(due, on) if late else working_days_between(on, due)
    return FollowUpClock(began, due, days, late)
