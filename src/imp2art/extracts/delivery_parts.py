"""One part of a delivery from its files to a compact part, or to what it adds to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from imp2art.audit.packing.compact import Base, Flags, Month, Rows, compact, numbers_of, with_spells
from imp2art.audit.packing.compact_loops import Ids, Numbers, find_people, index_people
from imp2art.audit.packing.compact_months import Arrived, add_month, people_of, practice_of
from imp2art.audit.packing.kinds import KindTable
from imp2art.extracts.delivery_entries import CodeNumbers, named_in, read_events, read_issues
from imp2art.extracts.delivery_people import DeliveredPeople, Find, read_people, read_spells
from imp2art.extracts.delivery_tables import DeliveredFile, open_file
from imp2art.extracts.delivery_unread import Home, Unread, unheard_of, unread_in
from imp2art.extracts.rejects import RejectList
from imp2art.record.delivery_form import DELIVERY_SCHEMAS, DeliveryManifest


@dataclass(frozen=True, slots=True)
class Opened:
    """A part's files, checked, with its practices."""

    manifest: DeliveryManifest
    practices: Sequence[str]
    files: dict[str, DeliveredFile]

    @property
    def rows(self) -> int:
        """The rows of all four tables."""
        return sum(file.file.rows for file in self.files.values())

    def name_of(self, table: str) -> str:
        """A table's file, as the manifest names it."""
        return self.files[table].file.name


def open_part(delivery: Path, manifest: DeliveryManifest, part: str) -> Opened:
    """The part's four files, their digests and columns found right; else a `Refusal`."""
    held = {file.name: file for file in manifest.files}
    return Opened(
        manifest,
        [practice.code for practice in manifest.practices if practice.part == part],
        {name: open_file(delivery, held[f"{part}/{name}.parquet"]) for name in DELIVERY_SCHEMAS},
    )


def build_part(opened: Opened, kinds: KindTable, rejects: RejectList) -> tuple[Base, tuple[Unread, ...]]:
    """The part of a whole delivery, and the practices of whom nothing could be read."""
    taken_on = opened.manifest.taken_on
    came = read_people(opened.files["patients"], opened.practices, taken_on, rejects)

    def find(ids: Ids) -> Numbers:
        found: Numbers = find_people(*came.index, ids)
        return found

    spells = read_spells(opened.files["registrations"], find, taken_on, rejects)
    events, issues = _entries(opened, kinds, find, rejects)

    def home(people: Numbers) -> Numbers:
        found: Numbers = came.people.practice[people]
        return found

    owners = {"registrations": spells.owner, "events": events.owner, "issues": issues.owner}
    unread = (
        *unheard_of(
            opened.name_of("patients"), opened.manifest.practices, opened.practices, came.people.practice
        ),
        *_unread(opened, opened.practices, owners, rejects, home),
    )
    mine = spells.permanent
    people = with_spells(came.people, spells.owner[mine], spells.start[mine], spells.end[mine])
    rows = joined_rows([events, issues])
    return compact(opened.practices, came.ids, people, rows, kinds.kinds, kinds.needs), unread


def _unread(
    opened: Opened,
    practices: Sequence[str],
    owners: Mapping[str, Numbers],
    rejects: RejectList,
    home: Home,
) -> Iterator[Unread]:
    for table, read in owners.items():
        yield from unread_in(opened.name_of(table), practices, read, rejects, home)


def add_part(
    opened: Opened, base: Base, months: Sequence[Month], kinds: KindTable, rejects: RejectList
) -> tuple[Month, tuple[Unread, ...]]:
    """What the part of a delivery that adds brings to the part that is there, and the practices of whose
    entries nothing could be read.

    `kinds` goes on from those of the part.
    """
    taken_on = opened.manifest.taken_on
    came = read_people(opened.files["patients"], base.pack.practices, taken_on, rejects)
    named = _named(opened, came.ids, kinds)
    keys, places, _ = index_people(named)
    known = numbers_of(base, months, named)
    number = known[find_people(keys, places, came.ids)]
    came, number = _in_place(opened.files["patients"], came, number, base, months, rejects)
    new_ids = came.ids[number < 0]
    number[number < 0] = people_of(base, months) + np.arange(len(new_ids), dtype=np.int32)
    known[find_people(keys, places, came.ids)] = number

    def find(ids: Ids) -> Numbers:
        found: Numbers = known[find_people(keys, places, ids)]
        return found

    spells = read_spells(opened.files["registrations"], find, taken_on, rejects)
    events, issues = _entries(opened, kinds, find, rejects)

    def home(people: Numbers) -> Numbers:
        held = people_of(base, months)
        found = practice_of(base, months, np.where(people < held, people, -1))
        come = people >= held
        found[come] = came.people.practice[number >= held][people[come] - held]
        return found

    owners = {"events": events.owner, "issues": issues.owner}
    unread = tuple(_unread(opened, base.pack.practices, owners, rejects, home))
    arrived = Arrived(
        new_ids,
        number,
        came.people,
        spells.owner,
        spells.start,
        spells.end,
        spells.permanent,
        joined_rows([events, issues]),
        kinds.kinds,
    )
    return add_month(base, months, arrived), unread


def _named(opened: Opened, came: Ids, kinds: KindTable) -> Ids:
    """Everybody in a row that counts, so that the part is gone through once for all of them."""
    codes = CodeNumbers(replace(kinds, numbers=dict(kinds.numbers)))
    spells = [group.patients() for group in opened.files["registrations"].groups(("patient",))]
    entries = [named_in(opened.files[name], codes) for name in ("events", "issues")]
    return np.concatenate([came, *spells, *entries])


def _entries(opened: Opened, kinds: KindTable, find: Find, rejects: RejectList) -> tuple[Rows, Rows]:
    """The right rows of events and of issues that some rule reads."""
    codes = CodeNumbers(kinds)
    taken_on = opened.manifest.taken_on
    return (
        joined_rows(read_events(opened.files["events"], codes, find, taken_on, rejects)),
        joined_rows(read_issues(opened.files["issues"], codes, find, taken_on, rejects)),
    )


def joined_rows(pieces: Iterable[Rows]) -> Rows:
    """The rows one after the other."""
    nothing = Rows(
        np.zeros(0, np.int32), np.zeros(0, np.uint16), np.zeros(0, np.int16), np.zeros(0, np.int16)
    )
    held = [nothing, *pieces]
    return Rows(*(np.concatenate([getattr(piece, name) for piece in held]) for name in Rows.__slots__))


def _in_place(
    file: DeliveredFile,
    came: DeliveredPeople,
    number: Numbers,
    base: Base,
    months: Sequence[Month],
    rejects: RejectList,
) -> tuple[DeliveredPeople, Numbers]:
    """Those who are where they were: a pseudonym is one person's, in one practice."""
    there = practice_of(base, months, number)
    right: Flags = (number < 0) | (there == came.people.practice)
    if right.all():
        return came, number
    rejects.add(
        file.file.name, "practice", "the patient is in another practice of the store", came.rows[~right]
    )
    rejects.count_rows(file.file.name, int((~right).sum()))
    return _chosen(came, right), number[right]


def _chosen(came: DeliveredPeople, right: Flags) -> DeliveredPeople:
    names = ("practice", "born", "died", "sex", "decile", "ethnicity")
    columns = {name: getattr(came.people, name)[right] for name in names}
    offsets = np.zeros(int(right.sum()) + 1, np.int64)
    people = replace(came.people, spell_offsets=offsets, **columns)
    return replace(came, ids=came.ids[right], rows=came.rows[right], people=people)
