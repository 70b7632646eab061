"""Made-up people for the tests of the audit: entries by the name of their list, and what both engines say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa

from imp2art.audit.bits.grid import Grid
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import Engine
from imp2art.audit.indicator import Indicator
from imp2art.audit.packing.kinds import NO_KIND, KindTable, kind_maker
from imp2art.audit.packing.pack import pack_practice
from imp2art.audit.packing.pack_people import EntryRows, PackedPeople, PeopleRows, SpellRows, pack_people
from imp2art.audit.packing.packed import NEVER
from imp2art.audit.reference import find
from imp2art.codes.library import Library, read_library
from imp2art.core.finding import Outcome
from imp2art.core.partial_date import PartialDate, parse_day
from imp2art.core.quantities import Quantity
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


def entry(slug: str, when: str, place: int = 0, score: str | None = None) -> CodedEvent:
    """A coded entry on a day, in a month or in a year; with a score, where it has one."""
    value = None if score is None else Quantity(Decimal(score), "{score}")
    return CodedEvent(PartialDate.parse(when), code_of(slug, place), value)


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
    practice = pack_practice(tables_of([record]), [rule], library)
    outcomes = Engine(practice.people, Grid((day,))).outcomes(rule)
    names = ("met", "not_met", "excluded", "outside", "cannot_tell")
    fast = [name.replace("_", " ") for name in names if getattr(outcomes, name)[0]]
    assert fast == [slow]
    return slow


def packed(
    practices: Mapping[str, Sequence[PatientRecord]],
    indicators: Iterable[Indicator],
    library: Library = LIBRARY,
    keep_everyone: bool = False,
) -> PackedPeople:
    """Many practices' people as one pack, the people of all in a mixed order, row by row."""
    kinds = kind_maker(indicators, library)
    placed = [(at, record) for at, code in enumerate(practices) for record in practices[code]]
    placed.sort(key=lambda pair: pair[1].patient.patient_id[::-1])
    entries = [
        (owner, *row) for owner, (_, record) in enumerate(placed) for row in _entry_rows(record, kinds)
    ]
    spells = [
        (owner, day_number(spell.start), day_number(spell.end))
        for owner, (_, record) in enumerate(placed)
        for spell in record.registrations
        if spell.kind is RegistrationKind.GMS
    ]
    people = [(at, day_number(record.patient.born), day_number(record.patient.died)) for at, record in placed]
    nothing = np.zeros(len(placed), np.uint8)
    return pack_people(
        tuple(practices),
        PeopleRows(*_columns(people, 3), nothing, nothing, nothing),
        SpellRows(*_columns(spells, 3)),
        EntryRows(*_columns(entries, 4)),
        kinds.kinds,
        kinds.needs,
        keep_everyone,
    )


def _entry_rows(record: PatientRecord, kinds: KindTable) -> Iterator[tuple[int, int, int]]:
    """Kind, first and last day of each entry that some rule reads."""
    for event in record.events:
        value = None if event.value is None else str(event.value.value)
        kind = kinds.of_event(event.code.system, event.code, value)
        if kind != NO_KIND:
            yield kind, day_number(event.on.first), day_number(event.on.last)
    for each in record.issues:
        quantity = None if each.quantity is None else str(each.quantity)
        kind = kinds.of_issue(each.code, quantity, each.unit)
        if kind != NO_KIND:
            yield kind, day_number(each.on), day_number(each.on)


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> list[np.ndarray]:
    return list(np.array(rows, np.int64).reshape(-1, width).T)


def day_number(day: date | None) -> int:
    """Days from 1970-01-01; of a day that never comes, `NEVER`."""
    return int(NEVER) if day is None else (day - date(1970, 1, 1)).days
