"""Why one person of an extract counts as they do: read from its folder, without a site; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from imp2art.audit.drafting import whole_months
from imp2art.audit.explain import Explanation, explain_finding
from imp2art.audit.indicator import Indicator
from imp2art.audit.packs import indicators_for
from imp2art.audit.records import records_of
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.extracts.reader import Extract, open_extract
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.patient_record import PatientRecord


@dataclass(frozen=True, slots=True)
class ExplainedEntry:
    """The answer of one indicator for one person of the extract, as at `on`."""

    slug: str
    on: date
    found: Explanation


def explain_in_extract(
    folder: Path, patient_id: str, slugs: tuple[str, ...], library: Library, on: date | None = None
) -> tuple[ExplainedEntry, ...]:
    """Explain these indicators, or without any all that the extract's nation counts.

    `patient_id` is the extract's own. Without `on` it is the newest month end of the extract's audit.
    Raises `Refusal` for a person whom the extract does not have or whose row is faulty, for an indicator
    that cannot be counted, and for a day that the extract does not cover.
    """
    extract = open_extract(folder)
    wanted = tuple(_indicators(slugs, extract.manifest.nation, library))
    day = _day(on, extract.manifest.taken_on)
    record = _record(extract, patient_id, wanted, library)
    return tuple(
        ExplainedEntry(each.slug, day, explain_finding(each, record, day, library)) for each in wanted
    )


def _indicators(slugs: tuple[str, ...], nation: str, library: Library) -> Iterator[Indicator]:
    ready, lacking = indicators_for(nation, library)
    counted = {each.slug: each for each in ready}
    for slug in slugs or counted:
        if slug in lacking:
            raise Refusal(
                f"{slug} cannot be counted here: these lists have no codes: {', '.join(lacking[slug])}."
            )
        if slug not in counted:
            raise Refusal(f"There is no indicator {slug}. These are counted: {', '.join(sorted(counted))}.")
        yield counted[slug]


def _day(on: date | None, taken_on: date) -> date:
    if on is None:
        return whole_months(taken_on, 1)[0]
    if on > taken_on:
        raise Refusal(
            f"The extract was taken on {taken_on}: it does not tell of {on}. Choose an earlier day."
        )
    return on


def _record(
    extract: Extract, patient_id: str, indicators: tuple[Indicator, ...], library: Library
) -> PatientRecord:
    slugs = {slug for indicator in indicators for slug in indicator.codelists}
    codes = frozenset(code for slug in slugs for code in library.codelist(slug))
    tables = {
        name: pa.Table.from_batches(
            [
                batch.filter(pc.equal(batch["patient_id"], patient_id))
                for batch in extract.clean_batches(name, codes)
            ],
            schema,
        )
        for name, schema in CLEAN_SCHEMAS.items()
    }
    found = next(records_of(tables, [patient_id]), None)
    if found is None:
        raise Refusal(
            "The extract has nobody of that patient_id, or their row is faulty. `imp2art audit` lists faulty "
            "rows in rejects.csv."
        )
    return found
