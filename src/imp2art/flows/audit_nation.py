"""A store becomes the figures of every practice: counted on every core, checked by the slow twin, written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from imp2art import __version__
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.drafting import whole_months
from imp2art.audit.indicator import Indicator
from imp2art.audit.nation import NationCounts, count_practices
from imp2art.audit.nation_figures import (
    Flags,
    bands_table,
    figures_batches,
    practices_with,
    standing_of,
)
from imp2art.audit.packing.compact_months import joined
from imp2art.audit.packing.kinds import needs_of
from imp2art.audit.packs import missing_lists
from imp2art.codes.library import Library
from imp2art.core.whole_folder import check_out, whole_folder
from imp2art.extracts.delivery_store import StoreManifest, StorePart, check_lists, read_part, read_store
from imp2art.record.extract_schema import MANIFEST_NAME

FILES = ("figures.parquet", "figures.csv", "percentiles.parquet", "percentiles.csv", MANIFEST_NAME)
WORKERS = 2
MOST_IN_CSV = 200_000  # more figures than this are in figures.parquet alone
_MEASURES = ("denominator", "numerator", "excluded", "cannot_tell")


@dataclass(frozen=True, slots=True)
class AuditedNation:
    """What was counted. `counted` says which indicator is in the pack of which practice's nation; of a
    practice that could not be read it says none. `not_configured` names the indicators that lack
    codelists, with these."""

    store: StoreManifest
    indicators: tuple[Indicator, ...]
    counts: NationCounts
    counted: Flags
    not_configured: Mapping[str, tuple[str, ...]]


def audit_nation(
    store: Path,
    library: Library,
    months: int,
    workers: int = WORKERS,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> AuditedNation:
    """Count every configured indicator at every month end in every practice of a store.

    `tell` hears how many practices are done, of how many. Raises `Refusal` for a store that is damaged
    or was built for other rules or codelists.
    """
    manifest = read_store(store)
    lacking = {slug: missing_lists(each, library) for slug, each in INDICATORS.items()}
    indicators = tuple(each for slug, each in INDICATORS.items() if not lacking[slug])
    check_lists(manifest, needs_of(indicators), library)
    ends = whole_months(manifest.taken_on, months)
    counts = _count_parts(store, manifest, indicators, ends, workers, tell)
    nations = {practice.code: practice.nation for practice in manifest.practices}
    counted = practices_with(indicators, [nations[code] for code in counts.practices])
    unread = {each.practice for each in manifest.unread}
    counted[:, [code in unread for code in counts.practices]] = False
    return AuditedNation(
        manifest, indicators, counts, counted, {slug: lists for slug, lists in lacking.items() if lists}
    )


def _count_parts(
    store: Path,
    manifest: StoreManifest,
    indicators: Sequence[Indicator],
    ends: tuple[date, ...],
    workers: int,
    tell: Callable[[int, int], None],
) -> NationCounts:
    """Each part by one of so many threads, into its place of tables that are made once."""
    practices = tuple(code for part in manifest.parts for code in manifest.practices_of(part.name))
    begins = {code: place for place, code in enumerate(practices)}
    tables = np.zeros((len(_MEASURES), len(indicators), len(ends), len(practices)), np.int32)

    def count(part: StorePart) -> int:
        base, months = read_part(store, manifest, part)
        found = count_practices(joined(base, months), indicators, ends)
        begin = begins[found.practices[0]]
        for at, name in enumerate(_MEASURES):
            tables[at, :, :, begin : begin + len(found.practices)] = getattr(found, name)
        return len(base.pack.practices)

    done = 0
    with ThreadPoolExecutor(workers) as pool:
        for counted in pool.map(count, manifest.parts):
            done += counted
            tell(done, len(practices))
    slugs = tuple(indicator.slug for indicator in indicators)
    return NationCounts(slugs, ends, practices, *tables)


def write_figures(audited: AuditedNation, out: Path) -> int:
    """Write the figures, percentiles and what they are made of into `out`; how many figures there are.

    All files appear together or not at all. The figures are exact: they stay with whoever may see them.
    """
    check_out(out, FILES)
    counts, indicators, counted = audited.counts, audited.indicators, audited.counted
    standing = standing_of(counts, counted)
    with whole_folder(out) as beside:
        rows = _write(beside / "figures.parquet", figures_batches(counts, standing, indicators, counted))
        if rows <= MOST_IN_CSV:
            pa.csv.write_csv(pq.read_table(beside / "figures.parquet"), beside / "figures.csv")
        bands = bands_table(counts, standing)
        pq.write_table(bands, beside / "percentiles.parquet")
        pa.csv.write_csv(bands, beside / "percentiles.csv")
        (beside / MANIFEST_NAME).write_text(_manifest(audited), "utf-8")
    return rows


def _write(path: Path, tables: Iterator[pa.Table]) -> int:
    """Write tables one after the other, each while the next is made; how many rows there are."""
    rows, table = 0, next(tables)
    # Without our own schema a reader is not told that texts were dictionaries here.
    with (
        pq.ParquetWriter(path, table.schema, compression="zstd", store_schema=False) as writer,
        ThreadPoolExecutor(1) as beside,
    ):
        while table is not None:
            writing = beside.submit(writer.write_table, table)
            rows, table = rows + len(table), next(tables, None)
            writing.result()
    return rows


def _manifest(audited: AuditedNation) -> str:
    """What the figures are made of, by digests."""
    store = audited.store
    told: dict[str, Any] = {
        "deliveries": store.deliveries,
        "taken_on": store.taken_on.isoformat(),
        "practices": len(store.practices),
        "rejected_rows": store.rejected,
        "not_audited": {each.practice: each.file for each in store.unread},
        "codelists": store.lists,
        "indicators": {indicator.slug: indicator.digest for indicator in audited.indicators},
        "not_configured": audited.not_configured,
        "code_version": __version__,
    }
    return json.dumps(told, indent=1) + "\n"
