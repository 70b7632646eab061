"""Finding a person's row. Always by practice: a row of another practice is as good as none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.record.patient import Sex
from imp2art.store.models import PatientRow

# What an extract says of a person, in the order in which it is written and read.
PATIENT_COLUMNS = (
    "patient_id",
    "nhs_number",
    "born",
    "sex",
    "given_name",
    "family_name",
    "imd_decile",
    "ethnicity",
    "language",
    "died",
)


def people_of(practice: PracticeCode) -> QuerySet[PatientRow]:
    """Everyone the practice has ever sent, whether still in its extract or not."""
    return PatientRow.objects.filter(practice_id=practice)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Whom a list may name."""

    public_id: str
    name: str
    sex: Sex
    born: date


def read_named(practice: PracticeCode, public_ids: Collection[str]) -> tuple[NamedPerson, ...]:
    """Those of these people who are in the extract, by family name."""
    rows = people_of(practice).filter(in_extract=True).order_by("family_name", "given_name", "id")
    wanted = frozenset(public_ids)
    columns = rows.values_list("public_id", "given_name", "family_name", "sex", "born")
    return tuple(
        NamedPerson(public_id, f"{given} {family}", Sex(sex), born)
        for public_id, given, family, sex, born in columns
        if public_id in wanted
    )


def find_person(practice: PracticeCode, public_id: str) -> PatientRow | None:
    """The person, or None for an unknown id and for one of another practice alike."""
    return people_of(practice).filter(public_id=public_id).first()


def lock_person(practice: PracticeCode, public_id: str) -> PatientRow:
    """The person, locked until the transaction ends, so that two writers take turns.

    SQLite ignores the row lock; there the transaction itself is exclusive (IMMEDIATE).
    """
    row = people_of(practice).select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise _not_here()
    return row


def lock_people(practice: PracticeCode, public_ids: Collection[str]) -> dict[str, int]:
    """The row of each of these people by public id, locked as one is; `NotHere` where one is missing."""
    # In one order, so that two who lock the same people wait for each other instead of both failing.
    rows = people_of(practice).select_for_update().filter(public_id__in=set(public_ids)).order_by("id")
    found = {row.public_id: row.pk for row in rows}
    if len(found) != len(set(public_ids)):
        raise _not_here()
    return found


def check_is_here(practice: PracticeCode, public_id: str) -> None:
    """Raise `NotHere` where the practice has nobody of that id."""
    if not people_of(practice).filter(public_id=public_id).exists():
        raise _not_here()


def _not_here() -> NotHere:
    return NotHere("There is nobody of that name in your practice.")
