"""Ibis on local Spark: patient by month, the plan that a user of both would write.

python -m rivals.ibis_spark DELIVERY 2026-10-31 24 figures.parquet   (from bench/, in .venv-bench)
"""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import ibis
import pyarrow as pa
from ibis import _
from pyspark.sql import SparkSession

from imp2art.codes.identifiers import DmdCode
from imp2art.codes.library import Library
from imp2art.record.devices import devices_of
from imp2art.record.events import IssueUnit
from rivals.six import codes_table, months_table, run_rival

NEVER = date(2200, 1, 1)


def count(delivery: Path, ends: tuple[date, ...], library: Library) -> tuple[pa.Table, float]:
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", "8g")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    begun = time.perf_counter()
    db = ibis.pyspark.connect(session)
    tables = {
        name: db.read_parquet(f"{delivery}/part-*/{name}.parquet")
        for name in ("patients", "registrations", "events", "issues")
    }
    codes = _small(session, db, "codes", codes_table(library).to_pandas())
    months = _small(session, db, "months", months_table(ends).to_pandas())
    entries = _entries(session, db, tables, codes, library).cache()
    found = _figures(tables, entries, months).to_pyarrow()
    return found, time.perf_counter() - begun


def _small(session, db, name: str, rows):
    """A view that stays: a memtable goes when Python forgets it."""
    session.createDataFrame(rows).createOrReplaceTempView(name)
    return db.table(name)


def _entries(session, db, tables, codes, library: Library):
    events = tables["events"].join(codes, ["system", "code"])
    dmd = codes.filter(_.system == "dmd")
    issues = tables["issues"].join(dmd, "code")
    kinds = issues.filter(_.saba).select("code", "quantity", "unit").distinct().to_pandas()
    devices = [
        devices_of(library.medicine(DmdCode(code)), Decimal(quantity) if quantity else None, IssueUnit(unit))
        for code, quantity, unit in kinds.itertuples(index=False, name=None)
    ]
    kinds = kinds.assign(devices=[None if each is None else float(each) for each in devices])
    kinds["quantity"] = kinds.quantity.fillna("")
    weights = _small(session, db, "weights", kinds.astype({"devices": "float64"}))
    weights = weights.mutate(devices=_.devices.nullif(float("nan")))
    issues = issues.mutate(quantity=_.quantity.coalesce("")).left_join(weights, ["code", "quantity", "unit"])
    flags = ["dx", "res", "treat", "review", "plan", "tech", "saba", "ics"]
    return events.select("patient", "first", "last", *flags, devices=ibis.null("float64")).union(
        issues.select("patient", *flags, "devices", first=_.on, last=_.on).select(
            "patient", "first", "last", *flags, "devices"
        )
    )


def _figures(tables, entries, months):
    people = tables["patients"].select("practice", "patient", "born", "died")
    spells = tables["registrations"].filter(_.kind == "gms").join(people, "patient")
    spells = spells.mutate(end=ibis.least(_.end.coalesce(NEVER), _.died.coalesce(NEVER)))
    listed = spells.join(months, [spells.start <= months.month_end, spells.end > months.month_end])
    listed = listed.select("patient", "practice", "born", "k", "month_end", "age").distinct()
    month = entries.cross_join(months).filter(_.first <= _.month_end)
    month = month.mutate(
        sure=(_.first >= _.start) & (_.last <= _.month_end),
        may=_.last >= _.start,
        until=ibis.least(_.last, _.month_end),
    )
    asked = {
        f"{name}_{kind}": (month[name] & month[kind]).any()
        for name in ("treat", "review", "plan", "tech", "saba", "ics")
        for kind in ("sure", "may")
    }
    facts = month.group_by(["patient", "k"]).agg(
        **asked,
        begun_sure=_.first.max(where=_.dx & (_.last <= _.month_end)),
        begun_may=_.until.max(where=_.dx),
        ended_sure=_.first.max(where=_.res & (_.last <= _.month_end)),
        ended_may=_.until.max(where=_.res),
        inhalers=_.devices.sum(where=_.saba & _.sure),
        unknown=(_.saba & _.sure & _.devices.isnull()).any(),
    )
    found = listed.left_join(facts, ["patient", "k"])
    day, born = found.month_end, found.born
    before = (day.month() < born.month()) | ((day.month() == born.month()) & (day.day() < born.day()))
    old = (day.year() - born.year() - before.cast("int32")) >= found.age
    no = ibis.literal(False)
    dx_sure = found.begun_sure.notnull() & (found.ended_may.isnull() | (found.ended_may < found.begun_sure))
    dx_may = found.begun_may.notnull() & (found.ended_sure.isnull() | (found.ended_sure < found.begun_may))
    six = (found.inhalers >= 6).coalesce(no)
    flat = found.select(
        "practice",
        "month_end",
        register=(dx_sure & found.treat_sure & old).coalesce(no),
        may_register=(dx_may & found.treat_may & old).coalesce(no),
        six_sure=six,
        six_may=six | found.unknown.coalesce(no),
        **{name: found[name].coalesce(no) for name in asked if not name.startswith("treat")},
    )
    rules = {
        "asthma-register": (ibis.literal(True), flat.register, flat.may_register),
        "review-12-months": (flat.register, flat.review_sure, flat.review_may),
        "plan-12-months": (flat.register, flat.plan_sure, flat.plan_may),
        "technique-12-months": (flat.register, flat.tech_sure, flat.tech_may),
        "saba-6": (flat.register, flat.six_sure, flat.six_may),
        "saba-without-ics": (flat.register & flat.saba_sure, ~flat.ics_may, ~flat.ics_sure),
    }
    sums = {}
    for slug, (inside, yes, may) in rules.items():
        sums[f"{slug}|denominator"] = (inside & (yes | ~may)).cast("int64").sum()
        sums[f"{slug}|numerator"] = (inside & yes).cast("int64").sum()
    wide = flat.group_by(["practice", "month_end"]).agg(**sums)
    return (
        wide.pivot_longer(
            ibis.selectors.matches(r"\|"), names_to=["indicator", "what"], names_pattern=r"(.*)\|(.*)"
        )
        .pivot_wider(names_from="what", values_from="value", names=["denominator", "numerator"])
        .select("indicator", "month_end", "practice", "denominator", "numerator")
    )


if __name__ == "__main__":
    run_rival(count)
