"""The columns of numbers as Arrow batches in the clean form that the extract's writer takes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa

from imp2art.codes.identifiers import CodingSystem
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.simulate.arrays import NEVER, Flags, Ints
from imp2art.simulate.coding import UNITS, Coding
from imp2art.simulate.formulary import Formulary
from imp2art.simulate.nhs_numbers import nhs_numbers
from imp2art.simulate.noise import NOISE_EVENTS, NOISE_ISSUES
from imp2art.simulate.origins import Origins
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.people import KINDS, NOT_STATED, SEXES, People
from imp2art.simulate.rows import DEVICES, DOSES, QUANTITY_UNITS, TABLETS, VALUE_TEXTS, EventRows, IssueRows


def patients_batch(people: People, outline: PracticeOutline, origins: Origins) -> pa.RecordBatch:
    """The table `patients`."""
    numbers = nhs_numbers(outline.first_person, len(people))
    return _batch(
        "patients",
        [
            _patient_ids(len(people)),
            pa.array(numbers).cast(pa.string()),
            _days(people.born),
            _words(SEXES, people.sex),
            _given_names(people, origins),
            _words(origins.family.names, people.family),
            pa.array(people.decile.astype(np.int8), mask=people.decile == 0),
            _words((*origins.ethnicities, NOT_STATED), people.ethnicity),
            _words(origins.languages, people.language),
            _days(people.died),
        ],
    )


def registrations_batch(people: People) -> pa.RecordBatch:
    """The table `registrations`: earlier spells before the one that counts."""
    person = np.concatenate([np.arange(len(people)), people.spell_of])
    start = np.concatenate([people.start, people.spell_start])
    end = np.concatenate([people.end, people.spell_end])
    kind = np.concatenate([people.kind, np.zeros(len(people.spell_of), dtype=np.int64)])
    order = np.lexsort((start, person))
    ids = _patient_ids(len(people)).take(pa.array(person[order]))
    return _batch("registrations", [ids, _days(start[order]), _days(end[order]), _words(KINDS, kind[order])])


def events_batch(rows: EventRows, count: int, coding: Coding) -> pa.RecordBatch:
    """The table `events` of a practice with `count` people."""
    return _batch(
        "events",
        [
            _patient_ids(count).take(pa.array(rows.person)),
            _days(rows.first),
            _days(rows.last),
            _words((CodingSystem.SNOMED.value,), np.zeros(len(rows.person), dtype=np.int64)),
            _words((*coding.codes, *NOISE_EVENTS), rows.code),
            _words(VALUE_TEXTS, rows.value),
            _words(UNITS, np.where(rows.unit == 0, -1, rows.unit)),
        ],
    )


def issues_batch(
    rows: IssueRows, count: int, outline: PracticeOutline, formulary: Formulary
) -> pa.RecordBatch:
    """The table `issues`."""
    quantity, unit = issued_quantities(rows, outline, formulary)
    known = rows.product < len(formulary.codes)
    words = tuple(forms[outline.traits.label_style] for forms in formulary.words)
    return _batch(
        "issues",
        [
            _patient_ids(count).take(pa.array(rows.person)),
            _days(rows.day),
            _words((*formulary.codes, *NOISE_ISSUES), rows.product),
            _words(VALUE_TEXTS, quantity),
            _words(QUANTITY_UNITS, unit),
            _words(words, np.where(known, rows.dosing, -1)),
        ],
    )


def issued_quantities(rows: IssueRows, outline: PracticeOutline, formulary: Formulary) -> tuple[Ints, Ints]:
    """How much each issue is, and the unit of it (both as the rows' words are numbered): inhalers are
    counted in devices, or in doses where the system does so."""
    known = rows.product < len(formulary.codes)
    product = np.where(known, rows.product, 0)
    in_doses: Flags = (
        outline.traits.counts_doses & formulary.inhaled[product] & (formulary.sourced_doses[product] > 0)
    )
    unit = np.where(formulary.inhaled[product], np.where(in_doses, DOSES, DEVICES), TABLETS)
    quantity = np.where(in_doses, rows.packs * formulary.sourced_doses[product], rows.packs)
    return np.where(known, quantity, rows.packs), np.where(known, unit, TABLETS)


def _batch(table: str, columns: list[pa.Array]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(columns, schema=CLEAN_SCHEMAS[table])


def _days(days: Ints) -> pa.Array:
    column = days.astype(np.int32)
    return pa.array(column, pa.int32(), mask=days >= NEVER).view(pa.date32())


def _words(words: Sequence[str], index: Ints) -> pa.Array:
    """The word of each index; null where the index is negative."""
    return _dictionary(tuple(words)).take(pa.array(index, mask=index < 0))


@lru_cache(maxsize=64)
def _dictionary(words: tuple[str, ...]) -> pa.Array:
    return pa.array(words, pa.string())


def _given_names(people: People, origins: Origins) -> pa.Array:
    tables = [table.names for table in origins.given]
    starts = np.cumsum([0, *(len(names) for names in tables[:-1])])
    words = tuple(name for names in tables for name in names)
    return _words(words, starts[people.generation] + people.given)


@lru_cache(maxsize=1)
def _many_ids(power: int) -> pa.Array:
    return pa.array([f"{number:07d}" for number in range(1, (1 << power) + 1)], pa.string())


def _patient_ids(count: int) -> pa.Array:
    """The system's own numbers: the place on the list."""
    return _many_ids(max(16, int(count - 1).bit_length())).slice(0, count)
