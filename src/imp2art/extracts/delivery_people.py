"""The people of a delivery's part: patients and registrations as small numbers, faulty rows set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.bits.grid import as_days
from imp2art.audit.packing.compact import Records
from imp2art.audit.packing.compact_loops import Ids, Numbers, index_people
from imp2art.audit.packing.packed import FIRST_DAY, NEVER, SEXES, ShortDays, ethnicity_number
from imp2art.extracts.delivery_tables import NO_DAY, DeliveredFile, Group, Texts
from imp2art.extracts.rejects import RejectList
from imp2art.record.patient import RegistrationKind, Sex

Flags = NDArray[np.bool_]
Find = Callable[[Ids], Numbers]
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BAD = 255


@dataclass(frozen=True, slots=True)
class DeliveredPeople:
    """The right rows of `patients`, and their numbers in the file; nobody has spells yet.

    `index` is the table to find them by (`compact_loops.find_people`).
    """

    ids: Ids
    rows: Ids
    people: Records
    index: tuple[Ids, Numbers]


@dataclass(frozen=True, slots=True)
class DeliveredSpells:
    """The right rows of `registrations`; `permanent` ones count."""

    owner: Numbers
    start: ShortDays
    end: ShortDays
    permanent: Flags


class RowFaults:
    """The rows of a row group that are wrong, each noted by column and reason and left out."""

    def __init__(self, group: Group, rejects: RejectList) -> None:
        self._group, self._rejects = group, rejects
        self.wrong = np.zeros(len(group), bool)

    def note(self, column: str, reason: str, wrong: Flags | None, at: Numbers | None = None) -> None:
        """Rows that are wrong: among those at `at`, or among all."""
        if wrong is None or not wrong.any():
            return
        rows = np.flatnonzero(wrong) if at is None else at[wrong]
        self.wrong[rows] = True
        self._rejects.add(self._group.file, column, reason, rows.astype(np.int64) + self._group.first_row)

    def count(self, owner: Numbers | None = None, at: Numbers | None = None) -> None:
        """Count the rows that are out. `owner` is whose each row is, or each of those at `at`: noted too."""
        self._rejects.count_rows(self._group.file, int(self.wrong.sum()))
        if owner is not None and self.wrong.any():
            whose = owner[self.wrong if at is None else self.wrong[at]]
            self._rejects.note_owners(self._group.file, whose[whose >= 0])


def note_nobody(faults: RowFaults, group: Group, owner: Numbers, at: Numbers | None = None) -> None:
    """Rows of nobody, and of someone who is not in patients."""
    faults.note("patient", "it is empty", group.lacks("patient"))
    faults.note("patient", "its patient is not in patients", owner < 0, at)


def read_people(
    file: DeliveredFile, practices: Sequence[str], taken_on: date, rejects: RejectList
) -> DeliveredPeople:
    """Everyone in `patients`. Someone of an unknown practice, or there twice, is set aside."""
    places = {code: place for place, code in enumerate(practices)}
    pieces = [_people(group, places, taken_on, rejects) for group in file.groups()]
    ids = np.concatenate([each[0] for each in pieces] or [np.zeros(0, np.int64)])
    rows = np.concatenate([each[1] for each in pieces] or [np.zeros(0, np.int64)])
    columns = tuple(
        np.concatenate(column) for column in zip(_nobody(), *(each[2] for each in pieces), strict=True)
    )
    keys, of_keys, before = index_people(ids)
    first = before == np.arange(len(ids))
    if not first.all():
        rejects.add(file.file.name, "patient", "the patient has a row already", rows[~first])
        rejects.count_rows(file.file.name, int((~first).sum()))
        ids, rows, columns = ids[first], rows[first], tuple(column[first] for column in columns)
        keys, of_keys, _ = index_people(ids)
    return DeliveredPeople(ids, rows, _without_spells(columns, len(ids)), (keys, of_keys))


def _nobody() -> list[NDArray[Any]]:
    """The columns of nobody, for a month that brings no patient's row."""
    practice, days, small = np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros(0, np.uint8)
    return [practice, days, days, small, small, small]


def _without_spells(columns: tuple[NDArray[Any], ...], count: int) -> Records:
    practice, born, died, sex, decile, ethnicity = columns
    nothing = np.zeros(0, np.int16)
    offsets = np.zeros(count + 1, np.int64)
    return Records(practice, born, died, sex, decile, ethnicity, offsets, nothing, nothing)


