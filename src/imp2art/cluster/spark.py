"""Spark reads a delivery, gives every row its practice, and runs our function where the rows are.

The only file that knows Spark. It is written in what Apache Spark, Spark Connect and Sail share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from sys import executable

import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as f

from imp2art.cluster.address import check_url, is_local, place_of
from imp2art.cluster.rows import COUNTED, MEANING, ROWS, TABLES
from imp2art.codes.identifiers import Code, CodingSystem
from imp2art.core.refusal import Refusal
from imp2art.record.delivery_form import DELIVERY_SCHEMAS

Job = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]

_NAMES = {
    pa.string(): "string",
    pa.date32(): "date",
    pa.int8(): "tinyint",
    pa.int32(): "int",
    pa.int64(): "bigint",
}


@contextmanager
def spark_at(url: str) -> Iterator[Spark]:
    """A session at `sc://host:port` or `local[2]`, ended afterwards. Raises `Refusal` where there is none."""
    check_url(url)
    try:
        session = _session(url)
    except (PySparkException, OSError, ImportError):
        raise Refusal(_no_session(url)) from None
    try:
        yield Spark(session, place_of(url))
    finally:
        session.stop()


def _session(url: str) -> SparkSession:
    builder = SparkSession.builder.appName("imp2art audit")
    if not is_local(url):
        return builder.remote(url).create()
    session = builder.master(url).config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.pythonExec = executable  # else the workers are whichever python3 is found first
    return session


def _no_session(url: str) -> str:
    if is_local(url):
        return (
            f"Spark does not start here as {url}. It needs Java 17 or newer, and the whole of Spark: "
            "pip install 'imp2art[spark-local]', without imp2art[spark] beside it."
        )
    return f"{place_of(url)} answers, but not as a Spark Connect server does. Is it the right port?"


@dataclass(frozen=True, slots=True)
class Spark:
    """A session and the name of its place. Folders are named as the engine's machines see them."""

    session: SparkSession
    place: str

    def text_of(self, address: str) -> str:
        """The content of a text file."""
        with _blamed(f"{self.place} cannot read {address}. Name a delivery's folder as its machines see it."):
            rows = self.session.read.text(address, wholetext=True).collect()
        return "\n".join(row[0] for row in rows)

    def check_delivery(self, delivery: str, rows: dict[str, int]) -> None:
        """Refuse tables of another shape or with another number of rows, and patients who are there twice."""
        for name in TABLES:
            table = self._table(delivery, name)
            _check_columns(delivery, name, dict(table.dtypes))
            found = table.count()
            if found != rows[name]:
                raise Refusal(
                    f"{delivery}: {name} has {found:,} rows, where the manifest says {rows[name]:,}. A part of "
                    "it is missing, cut off or from another delivery: copy it again."
                )
        people = self._table(delivery, "patients").groupBy("patient").count()
        twice = people.filter(f.col("count") > 1).count()
        if twice:
            raise Refusal(f"{delivery}: {twice:,} patients have more than one row in patients. Mend it.")

    def count(self, delivery: str, codes: Iterable[Code], job: Job) -> pa.Table:
        """What `job` makes of the rows of each practice, in any order; columns as `COUNTED`."""
        with _blamed(f"{self.place} gave up in the midst, so there are no figures. Its log says why."):
            rows = self._rows(delivery, frozenset(codes))
            return rows.mapInArrow(job, _form(COUNTED)).toArrow().cast(COUNTED)

    def _rows(self, delivery: str, codes: frozenset[Code]) -> DataFrame:
        """The rows that a count needs as `ROWS`, a practice's together. Those of an unknown patient have none.

        Numbering them makes every engine spread and sort by practice. A plain `repartition` and
        `sortWithinPartitions` would do for Spark, but Sail leaves out a sort that it thinks nobody needs.
        """
        tables = {name: self._table(delivery, name) for name in TABLES}
        owners = tables["patients"].select("practice", "patient")
        needed = {
            "registrations": tables["registrations"],
            "events": tables["events"].filter(_any_of(codes)),
            "issues": tables["issues"].filter(_of_system(codes, CodingSystem.DMD)),
        }
        long = [_long(table, name) for name, table in needed.items()]
        owned = reduce(DataFrame.unionAll, long).join(owners, "patient", "left")
        rows = _long(tables["patients"], "patients", f.col("practice")).unionByName(owned)
        number = f.row_number().over(Window.partitionBy("practice").orderBy("kind"))
        return rows.withColumn("row", number).select(ROWS.names)

    def _table(self, delivery: str, name: str) -> DataFrame:
        with _blamed(f"{self.place} cannot read {delivery}/part-*/{name}.parquet. Is the delivery whole?"):
            table = self.session.read.parquet(f"{delivery}/part-*/{name}.parquet")
            _ = table.schema  # asks the engine, which may not find it
            return table


def _check_columns(delivery: str, name: str, found: dict[str, str]) -> None:
    for field in DELIVERY_SCHEMAS[name]:
        if found.get(field.name) != _NAMES[field.type]:
            raise Refusal(
                f"{delivery}: {name}.parquet must have a column {field.name} of {field.type}. "
                "docs/deliveries.md says which columns a delivery has."
            )


def _long(table: DataFrame, name: str, *more: Column) -> DataFrame:
    """The table in the columns of `ROWS` after the practice, and `more` columns."""
    held = {place.column: place.delivered for place in MEANING[name]}
    columns = [
        (f.col(held[field.name]) if field.name in held else f.lit(None))
        .cast(_NAMES[field.type])
        .alias(field.name)
        for field in ROWS
        if field.name not in ("practice", "row", "kind")
    ]
    return table.select(f.lit(TABLES.index(name)).cast("tinyint").alias("kind"), *columns, *more)


def _any_of(codes: frozenset[Code]) -> Column:
    """A row's system and code are among these: the same digits in two systems are two codes."""
    return reduce(
        Column.__or__,
        ((f.col("system") == system.value) & _of_system(codes, system) for system in CodingSystem),
    )


def _of_system(codes: frozenset[Code], system: CodingSystem) -> Column:
    return f.col("code").isin(sorted(str(code) for code in codes if code.system is system))


def _form(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {_NAMES[field.type]}" for field in schema)


@contextmanager
def _blamed(sentence: str) -> Iterator[None]:
    """Say this of whatever the engine complains of: its own words may hold a patient's data."""
    try:
        yield
    except PySparkException as fault:
        if "No module named 'imp2art'" in str(fault):
            sentence = "The workers of the engine lack imp2art. Install this version on each of them."
        raise Refusal(sentence) from fault
