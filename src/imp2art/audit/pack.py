"""One practice's clean tables as small sorted arrays: what the fast engine counts from.

Only entries whose code some indicator needs are packed. Days are int32 counted from 1970-01-01. Rows
of a list are sorted by patient, so that `offsets[p]:offsets[p + 1]` are those of patient `p`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from types import UnionType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from imp2art.audit.conditions import CoursesAtLeast, DevicesAtLeast, codelists_of
from imp2art.audit.indicator import Indicator
from imp2art.codes.identifiers import Code, CodingSystem, DmdCode
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.record.devices import devices_of
from imp2art.record.events import IssueUnit
from imp2art.record.patient import RegistrationKind

Days = NDArray[np.int32]
Offsets = NDArray[np.int64]
NEVER = np.int32(2**31 - 1)  # a day after every other: not died, still registered
UNKNOWN = -1  # the weight of an issue whose devices the record does not tell
_FINEST = 10**9  # parts of a device, and
_ENOUGH = 1000  # devices in one issue: more than any rule asks for. So that sums fit into 64 bits.


@dataclass(frozen=True, slots=True)
class Spans:
    """Dated entries, each from `first` to `last` (one day unless the date is partial)."""

    offsets: Offsets
    first: Days
    last: Days


@dataclass(frozen=True, slots=True)
class Issues:
    """Issues of a medicine. `weight` is the devices in parts (`PackedPractice.parts`), or UNKNOWN."""

    offsets: Offsets
    day: Days
    weight: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PackedPractice:
    """`spans` and `issues` by codelist slug; `spells` are permanent registrations, end not included.

    `parts` is how many parts of weight make one device, so that fractions stay whole numbers.
    """

    patient_ids: tuple[str, ...]
    born: Days
    died: Days
    spells: Spans
    spans: Mapping[str, Spans]
    issues: Mapping[str, Issues]
    parts: int

    def __len__(self) -> int:
        return len(self.patient_ids)


def pack_practice(
    tables: Mapping[str, pa.Table], indicators: Iterable[Indicator], library: Library
) -> PackedPractice:
    """Pack the four clean tables (`record.arrow_form.CLEAN_SCHEMAS`) of one practice."""
    wanted = tuple(indicators)
    patients = tables["patients"].sort_by("patient_id")
    ids = patients["patient_id"].combine_chunks()
    slugs = sorted(frozenset[str]().union(*(indicator.codelists for indicator in wanted)))
    events = _Rows.of(ids, tables["events"], "event_first", "event_last", library, slugs)
    issues = _Rows.of(ids, tables["issues"], "issue_date", "issue_date", library, slugs)
    counted = sorted(_slugs_of(wanted, DevicesAtLeast | CoursesAtLeast))
    weights, parts = _weights(tables["issues"], issues, _slugs_of(wanted, DevicesAtLeast), library)
    return PackedPractice(
        patient_ids=tuple(ids.to_pylist()),
        born=_days(patients["date_of_birth"]),
        died=_days(patients["date_of_death"]),
        spells=_spells(ids, tables["registrations"]),
        spans={slug: _spans(len(ids), events, issues, slug) for slug in slugs},
        issues={slug: _issues(len(ids), issues, weights, slug) for slug in counted},
        parts=parts,
    )


def _slugs_of(indicators: Iterable[Indicator], kinds: type | UnionType) -> set[str]:
    """The lists that conditions of these kinds count."""
    atoms = (atom for indicator in indicators for atom in indicator.atoms)
    return {codelists_of(atom)[0] for atom in atoms if isinstance(atom, kinds)}


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table whose code is in some list: `at` is their place in it."""

    at: NDArray[np.int64]
    owner: NDArray[np.int64]
    first: Days
    last: Days
    members: Mapping[str, NDArray[np.bool_]]  # by slug: whether the row's code is in the list

    @classmethod
    def of(
        cls, ids: pa.Array, table: pa.Table, first: str, last: str, library: Library, slugs: Iterable[str]
    ) -> _Rows:
        lists = {slug: library.codelist(slug) for slug in slugs}
        codes = sorted({code for codelist in lists.values() for code in codelist}, key=_key)
        number = pc.index_in(_keys(table), pa.array([_key(code) for code in codes], pa.string()))
        at = np.flatnonzero(number.is_valid().to_numpy(zero_copy_only=False))
        kept = table.take(pa.array(at))
        numbers = number.take(pa.array(at)).to_numpy(zero_copy_only=False)
        members = {
            slug: np.fromiter((code in codelist for code in codes), bool, len(codes))[numbers]
            for slug, codelist in lists.items()
        }
        return cls(at, _owners(ids, kept), _days(kept[first]), _days(kept[last]), members)


