"""A simulated practice as part of a delivery: what was recorded up to a day, and what after it.

The model runs to the end of the later span; the earlier delivery is what could be seen on its day. So the
two together are the whole, and the earlier is the same whether or not the later is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from imp2art.codes.identifiers import CodingSystem
from imp2art.codes.library import Library
from imp2art.record.delivery_form import DELIVERY_SCHEMAS
from imp2art.simulate.arrays import NEVER, Flags, Ints
from imp2art.simulate.arrow_tables import issued_quantities
from imp2art.simulate.care import draw_care
from imp2art.simulate.coding import UNITS
from imp2art.simulate.dice import dice_of
from imp2art.simulate.model import Model
from imp2art.simulate.noise import NOISE_EVENTS, NOISE_ISSUES
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.people import KINDS, NOT_STATED, SEXES, People, draw_people
from imp2art.simulate.pseudonyms import pseudonyms
from imp2art.simulate.rows import QUANTITY_UNITS, VALUE_TEXTS, EventRows, IssueRows

# One row of noise in so many is of a list that the care of people with asthma does not draw from, so that
# people without asthma have entries that some indicator reads. A choice of ours, as the noise is. [C]
_LISTED_ONE_IN = 250
_LISTED_EVENTS = ("plan-agreed", "self-management-education")
_LISTED_ISSUES = ("beta-blocker-non-selective",)
_MANY = len(NOISE_EVENTS)

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of codes by their index in the rows: what care draws, noise, and the listed among it."""

    events: pa.Array
    issues: pa.Array
    listed_events: int
    listed_issues: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """The tables of a practice (`DELIVERY_SCHEMAS`, texts as dictionaries) and its list on each last day."""

    until: Tables
    after: Tables
    listed_until: int
    listed_after: int


def words_of(model: Model, library: Library) -> Words:
    """The texts that the codes of rows stand for, each once: Parquet has no dictionary with doubles."""
    events = _listed_codes(library, _LISTED_EVENTS, model.coding.codes)
    issues = _listed_codes(library, _LISTED_ISSUES, model.formulary.codes)
    return Words(
        pa.array([*model.coding.codes, *NOISE_EVENTS, *events], pa.string()),
        pa.array([*model.formulary.codes, *NOISE_ISSUES, *issues], pa.string()),
        len(events),
        len(issues),
    )


def _listed_codes(library: Library, slugs: Sequence[str], drawn: Sequence[str]) -> list[str]:
    codes = dict.fromkeys(str(code) for slug in slugs for code in library.codelist(slug))
    return [code for code in codes if code not in drawn]


def deliver_practice(model: Model, outline: PracticeOutline, words: Words, until: int) -> Delivered:
    """The practice as at day `until`, and what came after it up to the model's last day."""
    dice = dice_of(model.seed, outline.index, "people")
    people = draw_people(outline, dice, model.frame, model.parameters, model.origins, model.months, 0)
    events, issues = draw_care(model, outline, people, 0)
    ids = pseudonyms(model.seed, outline.first_person, len(people))
    came = people.start.copy()
    np.minimum.at(came, people.spell_of, people.spell_start)
    known = came <= until
    # What was recorded of someone before they came, comes with them.
    early_events, early_issues = (events.first <= until) & known[events.person], issues.day <= until
    tables = {
        "patients": _patients(model, outline, people, ids, until, known),
        "registrations": _registrations(people, ids, until),
        "events": _split(events.first, early_events, _events(events, ids, words, len(model.coding.codes))),
        "issues": _split(issues.day, early_issues, _issues(issues, ids, words, model, outline)),
    }
    return Delivered(
        {name: earlier for name, (earlier, _) in tables.items()},
        {name: later for name, (_, later) in tables.items()},
        _listed(people, until),
        _listed(people, model.frame.as_at),
    )


def _listed(people: People, on: int) -> int:
    there = (people.start <= on) & (people.end > on) & (people.died > on) & (people.kind == 0)
    return int(there.sum())


