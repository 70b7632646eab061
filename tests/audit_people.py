"""Made-up people for the tests of the audit: entries by the name of their list, and what both engines say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pyarrow as pa

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import Engine
from imp2art.audit.grid import Grid
from imp2art.audit.indicator import Indicator
from imp2art.audit.pack import pack_practice
from imp2art.audit.reference import find
from imp2art.codes.library import Library, read_library
from imp2art.core.finding import Outcome
from imp2art.core.partial_date import PartialDate, parse_day
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.events import CodedEvent, IssueUnit, MedicineIssue
from imp2art.record.patient import Patient, Registration, RegistrationKind, Sex
from imp2art.record.patient_record import PatientRecord, record_of
from tests.builders import clean_batches, nhs_number

LIBRARY = read_library()


def code_of(slug: str, place: int = 0, library: Library = LIBRARY):
    """A code of the list: its first one, or another."""
    codes = sorted(library.codelist(slug))
    return codes[place % len(codes)]


def entry(slug: str, when: str, place: int = 0) -> CodedEvent:
    """A coded entry on a day, in a month or in a year."""
    return CodedEvent(PartialDate.parse(when), code_of(slug, place))


def issue(
    slug: str, on: str, quantity: str | None = "1", unit: str = "device", place: int = 0
) -> MedicineIssue:
    """An issue of a medicine of the list."""
    amount = None if quantity is None else Decimal(quantity)
    return MedicineIssue(parse_day(on), code_of(slug, place), amount, IssueUnit(unit))


def someone(
    *entries: CodedEvent | MedicineIssue,
    born: str = "1980-06-15",
    died: str | None = None,
    spells: tuple[Registration, ...] | None = None,
    number: int = 0,
) -> PatientRecord:
    """A person on the list since 2010 with these entries."""
    patient = Patient(
        f"p{number:05}",
        nhs_number(number),
        parse_day(born),
        Sex.FEMALE,
        "Test",
        "Person",
        died=parse_day(died) if died else None,
    )
    always = (Registration(date(2010, 1, 1), None, RegistrationKind.GMS),)
    return record_of(
        patient,
        always if spells is None else spells,
        tuple(each for each in entries if isinstance(each, CodedEvent)),
        tuple(each for each in entries if isinstance(each, MedicineIssue)),
    )


def tables_of(records: Iterable[PatientRecord]) -> dict[str, pa.Table]:
    """The records as the four clean tables."""
    batches = clean_batches(tuple(records))
    return {name: pa.Table.from_batches(batches[name], schema) for name, schema in CLEAN_SCHEMAS.items()}


def outcome_of(indicator: Indicator | str, record: PatientRecord, on: str, library: Library = LIBRARY) -> str:
    """What both engines say of this person on this day: they must say the same.

    One of `met`, `not met`, `excluded`, `outside` (not in the denominator) and `cannot tell`.
    """
    rule = INDICATORS[indicator] if isinstance(indicator, str) else indicator
    day = parse_day(on)
    finding = find(rule, record, day, library)
    slow = str(finding.outcome)
    if finding.outcome is Outcome.NOT_APPLICABLE:
        excluded = finding.clause in {clause.name for clause in rule.exclusions}
        slow = "excluded" if excluded else "outside"
    packed = pack_practice(tables_of([record]), [rule], library)
    outcomes = Engine(packed.people, Grid((day,))).outcomes(rule)
    names = ("met", "not_met", "excluded", "outside", "cannot_tell")
    fast = [name.replace("_", " ") for name in names if getattr(outcomes, name)[0]]
    assert fast == [slow]
    return slow
