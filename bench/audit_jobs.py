"""What the audit's bench runs in fresh processes, as `audit_jobs.py JOB …`; the last line is JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

REPEATS = 15


def raw(delivery: str, store: str, months: str, out: str) -> dict:
    """From the delivery's files to all figures, ranks and percentiles, as if there were no store yet."""
    from imp2art.codes.library import read_library
    from imp2art.flows.audit_nation import audit_nation, write_figures
    from imp2art.flows.build_store import build_store

    library = read_library()
    begun = time.perf_counter()
    build_store(Path(delivery), Path(store), library)
    built = time.perf_counter()
    rows = write_figures(audit_nation(Path(store), library, int(months)), Path(out))
    return {"build_s": built - begun, "rows": rows}


def audit(store: str, months: str, out: str) -> dict:
    """From the store to all figures."""
    from imp2art.codes.library import read_library
    from imp2art.flows.audit_nation import audit_nation, write_figures

    return {"rows": write_figures(audit_nation(Path(store), read_library(), int(months)), Path(out))}


def month(store: str, delivery: str, out: str) -> dict:
    """A month added, and all figures of its end."""
    from imp2art.codes.library import read_library
    from imp2art.flows.audit_nation import audit_nation, write_figures
    from imp2art.flows.build_store import add_to_store

    library = read_library()
    begun = time.perf_counter()
    add_to_store(Path(store), Path(delivery), library)
    added = time.perf_counter()
    write_figures(audit_nation(Path(store), library, 1), Path(out))
    return {"append_s": added - begun}


def query(store: str, months: str) -> dict:
    """Counting alone, from the mapped store to counts: the median of some runs in one process."""
    from imp2art.codes.library import read_library
    from imp2art.flows.audit_nation import audit_nation

    library = read_library()
    return {"query_s": median(lambda: audit_nation(Path(store), library, int(months)))}


def practice(store: str, months: str) -> dict:
    """The practice whose list is nearest 10,000, from the mapped store to every count."""
    from imp2art.audit.drafting import whole_months
    from imp2art.audit.nation import count_practices
    from imp2art.audit.packing.compact_months import joined
    from imp2art.audit.packing.compact_slices import slice_of
    from imp2art.codes.library import read_library
    from imp2art.extracts.delivery_store import read_part, read_store
    from imp2art.flows.build_store import countable

    manifest, rules = read_store(Path(store)), countable(read_library())
    ends = whole_months(manifest.taken_on, int(months))
    chosen = min(manifest.practices, key=lambda each: abs(each.list_size - 10_000))
    part = next(each for each in manifest.parts if each.name == chosen.part)
    pack = joined(*read_part(Path(store), manifest, part))
    place = manifest.practices_of(part.name).index(chosen.code)
    seconds = median(lambda: count_practices(slice_of(pack, place, place + 1), rules, ends))
    return {"ms": seconds * 1e3, "people": chosen.list_size, "rules": len(rules)}


def naive(delivery: str, as_at: str, months: str, out: str) -> dict:
    """One SQL query for each of the six indicators and each month."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from rivals.delivered import connect, gather
    from rivals.naive_sql import count
    from rivals.six import SIX

    from imp2art.audit.definitions import INDICATORS
    from imp2art.codes.library import read_library
    from imp2art.core.period import month_ends

    rules, library = tuple(INDICATORS[slug] for slug in SIX), read_library()
    begun = time.perf_counter()
    db = connect(Path(delivery))
    parts = gather(db, rules, library)
    rows = list(count(db, rules, month_ends(date.fromisoformat(as_at), int(months)), parts))
    told = {"query_s": time.perf_counter() - begun}
    names = ("indicator", "month_end", "practice", "denominator", "numerator")
    columns = dict(zip(names, zip(*(row[:5] for row in rows), strict=True), strict=True))
    pq.write_table(pa.table({name: list(column) for name, column in columns.items()}), out)
    return told


def scan(delivery: str) -> dict:
    """The floor: DuckDB reads patient, day and code of every event and issue, and adds them up."""
    import duckdb

    db = duckdb.connect(config={"threads": 2})
    begun = time.perf_counter()
    for table, day in (("events", "first"), ("issues", '"on"')):
        db.execute(
            f"SELECT sum(patient::HUGEINT), max({day}), max(code) "
            f"FROM read_parquet('{delivery}/part-*/{table}.parquet')"
        ).fetchall()
    return {"scan_s": time.perf_counter() - begun}


def median(job: Callable[[], object]) -> float:
    """Seconds; the first run, which loads compiled code, does not count."""
    job()
    return statistics.median(_timed(job) for _ in range(REPEATS))


def _timed(job: Callable[[], object]) -> float:
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


JOBS = {job.__name__: job for job in (raw, audit, month, query, practice, naive, scan)}

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](*sys.argv[2:])))
