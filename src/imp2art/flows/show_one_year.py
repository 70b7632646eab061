"""One person's year, to be drawn beside a report's message: a rule says whose, and who saw it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.asthma.year import YearOfCare, year_of_care
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.identifiers import PracticeCode
from imp2art.store.scope import AuditEntry, PracticeScope


@dataclass(frozen=True, slots=True)
class OneYear:
    """Whose year it is, and the year."""

    public_id: str
    name: str
    age: int
    year: YearOfCare


def show_one_year(
    actor: Actor, practice: PracticeCode, listed: Collection[str], library: Library, on: date, at: datetime
) -> OneYear | None:
    """The year of whoever of the people `listed` stands first on the register; None where none is on it.

    It is a look into a record, so it asks for the right to open one and leaves a line in their trail.
    """
    check_may(actor, Action.SEE_LIST, practice)
    check_may(actor, Action.OPEN_RECORD, practice)
    scope = PracticeScope(practice)
    public_id = scope.first_in_need(listed)
    if public_id is None:
        return None
    record = scope.open_record(public_id, AuditEntry(at, actor, "year-seen", public_id)).record
    age = age_on(record.patient.born, on)
    return OneYear(public_id, record.patient.name, age, year_of_care(record, library, on))
