"""The naive way: one SQL query for each indicator and month, generated from the declarations.

Every condition is a sub-query that gives, for each patient, whether it surely and whether it possibly
holds at the day; a rule joins them. It knows nothing of masks, and is the third engine that the bench
holds the other two to. `bench/audit_jobs.py` runs it in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import duckdb

from imp2art.audit.conditions import (
    AgeAtFirst,
    AgeAtLeast,
    And,
    AnyIn,
    Begun,
    Condition,
    CoursesAtLeast,
    DevicesAtLeast,
    DueForFollowUp,
    FirstIn,
    FirstSince,
    FollowedUp,
    LatestIn,
    LatestStands,
    NearFirst,
    Not,
    Or,
    RegisteredOn,
    RegisteredWithin,
    SinceBegun,
    SinceLatest,
    Together,
    TwoApart,
)
from imp2art.audit.indicator import Clause, Indicator
from imp2art.core.period import financial_year, months_up_to
from imp2art.core.working_days import add_working_days

Pair = tuple[str, str]


@dataclass
class Query:
    """One indicator at one day: sub-queries by condition, and the expressions over them."""

    on: date
    parts: int
    made: dict[Condition, tuple[str, str]] = field(default_factory=dict)

    def pair(self, condition: Condition) -> Pair:
        match condition:
            case And(parts):
                return self._joined(parts, " AND ")
            case Or(parts):
                return self._joined(parts, " OR ") if parts else ("FALSE", "FALSE")
            case Not(part):
                sure, may = self.pair(part)
                return f"NOT {may}", f"NOT {sure}"
            case AgeAtLeast():
                years = condition.age_in(financial_year(self.on))
                old = f"({_age('p.born', _day(self.on))} >= {years})"
                return old, old
        if condition not in self.made:
            self.made[condition] = (f"c{len(self.made)}", sub_query(condition, self.on, self.parts))
        name = self.made[condition][0]
        return f"coalesce({name}.sure, FALSE)", f"coalesce({name}.may, FALSE)"

    def _joined(self, parts: tuple[Condition, ...], word: str) -> Pair:
        pairs = [self.pair(part) for part in parts]
        return tuple("(" + word.join(pair[place] for pair in pairs) + ")" for place in (0, 1))  # type: ignore[return-value]

    def text(self, indicator: Indicator) -> str:
        inside = self.pair(_all(indicator.denominator))
        success = self.pair(_all(indicator.numerator))
        out = self.pair(Or(tuple(clause.condition for clause in indicator.exclusions)))
        met = f"({inside[0]} AND {success[0]})"
        failed = f"({inside[0]} AND NOT {success[1]})"
        not_met, excluded = f"({failed} AND NOT {out[1]})", f"({failed} AND {out[0]})"
        told = f"({met} OR {not_met} OR {excluded})"
        joins = "\n".join(f"LEFT JOIN ({query}) {name} USING (patient)" for name, query in self.made.values())
        return f"""SELECT p.practice, count(*) FILTER ({met} OR {not_met}), count(*) FILTER ({met}),
