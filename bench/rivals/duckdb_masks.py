"""DuckDB, hand-written: every month end is a bit, one pass over the rows, six indicators.

python -m rivals.duckdb_masks DELIVERY 2026-10-31 24 figures.parquet   (from bench/)
"""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from imp2art.audit.bits.grid import Grid
from imp2art.audit.definitions import INDICATORS
from imp2art.codes.library import Library
from rivals.delivered import _weigh, connect
from rivals.six import codes_table, months_table, run_rival

_EPOCH = "DATE '1970-01-01'"


def count(delivery: Path, ends: tuple[date, ...], library: Library) -> tuple[pa.Table, float]:
    begun = time.perf_counter()
    db = connect(delivery)
    codes, months = codes_table(library), months_table(ends)
    db.execute("CREATE TABLE codes AS SELECT * FROM codes")
    db.execute("CREATE TABLE months AS SELECT * FROM months")
    parts = _weigh(db, {"saba"}, library)
    _tables(db, Grid(ends))
    db.execute(_CODED)
    found = db.execute(_COUNTS.format(least=6 * parts, every=(1 << len(ends)) - 1)).to_arrow_table()
    return found, time.perf_counter() - begun


def _tables(db, grid: Grid) -> None:
    """Look-ups by day: the run of month ends whose 12 months hold it, and where runs begin and end."""
    window, ever = grid.window(12), grid.window(None)
    one = np.uint64(1)
    low, high = window.lo.astype(np.uint64), window.hi.astype(np.uint64)
    runs = np.where(high > low, (one << high) - (one << low), np.uint64(0))
    for name, column in (("runs", runs), ("lows", window.lo), ("highs", window.hi), ("ends_before", ever.lo)):
        db.execute(f"SET VARIABLE {name} = ?", [[int(value) for value in column]])
    db.execute(f"SET VARIABLE base = {window.base}")
    db.execute(f"SET VARIABLE ever_base = {ever.base}")
    db.execute(
        f"""CREATE MACRO place(day, base, size) AS greatest(1, least(day - {_EPOCH} - base + 1, size));
        CREATE MACRO bits(lo, hi) AS CASE WHEN hi > lo THEN ((1::UBIGINT << hi) - (1::UBIGINT << lo)) ELSE 0::UBIGINT END;
        CREATE MACRO low_of(day) AS getvariable('lows')[place(day, getvariable('base'), len(getvariable('lows')))];
        CREATE MACRO high_of(day) AS getvariable('highs')[place(day, getvariable('base'), len(getvariable('highs')))];
        CREATE MACRO run_of(day) AS getvariable('runs')[place(day, getvariable('base'), len(getvariable('runs')))];
        CREATE MACRO end_of(day) AS
            getvariable('ends_before')[place(day, getvariable('ever_base'), len(getvariable('ends_before')))];"""
    )


_CODED = """CREATE TABLE coded AS
SELECT patient, first, last, dx, res, treat, review, plan, tech, saba, ics, FALSE AS issued, NULL::BIGINT AS parts,
    CASE WHEN first = last THEN run_of(first) ELSE bits(low_of(last), high_of(first)) END AS sure,
    CASE WHEN first = last THEN run_of(first) ELSE bits(low_of(first), high_of(last)) END AS may
FROM events JOIN codes USING (system, code)
UNION ALL
SELECT patient, "on", "on", FALSE, FALSE, treat, FALSE, FALSE, FALSE, saba, ics, TRUE, weights.parts, run_of("on"), run_of("on")
FROM issues JOIN codes ON codes.system = 'dmd' AND codes.code = issues.code
LEFT JOIN weights ON weights.code = issues.code AND weights.unit = issues.unit
    AND weights.quantity IS NOT DISTINCT FROM issues.quantity"""

