"""One practice's clean tables packed for the fast engine; everyone on its tables is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from imp2art.audit.indicator import Indicator
from imp2art.audit.packing.kinds import NO_KIND, KindTable, kind_maker
from imp2art.audit.packing.pack_people import EntryRows, PeopleRows, SpellRows, pack_people
from imp2art.audit.packing.packed import SEXES, Days, Offsets, Pack, ethnicity_number
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.record.patient import RegistrationKind

NEVER = np.int32(2**31 - 1)  # a day after every other: not died, still registered
_BETWEEN = "\x1f"  # stands in no code, number or unit


@dataclass(frozen=True, slots=True)
class PackedPractice:
    """`patient_ids` name the people of `people`, which holds this one practice."""

    patient_ids: tuple[str, ...]
    people: Pack

    def __len__(self) -> int:
        return len(self.patient_ids)


def pack_practice(
    tables: Mapping[str, pa.Table], indicators: Iterable[Indicator], library: Library
) -> PackedPractice:
    """Pack the four clean tables (`record.arrow_form.CLEAN_SCHEMAS`) of one practice."""
    kinds = kind_maker(indicators, library)
    patients = tables["patients"].sort_by("patient_id")
    ids = patients["patient_id"].combine_chunks()
    entries = _joined(_events(ids, tables["events"], kinds), _issues(ids, tables["issues"], kinds))
    spells = _spells(ids, tables["registrations"])
    people = _people(patients)
    packed = pack_people(("",), people, spells, entries, kinds.kinds, kinds.needs, keep_everyone=True)
    return PackedPractice(tuple(ids.to_pylist()), packed.pack)


def _people(patients: pa.Table) -> PeopleRows:
    """The people of one practice, in the table's order."""
    decile = patients["imd_decile"].cast(pa.int32()).fill_null(0).to_numpy()
    return PeopleRows(
        np.zeros(len(patients), np.int64),
        _days(patients["date_of_birth"]),
        _days(patients["date_of_death"]),
        _by_value(patients["sex"], lambda sex: SEXES.get(sex or "", 0)),
        decile.astype(np.uint8),
        _by_value(patients["ethnicity"], ethnicity_number),
    )


def _by_value(column: pa.ChunkedArray, number: Callable[[str | None], int]) -> NDArray[np.uint8]:
    coded = column.combine_chunks().cast(pa.string()).fill_null("").dictionary_encode()
    numbers = np.array([number(value or None) for value in coded.dictionary.to_pylist()] or [0], np.uint8)
    found: NDArray[np.uint8] = numbers[coded.indices.to_numpy(zero_copy_only=False)]
    return found


def _events(ids: pa.Array, table: pa.Table, kinds: KindTable) -> EntryRows:
    valued = pa.array(
        sorted(
            f"{system} {code}" for (system, code), lists in kinds.lists.items() if lists & kinds.needs.valued
        ),
        pa.string(),
    )
    key = pc.binary_join_element_wise(table["system"], table["code"], " ").combine_chunks()
    read = pc.is_in(key, valued)
    value = pc.if_else(read, table["value"].combine_chunks(), pa.scalar(None, pa.string()))
    rows = _kind_rows((table["system"], table["code"], value), kinds.of_event)
    return _entries(ids, table, rows, "event_first", "event_last")


def _issues(ids: pa.Array, table: pa.Table, kinds: KindTable) -> EntryRows:
    rows = _kind_rows((table["code"], table["quantity"], table["unit"]), kinds.of_issue)
    return _entries(ids, table, rows, "issue_date", "issue_date")


def _kind_rows(
    columns: Iterable[pa.ChunkedArray | pa.Array], number: Callable[..., int]
) -> NDArray[np.int64]:
    """The kind of each row, asked once for each different row; `NO_KIND` where there is none."""
    filled = [pc.fill_null(_whole(column), "") for column in columns]
    coded = pc.binary_join_element_wise(*filled, _BETWEEN).dictionary_encode()
    found = [number(*text.split(_BETWEEN)) for text in coded.dictionary.to_pylist()]
    numbers = np.array(found or [NO_KIND], np.int64)
    rows: NDArray[np.int64] = numbers[coded.indices.to_numpy(zero_copy_only=False)]
    return rows


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _entries(ids: pa.Array, table: pa.Table, kind: NDArray[np.int64], first: str, last: str) -> EntryRows:
    at = np.flatnonzero(kind != NO_KIND)
    kept = table.select(["patient_id", *dict.fromkeys((first, last))]).take(pa.array(at))
    return EntryRows(_owners(ids, kept), kind[at].astype(np.uint16), _days(kept[first]), _days(kept[last]))


def _joined(one: EntryRows, other: EntryRows) -> EntryRows:
    return EntryRows(
        np.concatenate((one.owner, other.owner)),
        np.concatenate((one.kind, other.kind)),
        np.concatenate((one.first, other.first)),
        np.concatenate((one.last, other.last)),
    )


def _spells(ids: pa.Array, registrations: pa.Table) -> SpellRows:
    permanent = registrations.filter(pc.equal(registrations["kind"], str(RegistrationKind.GMS)))
    return SpellRows(_owners(ids, permanent), _days(permanent["start_date"]), _days(permanent["end_date"]))


def _owners(ids: pa.Array, table: pa.Table) -> Offsets:
    found = pc.index_in(table["patient_id"].combine_chunks(), ids)
    if found.null_count:
        raise Refusal("A table of the extract names a patient that its list of patients lacks.")
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int64)


def _days(column: pa.ChunkedArray) -> Days:
    days = column.cast(pa.int32()).fill_null(int(NEVER))
    return np.asarray(days.to_numpy(), np.int32)