count(*) FILTER ({excluded}), count(*) FILTER ({inside[1]} AND NOT {told})
FROM patients p {joins} GROUP BY p.practice ORDER BY p.practice"""


def count(
    db: duckdb.DuckDBPyConnection, indicators: tuple[Indicator, ...], ends: tuple[date, ...], parts: int
) -> Iterator[tuple[str, date, str, int, int, int, int]]:
    """Indicator, month end, practice, denominator, numerator, excluded, cannot tell."""
    for indicator in indicators:
        for on in ends:
            for row in db.execute(Query(on, parts).text(indicator)).fetchall():
                yield (indicator.slug, on, *row)


def _all(clauses: tuple[Clause, ...]) -> And:
    return And(tuple(clause.condition for clause in clauses))


def _day(on: date) -> str:
    return f"DATE '{on.isoformat()}'"


def _age(born: str, day: str) -> str:
    return (
        f"(year({day}) - year({born}) - (CASE WHEN (month({day}), day({day})) < (month({born}), day({born})) "
        f"THEN 1 ELSE 0 END))"
    )


def _window(on: date, months: int | None) -> Pair:
    """First and last day."""
    return _day(date(1, 1, 1) if months is None else months_up_to(on, months).start), _day(on)


def _of(slugs: tuple[str, ...] | str) -> str:
    names = (slugs,) if isinstance(slugs, str) else slugs
    return "slug IN (" + ", ".join(f"'{name}'" for name in names) + ")"


def sub_query(condition: Condition, on: date, parts: int) -> str:
    """Columns `patient`, `sure` and `may`; who is not in it is neither."""
    day = _day(on)
    match condition:
        case RegisteredOn():
            return f"SELECT patient, TRUE AS sure, TRUE AS may FROM ({_covering(day)}) GROUP BY patient"
        case RegisteredWithin(months):
            start, _ = _window(on, months)
            return (
                f"SELECT patient, min(start) >= {start} AS sure, min(start) >= {start} AS may "
                f"FROM ({_covering(day)}) GROUP BY patient"
            )
        case AnyIn(slug, months):
            start, end = _window(on, months)
            return (
                f"SELECT patient, bool_or(first >= {start} AND last <= {end}) AS sure, "
                f"bool_or(first <= {end} AND last >= {start}) AS may FROM entries WHERE {_of(slug)} GROUP BY patient"
            )
        case FirstIn(slug, months):
            return _first_in(slug, *_window(on, months))
        case FirstSince(slug):
            return _first_in(slug, _day(condition.start_in(financial_year(on))), day)
        case DevicesAtLeast(slug, least, months, or_more):
            start, end = _window(on, months)
            asked = f">= {least * parts}" if or_more else f"> {least * parts}"
            return (
                f"SELECT patient, coalesce(sum(parts), 0) {asked} AS sure, "
                f"coalesce(sum(parts), 0) {asked} OR bool_or(parts IS NULL) AS may FROM entries "
                f"WHERE {_of(slug)} AND first BETWEEN {start} AND {end} GROUP BY patient"
            )
        case CoursesAtLeast():
            return _courses(condition, on)
        case LatestStands(slug, ended_by):
            return f"""SELECT b.patient, b.sure IS NOT NULL AND (e.may IS NULL OR e.may < b.sure) AS sure,
                b.may IS NOT NULL AND (e.sure IS NULL OR e.sure < b.may) AS may
                FROM ({_latest(slug, day)}) b LEFT JOIN ({_latest(ended_by, day)}) e USING (patient)"""
        case TwoApart(slug, days, months):
            return _two_apart(slug, days, *_window(on, months))
        case Together():
            return _together(condition, on)
    return _of_sequence(condition, on)


def _of_sequence(condition: Condition, on: date) -> str:
    day = _day(on)
    match condition:
        case LatestIn(_, _, months):
            return _latest_in(condition, *_window(on, months))
        case SinceLatest(slug, of, months):
            return _since(
                slug, f"SELECT patient, first, last FROM entries WHERE {_of(of)}", *_window(on, months)
            )
        case Begun(_, months):
            start, end = _window(on, months)
            return (
                f"SELECT patient, TRUE AS sure, TRUE AS may FROM ({_begun(condition)}) "
                f"WHERE first BETWEEN {start} AND {end} GROUP BY patient"
            )
        case SinceBegun(slug, begun):
            return _since(slug, _begun(begun), *_window(on, begun.months))
        case NearFirst(slug, anchor, before, after):
            return f"""SELECT patient,
                bool_or(most IS NOT NULL AND first >= most - INTERVAL {before} MONTH
                    AND last <= least({day}, earliest + INTERVAL {after} MONTH)) AS sure,
                bool_or(first <= least({day}, coalesce(most, {day}) + INTERVAL {after} MONTH)
                    AND last >= earliest - INTERVAL {before} MONTH) AS may
                FROM entries JOIN ({_first(anchor, day)}) USING (patient)
                WHERE {_of(slug)} AND earliest IS NOT NULL GROUP BY patient"""
        case AgeAtFirst(anchor, years):
            return f"""SELECT patient, most IS NOT NULL AND {_age("born", "earliest")} >= {years} AS sure,
                {_age("born", f"coalesce(most, {day})")} >= {years} AS may
                FROM ({_first(anchor, day)}) JOIN patients USING (patient) WHERE earliest IS NOT NULL"""
        case DueForFollowUp(of, working_days, months):
            return f"SELECT patient, sure IS NOT NULL AS sure, may IS NOT NULL AS may FROM ({_due(of, working_days, months, on)})"
        case FollowedUp(of, by, working_days, months):
            return f"""SELECT d.patient, bool_or(d.sure IS NOT NULL AND b.first >= d.may
                    AND b.last <= {_working_days_after("d.sure", working_days)}) AS sure,
                bool_or(b.first <= {_working_days_after("d.may", working_days)}
                    AND b.last >= coalesce(d.sure, d.earliest)) AS may
                FROM ({_due(of, working_days, months, on)}) d
                JOIN (SELECT patient, first, last FROM entries WHERE {_of(by)}) b USING (patient)
                WHERE d.may IS NOT NULL GROUP BY d.patient"""
    raise TypeError(f"no query for {type(condition).__name__}")


def _covering(day: str) -> str:
    return (
        f"SELECT patient, start FROM registrations JOIN patients USING (patient) WHERE kind = 'gms' "
        f'AND start <= {day} AND ("end" IS NULL OR "end" > {day}) AND (died IS NULL OR died > {day})'
    )


def _first_in(slug: str, start: str, end: str) -> str:
    return f"""SELECT patient,
        {start} <= {end} AND NOT bool_or(first < {start}) AND bool_or(first >= {start} AND last <= {end}) AS sure,
        {start} <= {end} AND NOT bool_or(last < {start}) AND bool_or(first <= {end} AND last >= {start}) AS may
        FROM entries WHERE {_of(slug)} GROUP BY patient"""


def _latest(slug: str, day: str) -> str:
    return (
        f"SELECT patient, max(first) FILTER (last <= {day}) AS sure, "
        f"max(least(last, {day})) FILTER (first <= {day}) AS may FROM entries WHERE {_of(slug)} GROUP BY patient"
    )


def _first(slug: str, day: str) -> str:
    return (
        f"SELECT patient, min(first) FILTER (first <= {day}) AS earliest, "
        f"min(last) FILTER (last <= {day}) AS most FROM entries WHERE {_of(slug)} GROUP BY patient"
    )


def _courses(condition: CoursesAtLeast, on: date) -> str:
    """Days of issues; those among steady ones go; then each course begins after the one before."""
    start, end = _window(on, condition.months)
    size, joined = condition.steady_issues, condition.joined_days
    places = " OR ".join(
        f"coalesce(lead(day, {size - 1 - back}) OVER w - lag(day, {back}) OVER w <= {condition.steady_days}, FALSE)"
        for back in range(size)
    )
    return f"""WITH RECURSIVE days AS (
            SELECT DISTINCT patient, first AS day FROM entries WHERE {_of(condition.codelist)} AND first <= {end}),
        acute AS (
            SELECT patient, day FROM (SELECT patient, day, {places} AS steady FROM days
                WINDOW w AS (PARTITION BY patient ORDER BY day))
            JOIN (SELECT patient, min(first) AS since FROM entries WHERE {_of(condition.since)} GROUP BY patient)
            USING (patient) WHERE NOT steady AND day >= since),
        begun AS (
            SELECT patient, min(day) AS day FROM acute GROUP BY patient
            UNION ALL
            SELECT acute.patient, min(acute.day) FROM acute JOIN begun
            ON acute.patient = begun.patient AND acute.day > begun.day + {joined} GROUP BY acute.patient)
        SELECT patient, count(*) >= {condition.count} AS sure, count(*) >= {condition.count} AS may
        FROM begun WHERE day BETWEEN {start} AND {end} GROUP BY patient"""


def _two_apart(slug: str, days: int, start: str, end: str) -> str:
    return f"""WITH found AS (SELECT patient, first, last, row_number() OVER () AS row FROM entries WHERE {_of(slug)}
            AND first <= {end} AND last >= {start})
        SELECT a.patient,
            bool_or(a.first >= {start} AND a.last <= {end} AND b.first >= {start} AND b.last <= {end}
                AND b.first - a.last >= {days}) AS sure,
            bool_or(least(b.last, {end}) - greatest(a.first, {start}) >= {days}) AS may
        FROM found a JOIN found b ON a.patient = b.patient AND a.row <> b.row GROUP BY a.patient"""


def _together(condition: Together, on: date) -> str:
    start, end = _window(on, condition.months)
    sure, may = ["a.first = a.last AND s.first = s.last"], ["TRUE"]
    for slug in condition.before:
        back = f"x.day - INTERVAL {condition.before_months} MONTH"
        near = f"SELECT 1 FROM entries b WHERE b.patient = x.patient AND {_of(slug)}"
        sure.append(f"EXISTS ({near} AND b.first > {back} AND b.last <= x.day)")
        may.append(f"EXISTS ({near} AND b.first <= x.day AND b.last > {back})")
    return f"""WITH x AS (
        SELECT a.patient, bool_or({sure[0]}) AS whole, day::DATE AS day
        FROM (SELECT patient, first, last FROM entries WHERE {_of(condition.anchor)}) a
        JOIN (SELECT patient, first, last FROM entries WHERE {_of(condition.same_day)}) s USING (patient),
        generate_series(greatest(a.first, s.first, {start}), least(a.last, s.last, {end}), INTERVAL 1 DAY) g(day)
        GROUP BY ALL)
        SELECT patient, bool_or(whole AND {" AND ".join(sure[1:]) or "TRUE"}) AS sure,
        bool_or({" AND ".join(may)}) AS may FROM x GROUP BY patient"""


def _latest_in(condition: LatestIn, start: str, end: str) -> str:
    cases = []
    for band in condition.bands:
        limits = [f"value >= {band.low}"] if band.low is not None else []
        limits += [f"value <= {band.high}"] if band.high is not None else []
        inside = " AND ".join(limits) or "TRUE"
        unknown = "value IS NULL" if limits else "FALSE"
        cases.append(
            f"CASE WHEN slug <> '{band.codelist}' THEN 0 WHEN {unknown} THEN 1 WHEN {inside} THEN 2 ELSE 0 END"
        )
    tag = f"greatest({', '.join([*cases, '0'])})"
    known = f"first >= {start} AND last <= {end}"
    return f"""WITH tagged AS (SELECT patient, first, last, {tag} AS tag FROM entries WHERE {_of(condition.among)}
            AND first <= {end} AND last >= {start}),
        found AS (SELECT patient, max(first) FILTER (tag = 2 AND {known}) AS inside,
            max(least(last, {end})) FILTER (tag < 2) AS rest, max(least(last, {end})) FILTER (tag > 0) AS possible,
            max(first) FILTER (tag = 0 AND {known}) AS outside FROM tagged GROUP BY patient)
        SELECT patient, inside IS NOT NULL AND inside >= coalesce(rest, inside) AS sure,
            possible IS NOT NULL AND possible >= coalesce(outside, possible) AS may FROM found"""


def _since(slug: str, of: str, start: str, end: str) -> str:
    return f"""WITH o AS (
        SELECT patient, max(first) FILTER (first >= {start} AND last <= {end}) AS surely,
            max(least(last, {end})) AS most, min(greatest(first, {start})) AS earliest
        FROM ({of}) WHERE first <= {end} AND last >= {start} GROUP BY patient)
        SELECT patient, bool_or(surely IS NOT NULL AND first >= most AND last <= {end}) AS sure,
            bool_or(first <= {end} AND least(last, {end}) >= coalesce(surely, earliest)) AS may
        FROM entries JOIN o USING (patient) WHERE {_of(slug)} GROUP BY patient"""


def _begun(condition: Begun) -> str:
    return f"""SELECT patient, first, first AS last FROM (
        SELECT patient, first, lag(first) OVER (PARTITION BY patient, slug ORDER BY first) AS before
        FROM (SELECT DISTINCT patient, slug, first FROM entries WHERE {_of(condition.of)}))
        WHERE before IS NULL OR before <= first - INTERVAL {condition.clear_months} MONTH"""


def _working_days_after(day: str, count: int) -> str:
    """Monday to Friday only; `isodow` is 1 on a Monday."""
    for _ in range(count):
        day = f"({day} + CASE WHEN isodow({day}) < 5 THEN 1 ELSE 8 - isodow({day})::INT END)"
    return day


def _due(of: tuple[str, ...], working_days: int, months: int, on: date) -> str:
    start, _ = _window(on, months)
    until = on
    while add_working_days(until, working_days) > on:
        until = date.fromordinal(until.toordinal() - 1)
    return f"""SELECT patient, max(first) FILTER (first >= {start} AND last <= {_day(until)}) AS sure,
        max(least(last, {_day(until)})) AS may, min(greatest(first, {start})) AS earliest
        FROM entries WHERE {_of(of)} AND greatest(first, {start}) <= {_day(until)} AND last >= {start}
        GROUP BY patient"""
