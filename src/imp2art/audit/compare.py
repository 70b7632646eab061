"""The fast engine against its slow twin, on the practice's own people, before any figure is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from imp2art.audit.engine import members_of
from imp2art.audit.indicator import Indicator
from imp2art.audit.packing.pack import PackedPractice
from imp2art.audit.records import records_of
from imp2art.audit.reference import find
from imp2art.audit.reports.report import Checks
from imp2art.codes.library import Library
from imp2art.core.finding import Outcome
from imp2art.core.refusal import Refusal
from imp2art.record.patient_record import PatientRecord

MOST_PEOPLE = 1000  # both engines work out so many people of a practice; the report says how many


class EnginesDiffer(Refusal):
    """The twins do not agree, so no figure was kept."""


def compare_engines(
    tables: Mapping[str, pa.Table],
    practice: PackedPractice,
    indicators: Sequence[Indicator],
    month_ends: Sequence[date],
    library: Library,
) -> Checks:
    """Work out people with both engines at the first, middle and newest month end.

    Raises `EnginesDiffer` where they do: a figure that the twins do not agree on is never kept.
    """
    chosen = people_to_compare(practice)
    dates = tuple(dict.fromkeys((month_ends[0], month_ends[len(month_ends) // 2], month_ends[-1])))
    records = tuple(records_of(tables, chosen))
    differences = sum(_differences(practice, indicators, records, on, library) for on in dates)
    if differences:
        raise EnginesDiffer(
            f"The audit's two engines differ in {differences} answers, so no figure was kept. This is a "
            "fault of the software: please report it with the version and the name of the extract."
        )
    comparisons = len(records) * len(indicators) * len(dates)
    return Checks(len(practice), len(records), len(dates), comparisons, differences)


def people_to_compare(practice: PackedPractice, most: int = MOST_PEOPLE) -> tuple[str, ...]:
    """Everyone in a small practice; else those with the most entries, and an even share of the rest."""
    entries = np.diff(practice.people.offsets)
    with_entries = np.argsort(-entries, kind="stable")[: min(most, int((entries > 0).sum()))]
    others = np.flatnonzero(entries == 0)
    places = np.linspace(0, len(others) - 1, min(most - len(with_entries), len(others))).astype(int)
    chosen = np.sort(np.concatenate((with_entries, others[places])))
    return tuple(practice.patient_ids[place] for place in chosen)


def _differences(
    practice: PackedPractice,
    indicators: Sequence[Indicator],
    records: Sequence[PatientRecord],
    on: date,
    library: Library,
) -> int:
    fast = members_of(practice, indicators, on)
    return sum(
        fast[indicator.slug].get(record.patient.patient_id) is not counted_as(indicator, record, on, library)
        for indicator in indicators
        for record in records
    )


def counted_as(indicator: Indicator, record: PatientRecord, on: date, library: Library) -> Outcome | None:
    """The slow twin's answer as `engine.members` gives it: None outside the denominator."""
    finding = find(indicator, record, on, library)
    excluded = {clause.name for clause in indicator.exclusions}
    if finding.outcome is Outcome.NOT_APPLICABLE and finding.clause not in excluded:
        return None
    return finding.outcome
