"""pandas: the rows that matter are read once, then each month is worked out with group-bys.

python -m rivals.pandas_loop DELIVERY 2026-10-31 24 figures.parquet   (from bench/)
"""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from imp2art.codes.identifiers import DmdCode
from imp2art.codes.library import Library
from imp2art.record.devices import devices_of
from imp2art.record.events import IssueUnit
from rivals.six import codes_table, months_table, run_rival

NEVER = pd.Timestamp("2200-01-01")


def count(delivery: Path, ends: tuple[date, ...], library: Library) -> tuple[pa.Table, float]:
    begun = time.perf_counter()
    codes = codes_table(library).to_pandas()
    entries, people, spells = _read(delivery, codes, library)
    months = months_table(ends).to_pandas()
    found = [_month(entries, people, spells, month) for month in months.itertuples()]
    return pa.Table.from_pandas(pd.concat(found), preserve_index=False), time.perf_counter() - begun


def _read(delivery: Path, codes: pd.DataFrame, library: Library):
    def table(name: str, columns: list[str], wanted: pd.Series | None = None) -> pd.DataFrame:
        files = sorted(str(path) for path in delivery.glob(f"part-*/{name}.parquet"))
        kept = None if wanted is None else pc.field("code").isin(wanted.tolist())
        return ds.dataset(files).to_table(columns=columns, filter=kept).to_pandas(date_as_object=False)

    events = table("events", ["patient", "first", "last", "system", "code"], codes.code)
    events = events.merge(codes, on=["system", "code"])
    dmd = codes[codes.system == "dmd"]
    issues = table("issues", ["patient", "on", "code", "quantity", "unit"], dmd.code).merge(dmd, on="code")
    issues = issues.rename(columns={"on": "first"}).assign(last=lambda rows: rows["first"])
    issues["devices"] = _devices(issues, library)
    people = table("patients", ["practice", "patient", "born", "died"])
    spells = table("registrations", ["patient", "start", "end", "kind"])
    spells = spells[spells.kind == "gms"].merge(people[["patient", "died"]], on="patient")
    spells["end"] = spells[["end", "died"]].fillna(NEVER).min(axis=1)
    return pd.concat([events, issues]), people, spells


def _devices(issues: pd.DataFrame, library: Library) -> pd.Series:
    kinds = issues[issues.saba][["code", "quantity", "unit"]].drop_duplicates()
    counted = {
        row: devices_of(
            library.medicine(DmdCode(row[0])), Decimal(row[1]) if row[1] else None, IssueUnit(row[2])
        )
        for row in kinds.itertuples(index=False, name=None)
    }
    kinds["devices"] = [
        np.nan if counted[row] is None else float(counted[row])
        for row in kinds.itertuples(index=False, name=None)
    ]
    return issues[["code", "quantity", "unit"]].merge(kinds, how="left").devices.to_numpy()


def _month(entries: pd.DataFrame, people: pd.DataFrame, spells: pd.DataFrame, month) -> pd.DataFrame:
    end, start = pd.Timestamp(month.month_end), pd.Timestamp(month.start)
    frame = people.set_index("patient")
    listed = spells[(spells.start <= end) & (spells.end > end)].patient.unique()
    frame = frame.loc[listed]
    born = frame.born
    old = (
        end.year
        - born.dt.year
        - ((born.dt.month > end.month) | ((born.dt.month == end.month) & (born.dt.day > end.day)))
    )
    old = old >= month.age
    sure = entries[(entries["first"] >= start) & (entries["last"] <= end)]
    may = entries[(entries["first"] <= end) & (entries["last"] >= start)]

    def any_of(name: str) -> tuple[pd.Series, pd.Series]:
        return tuple(frame.index.to_series().isin(rows.patient[rows[name]].unique()) for rows in (sure, may))

    def latest(name: str) -> tuple[pd.Series, pd.Series]:
        rows = entries[entries[name]]
        known = rows[rows["last"] <= end].groupby("patient")["first"].max()
        most = rows[rows["first"] <= end].groupby("patient")["last"].max().clip(upper=end)
        return known.reindex(frame.index), most.reindex(frame.index)

    (begun_sure, begun_may), (ended_sure, ended_may) = latest("dx"), latest("res")
    dx_sure = begun_sure.notna() & (ended_may.isna() | (ended_may < begun_sure))
    dx_may = begun_may.notna() & (ended_sure.isna() | (ended_sure < begun_may))
    treat_sure, treat_may = any_of("treat")
    register = dx_sure & treat_sure & old
    may_register = dx_may & treat_may & old
    issued = may[may.saba]
    six_sure = issued.groupby("patient").devices.sum().reindex(frame.index) >= 6
    unknown = issued.patient[issued.devices.isna()].unique()
    six_may = six_sure | frame.index.to_series().isin(unknown)
    on_saba, ics = any_of("saba"), any_of("ics")
    rules = {
        "asthma-register": (pd.Series(True, frame.index), register, may_register),
        "review-12-months": (register, *any_of("review")),
        "plan-12-months": (register, *any_of("plan")),
        "technique-12-months": (register, *any_of("tech")),
        "saba-6": (register, six_sure, six_may),
        "saba-without-ics": (register & on_saba[0], ~ics[1], ~ics[0]),
    }
    practices = sorted(people.practice.unique())
    rows = []
    for slug, (inside, yes, perhaps) in rules.items():
        den = (inside & (yes | ~perhaps)).groupby(frame.practice).sum().reindex(practices, fill_value=0)
        num = (inside & yes).groupby(frame.practice).sum().reindex(practices, fill_value=0)
        rows.append(
            pd.DataFrame(
                {
                    "indicator": slug,
                    "month_end": month.month_end,
                    "practice": practices,
                    "denominator": den.to_numpy(),
                    "numerator": num.to_numpy(),
                }
            )
        )
    return pd.concat(rows)


if __name__ == "__main__":
    run_rival(count)
