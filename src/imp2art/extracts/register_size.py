"""How many people of a staged extract are on the asthma register: the figure that an import compares.

A count over sets, quick and without reasons; `audit.reference.find` says for one person why. The
two agree, and a generative test holds them together. Clinical fact file §5.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from imp2art.asthma.reference import whole
from imp2art.codes.codelist import Codelist
from imp2art.codes.library import Library
from imp2art.core.period import add_months
from imp2art.extracts.staging import StagedExtract
from imp2art.record.arrow_form import CLEAN_SCHEMAS

_PERSON = ["patient_id"]
_DATED = ["patient_id", "event_first", "event_last"]


def count_register(staged: StagedExtract, library: Library, on: date) -> int:
    """People diagnosed and not resolved since, treated lately, old enough, alive and registered."""
    people = _unresolved(staged, library)
    for needed in (_treated(staged, library, on), _registered(staged, on), _alive_and_old_enough(staged, on)):
        people = people.filter(pc.is_in(people, value_set=needed))
    return len(people)


def _unresolved(staged: StagedExtract, library: Library) -> pa.Array:
    """Whoever has a diagnosis and, from its first possible day on, no resolution."""
    diagnoses = _events_in(staged, library.codelist("asthma-diagnosis"))
    resolutions = _events_in(staged, library.codelist("asthma-resolved"))
    newest = diagnoses.sort_by([("event_last", "descending"), ("event_first", "descending")])
    latest = newest.group_by(_PERSON, use_threads=False).aggregate([("event_first", "first")])
    ended = resolutions.group_by(_PERSON).aggregate([("event_last", "max")])
    joined = latest.join(ended, _PERSON)
    since = pc.greater_equal(joined["event_last_max"], joined["event_first_first"])
    return joined.filter(pc.invert(pc.fill_null(since, False)))["patient_id"].combine_chunks()


def _events_in(staged: StagedExtract, codelist: Codelist) -> pa.Table:
    """Rows of a list; its systems are told apart, as a text may be a code of two."""
    wanted = pa.array([f"{code.system} {code}" for code in codelist], pa.string())
    found = [
        batch.select(_DATED).filter(
            pc.is_in(pc.binary_join_element_wise(batch["system"], batch["code"], " "), value_set=wanted)
        )
        for batch in staged.batches("events", [*_DATED, "system", "code"])
    ]
    return pa.Table.from_batches(found, pa.schema([CLEAN_SCHEMAS["events"].field(name) for name in _DATED]))


def _treated(staged: StagedExtract, library: Library, on: date) -> pa.Array:
    after = pa.scalar(add_months(on, -whole("register-treatment-months", on)), pa.date32())
    wanted = pa.array(map(str, library.codelist("asthma-treatment")), pa.string())
    return _people(
        batch.filter(
            pc.and_(pc.is_in(batch["code"], value_set=wanted), pc.greater(batch["issue_date"], after))
        )
        for batch in staged.batches("issues", ["patient_id", "issue_date", "code"])
    )


def _registered(staged: StagedExtract, on: date) -> pa.Array:
    day = pa.scalar(on, pa.date32())
    return _people(
        batch.filter(
            pc.and_(
                pc.equal(batch["kind"], "gms"),
                pc.and_(
                    pc.less_equal(batch["start_date"], day),
                    pc.fill_null(pc.greater(batch["end_date"], day), True),
                ),
            )
        )
        for batch in staged.batches("registrations")
    )


def _alive_and_old_enough(staged: StagedExtract, on: date) -> pa.Array:
    newest_birth = pa.scalar(add_months(on, -12 * whole("register-age", on)), pa.date32())
    return _people(
        batch.filter(
            pc.and_(pc.less_equal(batch["date_of_birth"], newest_birth), pc.is_null(batch["date_of_death"]))
        )
        for batch in staged.batches("patients", ["patient_id", "date_of_birth", "date_of_death"])
    )


def _people(batches: Iterable[pa.RecordBatch]) -> pa.Array:
    return pa.chunked_array([batch["patient_id"] for batch in batches], pa.string()).unique()
