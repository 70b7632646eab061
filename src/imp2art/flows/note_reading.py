"""Count who opens what of a report, and show a practice's manager how widely it is read."""

from __future__ import annotations

from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.store.readings import Reading, ReadingRates
from imp2art.store.scope import PracticeScope


def note_reading(actor: Actor, practice: PracticeCode, reading: Reading, at: datetime) -> None:
    """Someone of the practice opened something of its report; once a day is enough."""
    check_may(actor, Action.SEE_REPORT, practice)
    PracticeScope(practice).keep_reading(actor, reading, at)


def show_readings(actor: Actor, practice: PracticeCode, month: date) -> ReadingRates:
    """How many people opened what of the report of the month that ends on `month`; no names."""
    check_may(actor, Action.SEE_READINGS, practice)
    return PracticeScope(practice).reading_rates(month)