def _people(
    group: Group, places: Mapping[str, int], taken_on: date, rejects: RejectList
) -> tuple[Ids, Ids, list[NDArray[Any]]]:
    faults = RowFaults(group, rejects)
    ids, born, died = group.patients(), group.days("born"), group.days("died")
    practice = _numbers(group.texts("practice"), lambda word: places.get(word, -1), np.int32)
    sex = _numbers(group.texts("sex"), _sex, np.uint8, _BAD)
    ethnicity = _numbers(group.texts("ethnicity"), _ethnicity, np.uint8, 0)
    decile = group.deciles()
    last = int(as_days([taken_on])[0])
    faults.note("patient", "it is empty", group.lacks("patient"))
    faults.note("practice", "the manifest names no such practice in this part", practice < 0)
    faults.note("born", "it is empty, or no day from 1880 on", (born < FIRST_DAY) | (born == NO_DAY))
    faults.note("born", "it is after the day of the delivery", (born > last) & (born != NO_DAY))
    faults.note("sex", f"it is none of {', '.join(Sex)}", sex == _BAD)
    faults.note("imd_decile", "it is not from 1 to 10", (decile < 0) | (decile > 10) | _nought(group, decile))
    faults.note("ethnicity", "it is no letter from A to Z", ethnicity == _BAD)
    faults.note("died", "it is before the day of birth", died < born)
    faults.note("died", "it is after the day of the delivery", (died > last) & (died != NO_DAY))
    faults.count()
    right = np.flatnonzero(~faults.wrong)
    columns = [practice, short(born), short(died), sex, decile.astype(np.uint8), ethnicity]
    return ids[right], right + group.first_row, [column[right] for column in columns]


def _nought(group: Group, decile: Numbers) -> Flags:
    """A nought that is written out, not an empty cell."""
    lacks = group.lacks("imd_decile")
    nought: Flags = decile == 0
    return nought if lacks is None else nought & ~lacks


def _sex(word: str) -> int:
    return SEXES.get(word, 0) if word in set(Sex) else _BAD


def _ethnicity(word: str) -> int:
    return ethnicity_number(word) if word in _LETTERS else _BAD


def _numbers(
    texts: Texts, number: Callable[[str], int], kind: type[np.generic], nothing: int = -1
) -> NDArray[Any]:
    """The number of each row's word; `nothing` where it has none."""
    table = np.array([*(number(word) for word in texts.words), nothing], kind)
    found: NDArray[Any] = table[texts.places]
    return found


def read_spells(file: DeliveredFile, find: Find, taken_on: date, rejects: RejectList) -> DeliveredSpells:
    """Everyone's registrations; `find` gives the number of each pseudonym, or -1."""
    pieces = [_spells(group, find, taken_on, rejects) for group in file.groups()]
    if not pieces:
        days = np.zeros(0, np.int16)
        return DeliveredSpells(np.zeros(0, np.int32), days, days, np.zeros(0, bool))
    return DeliveredSpells(*(np.concatenate(column) for column in zip(*pieces, strict=True)))


def _spells(
    group: Group, find: Find, taken_on: date, rejects: RejectList
) -> tuple[Numbers, ShortDays, ShortDays, Flags]:
    faults = RowFaults(group, rejects)
    owner, start, end = find(group.patients()), group.days("start"), group.days("end")
    kinds = {str(RegistrationKind.GMS): 1, str(RegistrationKind.TEMPORARY): 0, str(RegistrationKind.OTHER): 0}
    kind = _numbers(group.texts("kind"), lambda word: kinds.get(word, -1), np.int8)
    last = int(as_days([taken_on])[0])
    note_nobody(faults, group, owner)
    faults.note("start", "it is empty, or no day from 1880 on", (start < FIRST_DAY) | (start == NO_DAY))
    faults.note("start", "it is after the day of the delivery", (start > last) & (start != NO_DAY))
    faults.note("end", "it is before the start", end < start)
    faults.note("kind", f"it is none of {', '.join(kinds)}", kind < 0)
    faults.count(owner)
    right = ~faults.wrong
    return owner[right], short(start)[right], short(end)[right], kind[right] == 1


def short(days: Numbers) -> ShortDays:
    """Days in 16 bits, as a pack has them; one that does not come is NEVER."""
    return np.clip(days, FIRST_DAY, NEVER).astype(np.int16)
