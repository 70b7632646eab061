"""The figures of a whole nation held to the slow twin: some practices worked out from the deliveries anew."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imp2art.audit.compare import counted_as
from imp2art.audit.indicator import Indicator
from imp2art.audit.nation import NationCounts
from imp2art.audit.packing.kinds import needed_codes
from imp2art.codes.library import Library
from imp2art.core.finding import Outcome
from imp2art.core.refusal import Refusal
from imp2art.extracts.delivery_manifest import read_delivery_manifest
from imp2art.extracts.delivery_records import records_of_practice
from imp2art.extracts.delivery_store import read_store
from imp2art.record.delivery_form import DeliveryManifest
from imp2art.record.patient_record import PatientRecord

_MEASURES = ("denominator", "numerator", "excluded", "cannot_tell")


@dataclass(frozen=True, slots=True)
class TwinCheck:
    """What the slow twin worked out anew from the deliveries, and in how many counts it differs."""

    practices: int
    people: int
    counts: int
    differences: int


def check_by_twin(
    counts: NationCounts,
    indicators: Sequence[Indicator],
    store: Path,
    deliveries: Sequence[Path],
    library: Library,
    practices: int,
    tell: Callable[[str], None] = lambda practice: None,
) -> TwinCheck:
    """Count some practices, evenly chosen, at the first, middle and newest month end by the reference.

    Raises `Refusal` for deliveries that are not those that the store was built from, oldest first.
    """
    told = [(folder, *read_delivery_manifest(folder)) for folder in deliveries]
    if tuple(digest for *_, digest in told) != read_store(store).deliveries:
        raise Refusal(
            "The store was built from other deliveries. Name the whole one and those added, in order."
        )
    sources = [(folder, manifest, _rejected(store, manifest)) for folder, manifest, _ in told]
    ends = counts.month_ends
    months = sorted({0, len(ends) // 2, len(ends) - 1})
    codes = needed_codes(indicators, library)
    people = differences = 0
    chosen = np.unique(np.linspace(0, len(counts.practices) - 1, practices).astype(int)).tolist()
    for place in chosen:
        code = counts.practices[place]
        tell(code)
        records = tuple(records_of_practice(sources, code, codes))
        people += len(records)
        slow = _slow_counts(records, indicators, [ends[month] for month in months], library)
        fast = [getattr(counts, name)[:, months, place] for name in _MEASURES]
        differences += int((slow != np.array(fast)).sum())
    compared = len(chosen) * len(months) * len(indicators) * len(_MEASURES)
    return TwinCheck(len(chosen), people, compared, differences)


def _slow_counts(
    records: Sequence[PatientRecord], indicators: Sequence[Indicator], ends: Sequence[date], library: Library
) -> NDArray[np.int64]:
    """The four measures by indicator and month, one patient and one day after the other."""
    found = np.zeros((len(_MEASURES), len(indicators), len(ends)), np.int64)
    for at, indicator in enumerate(indicators):
        for month, on in enumerate(ends):
            outcomes = Counter(counted_as(indicator, record, on, library) for record in records)
            met = outcomes[Outcome.MET]
            excluded, unsure = outcomes[Outcome.NOT_APPLICABLE], outcomes[Outcome.CANNOT_TELL]
            found[:, at, month] = (met + outcomes[Outcome.NOT_MET], met, excluded, unsure)
    return found


def _rejected(store: Path, manifest: DeliveryManifest) -> Mapping[str, Collection[int]]:
    """The rows that the store left out, by file."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    with (store / f"rejects-{manifest.taken_on}.csv").open(newline="", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            found[row["file"]].add(int(row["row"]))
    return found
