"""What the hand-written rivals count: six indicators, and the codes and month ends behind them."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from imp2art.codes.library import Library, read_library
from imp2art.core.period import month_ends, months_up_to

SIX = (
    "asthma-register",
    "review-12-months",
    "plan-12-months",
    "technique-12-months",
    "saba-6",
    "saba-without-ics",
)
# A rival's column for each list that they read.
LISTS = {
    "dx": "asthma-diagnosis",
    "res": "asthma-resolved",
    "treat": "asthma-treatment",
    "review": "asthma-review",
    "plan": "asthma-plan",
    "tech": "technique-observed",
    "saba": "saba",
    "ics": "ics",
}
# Ages of the register: from the contract year 2026/27 on it starts a year earlier.
YOUNGER_FROM = date(2026, 4, 1)


def codes_table(library: Library) -> pa.Table:
    """One row a code: system, code, and whether each list holds it."""
    members = {
        name: {(str(c.system), str(c)) for c in library.codelist(slug)} for name, slug in LISTS.items()
    }
    codes = sorted(set().union(*members.values()))
    flags = {name: [code in held for code in codes] for name, held in members.items()}
    return pa.table({"system": [c[0] for c in codes], "code": [c[1] for c in codes], **flags})


def months_table(ends: tuple[date, ...]) -> pa.Table:
    """One row a month end: its place, the day, the first day of its 12 months, and the age asked for."""
    starts = [months_up_to(end, 12).start for end in ends]
    ages = [5 if end >= YOUNGER_FROM else 6 for end in ends]
    return pa.table({"k": list(range(len(ends))), "month_end": list(ends), "start": starts, "age": ages})


def run_rival(count: Callable[[Path, tuple[date, ...], Library], tuple[pa.Table, float]]) -> None:
    """Main of a rival: DELIVERY AS_AT MONTHS OUT; writes the figures and prints what it took as JSON.

    The figures: indicator, month_end, practice, denominator, numerator.
    """
    delivery, as_at, months, out = (
        Path(sys.argv[1]),
        date.fromisoformat(sys.argv[2]),
        int(sys.argv[3]),
        sys.argv[4],
    )
    begun = time.perf_counter()
    figures, query_s = count(delivery, month_ends(as_at, months), read_library())
    pq.write_table(figures, out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"inside_s": time.perf_counter() - begun, "query_s": query_s, "peak_mb": peak}))