def _patients(
    model: Model, outline: PracticeOutline, people: People, ids: Ints, until: int, known: Flags
) -> tuple[pa.Table, pa.Table]:
    """Everyone who was there by the day, then those who came or died after it."""
    died_later = (people.died > until) & (people.died < NEVER)

    def table(kept: Flags, died: Ints) -> pa.Table:
        return _table(
            "patients",
            [
                _words(pa.array([str(outline.code)]), np.zeros(int(kept.sum()), np.int64)),
                pa.array(ids[kept]),
                _days(people.born[kept]),
                _words(pa.array(SEXES), people.sex[kept]),
                pa.array(people.decile[kept].astype(np.int8), mask=people.decile[kept] == 0),
                _words(pa.array([*model.origins.ethnicities, NOT_STATED]), people.ethnicity[kept]),
                _days(died[kept]),
            ],
        )

    return table(known, np.where(died_later, NEVER, people.died)), table(~known | died_later, people.died)


def _registrations(people: People, ids: Ints, until: int) -> tuple[pa.Table, pa.Table]:
    """The spells begun by the day, as then known; then those that began or ended after it."""
    person = np.concatenate([np.arange(len(people)), people.spell_of])
    start = np.concatenate([people.start, people.spell_start])
    end = np.concatenate([people.end, people.spell_end])
    kind = np.concatenate([people.kind, np.zeros(len(people.spell_of), np.int64)])
    begun, ended_later = start <= until, (end > until) & (end < NEVER)

    def table(kept: Flags, ends: Ints) -> pa.Table:
        columns = [pa.array(ids[person[kept]]), _days(start[kept]), _days(ends[kept])]
        return _table("registrations", [*columns, _words(pa.array(KINDS), kind[kept])])

    return table(begun, np.where(ended_later, NEVER, end)), table(~begun | ended_later, end)


def _events(rows: EventRows, ids: Ints, words: Words, own: int) -> pa.Table:
    code = _some_listed(rows.code, own, words.listed_events)
    count = len(code)
    columns = [
        pa.array(ids[rows.person]),
        _days(rows.first),
        _days(rows.last),
        _words(pa.array([CodingSystem.SNOMED.value]), np.zeros(count, np.int64)),
        _words(words.events, code),
        _words(pa.array(VALUE_TEXTS), rows.value),
        _words(pa.array(UNITS), np.where(rows.unit == 0, -1, rows.unit)),
    ]
    return _table("events", columns)


def _issues(rows: IssueRows, ids: Ints, words: Words, model: Model, outline: PracticeOutline) -> pa.Table:
    quantity, unit = issued_quantities(rows, outline, model.formulary)
    product = _some_listed(rows.product, len(model.formulary.codes), words.listed_issues)
    columns = [
        pa.array(ids[rows.person]),
        _days(rows.day),
        _words(words.issues, product),
        _words(pa.array(VALUE_TEXTS), quantity),
        _words(pa.array(QUANTITY_UNITS), unit),
    ]
    return _table("issues", columns)


def _some_listed(code: Ints, own: int, listed: int) -> Ints:
    """The codes with one row of noise in `_LISTED_ONE_IN` made into one of a list, whichever comes."""
    at = np.flatnonzero(code >= own)[::_LISTED_ONE_IN]
    changed = code.copy()
    changed[at] = own + _MANY + (code[at] - own) * 7919 % listed
    return changed


def _split(day: Ints, early: Flags, table: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The early rows and the others, each in the order of their days."""
    order = np.argsort(day.astype(np.int16), kind="stable")  # 16 bits are sorted by counting
    is_early = early[order]
    return table.take(pa.array(order[is_early])), table.take(pa.array(order[~is_early]))


def _table(name: str, columns: list[pa.Array]) -> pa.Table:
    fields = [
        pa.field(field.name, column.type, field.nullable)
        for field, column in zip(DELIVERY_SCHEMAS[name], columns, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def _days(days: Ints) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=days >= NEVER).view(pa.date32())


def _words(words: pa.Array, index: Ints) -> pa.DictionaryArray:
    """The word of each index; null where the index is negative."""
    places = pa.array(index.astype(np.int32), pa.int32(), mask=index < 0)
    return pa.DictionaryArray.from_arrays(places, words)