_MASKS = ", ".join(
    f"bit_or(CASE WHEN {name} THEN {kind} ELSE 0 END) AS {name}_{kind}"
    for name in ("treat", "review", "plan", "tech", "saba", "ics")
    for kind in ("sure", "may")
)
_NUMERATORS = {
    "review-12-months": ("review_sure", "review_may"),
    "plan-12-months": ("plan_sure", "plan_may"),
    "technique-12-months": ("tech_sure", "tech_may"),
    "saba-6": ("six_sure", "six_may"),
    "saba-without-ics": ("(every & ~ics_may)", "(every & ~ics_sure)"),
}
_RULES = " UNION ALL ".join(
    f"SELECT '{slug}' AS indicator, practice, k, inside & ({sure} | (every & ~{may})) AS den, inside & {sure} AS num "
    f"FROM (SELECT *, {'register & saba_sure' if slug == 'saba-without-ics' else 'register'} AS inside FROM people), "
    f"(SELECT k FROM months)"
    for slug, (sure, may) in _NUMERATORS.items()
)
_COUNTS = f"""WITH masks AS (SELECT patient, {_MASKS} FROM coded GROUP BY patient),
latest AS (
    SELECT patient, k, max(first) FILTER (dx AND last <= month_end) AS begun_sure,
        max(least(last, month_end)) FILTER (dx AND first <= month_end) AS begun_may,
        max(first) FILTER (res AND last <= month_end) AS ended_sure,
        max(least(last, month_end)) FILTER (res AND first <= month_end) AS ended_may
    FROM coded, months WHERE dx OR res GROUP BY patient, k),
stands AS (
    SELECT patient,
        bit_or(CASE WHEN begun_sure IS NOT NULL AND (ended_may IS NULL OR ended_may < begun_sure)
            THEN 1::UBIGINT << k ELSE 0 END) AS dx_sure,
        bit_or(CASE WHEN begun_may IS NOT NULL AND (ended_sure IS NULL OR ended_sure < begun_may)
            THEN 1::UBIGINT << k ELSE 0 END) AS dx_may
    FROM latest GROUP BY patient),
six AS (
    SELECT patient, bit_or(CASE WHEN total >= {{least}} THEN 1::UBIGINT << k ELSE 0 END) AS six_sure,
        bit_or(CASE WHEN total >= {{least}} OR unknown THEN 1::UBIGINT << k ELSE 0 END) AS six_may
    FROM (SELECT patient, k, coalesce(sum(parts), 0) AS total, bool_or(parts IS NULL) AS unknown
        FROM (SELECT patient, parts, unnest(range(low_of(first), high_of(first))) AS k FROM coded WHERE saba AND issued)
        GROUP BY patient, k)
    GROUP BY patient),
listed AS (
    SELECT patient, bit_or(bits(end_of(start), least(end_of(coalesce("end", DATE '9999-12-31')),
        end_of(coalesce(died, DATE '9999-12-31'))))) AS listed
    FROM registrations JOIN patients USING (patient) WHERE kind = 'gms' GROUP BY patient),
ages AS (
    SELECT patient, practice, bit_or(CASE WHEN month_end >= CASE WHEN month(born) = 2 AND day(born) = 29
            AND month(born + INTERVAL 1 YEAR * age) = 2 AND day(born + INTERVAL 1 YEAR * age) = 28
            THEN (born + INTERVAL 1 YEAR * age)::DATE + 1 ELSE (born + INTERVAL 1 YEAR * age)::DATE END
        THEN 1::UBIGINT << k ELSE 0 END) AS old
    FROM patients JOIN masks USING (patient), months GROUP BY patient, practice),
people AS (
    SELECT *, coalesce(listed, 0) & coalesce(dx_sure, 0) & treat_sure & old AS register,
        coalesce(listed, 0) AS on_list, coalesce(dx_may, 0) & treat_may & old AS may_register, {{every}}::UBIGINT AS every
    FROM (SELECT ages.*, masks.* EXCLUDE (patient), dx_sure, dx_may, coalesce(six_sure, 0) AS six_sure,
            coalesce(six_may, 0) AS six_may, listed
        FROM ages JOIN masks USING (patient) LEFT JOIN stands USING (patient) LEFT JOIN six USING (patient)
        LEFT JOIN listed USING (patient))),
everyone AS (
    SELECT practice, on_list, unsure, met, count(*) AS people FROM (
        SELECT p.practice, coalesce(l.listed, 0) AS on_list, coalesce(q.register, 0) AS met,
            coalesce(l.listed, 0) & coalesce(q.may_register, 0) & ~coalesce(q.register, 0) AS unsure
        FROM patients p LEFT JOIN listed l USING (patient) LEFT JOIN people q USING (patient))
    GROUP BY ALL)
SELECT indicator, month_end, practice, sum((den >> k) & 1)::BIGINT AS denominator, sum((num >> k) & 1)::BIGINT AS numerator
FROM ({_RULES}) JOIN months USING (k) GROUP BY ALL
UNION ALL
SELECT 'asthma-register', month_end, practice, sum(people * (((on_list & ~unsure) >> k) & 1))::BIGINT,
    sum(people * ((met >> k) & 1))::BIGINT
FROM everyone, months GROUP BY ALL"""

assert set(_NUMERATORS) < set(INDICATORS)

if __name__ == "__main__":
    run_rival(count)