def _key(code: Code) -> str:
    return f"{code.system} {code}"


def _keys(table: pa.Table) -> pa.Array:
    """System and code of each row: the same digits in two systems are two codes."""
    dmd = pa.scalar(str(CodingSystem.DMD))
    system = table["system"].combine_chunks() if "system" in table.column_names else dmd
    return pc.binary_join_element_wise(system, table["code"].combine_chunks(), " ")


def _owners(ids: pa.Array, table: pa.Table) -> NDArray[np.int64]:
    found = pc.index_in(table["patient_id"].combine_chunks(), ids)
    if found.null_count:
        raise Refusal("A table of the extract names a patient that its list of patients lacks.")
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int64)


def _days(column: pa.ChunkedArray) -> Days:
    days = column.cast(pa.int32()).fill_null(int(NEVER))
    return np.asarray(days.to_numpy(), np.int32)


def _offsets(people: int, owner: NDArray[np.int64]) -> Offsets:
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=people)))).astype(np.int64)


def _sorted_spans(people: int, owner: NDArray[np.int64], first: Days, last: Days) -> Spans:
    order = np.lexsort((last, first, owner))
    return Spans(_offsets(people, owner), first[order], last[order])


def _spans(people: int, events: _Rows, issues: _Rows, slug: str) -> Spans:
    chosen = [(rows, rows.members[slug]) for rows in (events, issues)]
    owner, first, last = (
        np.concatenate([getattr(rows, name)[member] for rows, member in chosen])
        for name in ("owner", "first", "last")
    )
    return _sorted_spans(people, owner, first, last)


def _spells(ids: pa.Array, registrations: pa.Table) -> Spans:
    permanent = registrations.filter(pc.equal(registrations["kind"], str(RegistrationKind.GMS)))
    owner = _owners(ids, permanent)
    return _sorted_spans(len(ids), owner, _days(permanent["start_date"]), _days(permanent["end_date"]))


def _issues(people: int, issues: _Rows, weights: NDArray[np.int64], slug: str) -> Issues:
    member = issues.members[slug]
    owner, day, weight = issues.owner[member], issues.first[member], weights[member]
    order = np.lexsort((day, owner))
    return Issues(_offsets(people, owner), day[order], weight[order])


def _weights(
    table: pa.Table, issues: _Rows, slugs: Iterable[str], library: Library
) -> tuple[NDArray[np.int64], int]:
    """The devices of each kept issue in parts, and the number of parts in a device."""
    weights = np.full(len(issues.at), UNKNOWN, np.int64)
    counted = np.zeros(len(issues.at), bool)
    for slug in slugs:
        counted |= issues.members[slug]
    kinds = _kinds(table.select(["code", "quantity", "unit"]).take(pa.array(issues.at[counted])))
    devices = [_devices(kind, library) for kind in kinds[0]]
    parts = lcm(*(count.denominator for count in devices if count is not None))
    if parts > _FINEST:
        raise Refusal("The doses in the devices of this library cannot be counted exactly together.")
    in_parts = [UNKNOWN if count is None else int(min(count, Fraction(_ENOUGH)) * parts) for count in devices]
    weights[counted] = np.array(in_parts, np.int64)[kinds[1]]
    return weights, parts


def _kinds(table: pa.Table) -> tuple[list[dict[str, str | None]], NDArray[np.int64]]:
    """The different (code, quantity, unit) and which of them each row is: few, for many rows."""
    joined = pc.binary_join_element_wise(
        *(table[name].combine_chunks().fill_null("") for name in table.column_names), "|"
    ).dictionary_encode()
    kinds = [
        dict(zip(table.column_names, key.split("|"), strict=True)) for key in joined.dictionary.to_pylist()
    ]
    return kinds, np.asarray(joined.indices.to_numpy(zero_copy_only=False), np.int64)


def _devices(kind: Mapping[str, str | None], library: Library) -> Fraction | None:
    quantity = Decimal(kind["quantity"]) if kind["quantity"] else None
    return devices_of(library.medicine(DmdCode(kind["code"] or "")), quantity, IssueUnit(kind["unit"] or ""))
