"""Spark reads a delivery, gives every row its practice, and runs our function where the rows are.

The only file that knows Spark. It is written in what Apache Spark, Spark Connect and Sail share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from sys import executable

import grpc
import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as f
from pyspark.sql.connect.client import DefaultChannelBuilder
from pyspark.sql.connect.client.retries import DefaultPolicy

from imp2art.cluster.address import is_local, place_of
from imp2art.cluster.delivery import Delivery
from imp2art.cluster.rows import COUNTED, MEANING, ROWS, TABLES
from imp2art.codes.identifiers import Code, CodingSystem
from imp2art.core.refusal import Refusal
from imp2art.record.delivery_form import DELIVERY_SCHEMAS

_PATIENCE = 10  # seconds for a server's first answer
_RETRIES = 6  # of a call, over a minute: a server that is silent for longer is gone

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
    place = place_of(url)
    try:
        session = _local_session(url) if is_local(url) else _remote_session(url)
    except (PySparkException, grpc.FutureTimeoutError):
        raise Refusal(_no_session(url)) from None
    try:
        yield Spark(session, place)
    finally:
        with suppress(PySparkException):  # a server that is gone
            session.stop()


def _remote_session(url: str) -> SparkSession:
    """Asks first whether a server is there: Spark's client would try that for ten minutes."""
    channel = DefaultChannelBuilder(url).toChannel()
    grpc.channel_ready_future(channel).result(timeout=_PATIENCE)
    channel.close()
    session = SparkSession.builder.remote(url).create()
    session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
    return session


def _local_session(url: str) -> SparkSession:
    builder = SparkSession.builder.master(url)
    for silenced in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
        builder = builder.config(silenced, "false")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.pythonExec = executable  # else the workers are whichever python3 is found first
    return session


def _no_session(url: str) -> str:
    if is_local(url):
        return (
            f"Spark does not start here as {url}. It needs Java 17 or newer, and the whole of Spark: "
            "pip install 'imp2art[spark-local]', without imp2art[spark] beside it."
        )
    return f"No Spark Connect server answers at {place_of(url)}. Start it there, or mend the address."


@dataclass(frozen=True, slots=True)
class Spark:
    """A session and the name of its place. Folders are named as the engine's machines see them."""

    session: SparkSession
    place: str

    def text_of(self, address: str) -> str:
        """The content of a text file."""
        sentence = f"{self.place} cannot read {address}. Name a delivery's folder as its machines see it."
        with _blamed(sentence):
            rows = self.session.read.text(address, wholetext=True).collect()
        if not rows:  # Sail's word for a file that is not there
            raise Refusal(sentence)
        return "\n".join(row[0] for row in rows)

    def check_delivery(self, delivery: Delivery) -> None:
        """Refuse files of another shape, another number of rows, and patients who are there twice."""
        with _blamed(f"{self.place} cannot read the files that {delivery.address}/manifest.json names."):
            for name, files in delivery.files.items():
                for file in files:
                    _check_columns(file, name, self._read(file))
                _check_rows(delivery, name, self._read(*files).count())
            people = self._read(*delivery.files["patients"]).groupBy("patient").count()
            twice = people.filter(f.col("count") > 1).count()
        if twice:
            raise Refusal(
                f"{delivery.address}: {twice:,} patients have more than one row in patients. A pseudonym is "
                "one person's, in one practice: make the delivery anew."
            )

    def count(self, delivery: Delivery, codes: Iterable[Code], job: Job) -> pa.Table:
        """What `job` makes of the rows of each practice, in any order; columns as `COUNTED`."""
        with _blamed(f"{self.place} gave up in the midst, so there are no figures. Its log says why."):
            rows = self._rows(delivery, frozenset(codes))
            return rows.mapInArrow(job, _form(COUNTED)).toArrow().cast(COUNTED)

    def _rows(self, delivery: Delivery, codes: frozenset[Code]) -> DataFrame:
        """The rows that a count needs, as `ROWS`, a practice's together; an unknown patient's have none.

        Numbering them makes every engine spread and sort by practice. A plain `repartition` and
        `sortWithinPartitions` would do for Spark, but Sail leaves out a sort that it thinks nobody needs.
        """
        tables = {name: self._read(*delivery.files[name]) for name in TABLES}
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

    def _read(self, *files: str) -> DataFrame:
        return self.session.read.parquet(*files)


def _check_columns(file: str, name: str, table: DataFrame) -> None:
    found = dict(table.dtypes)
    if not found:  # Sail's word for a file that is not there
        raise Refusal(f"{file} is not there, though the delivery's manifest names it. Copy it again.")
    for field in DELIVERY_SCHEMAS[name]:
        if found.get(field.name) != _NAMES[field.type]:
            raise Refusal(
                f"{file} must have a column {field.name} of {field.type}. docs/deliveries.md says which "
                "columns a delivery has."
            )


def _check_rows(delivery: Delivery, name: str, found: int) -> None:
    if found != delivery.rows[name]:
        raise Refusal(
            f"{delivery.address}: {name} has {found:,} rows, its manifest says {delivery.rows[name]:,}. "
            "A file was cut off or is from another delivery: copy it again."
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
