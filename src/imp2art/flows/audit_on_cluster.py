"""The audit of a delivery of many practices on an engine that somebody already has: Spark."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from imp2art import __version__
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.drafting import whole_months
from imp2art.cluster.address import place_of
from imp2art.cluster.answer import figures_of
from imp2art.cluster.delivery import Delivery, delivery_of
from imp2art.cluster.partition import Question, count_partition
from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.core.whole_folder import check_out, whole_folder
from imp2art.record.extract_schema import MANIFEST_NAME

FILES = ("figures.csv", "figures.parquet", "manifest.json")


def audit_on_cluster(
    delivery: str,
    url: str,
    library: Library,
    months: int,
    out: Path,
    progress: Callable[[str], None] = lambda _: None,
) -> pa.Table:
    """Count every practice of a delivery at the engine with this address, and write the figures into `out`.

    `delivery` is a folder, or an address such as `s3://bucket/folder`, as the engine's machines see it.
    `url` is `sc://host:port` or `local[2]`. The answer is the figures as `audit.figures` has them; they
    are exact. All files appear together or not at all. Raises `Refusal` for an engine that does not
    answer or gives up, and for a delivery with a fault anywhere: a cluster sets no row aside.
    """
    check_out(out, FILES)
    with _spark().spark_at(url) as spark:
        progress(f"reading what {delivery} says of itself")
        given = delivery_of(delivery, spark.text_of(f"{delivery}/{MANIFEST_NAME}"))
        question = Question(tuple(INDICATORS.values()), whole_months(given.taken_on, months), library)
        progress("checking its files")
        spark.check_delivery(given)
        progress(f"counting {len(given.practices):,} practices at {spark.place}")
        counted = spark.count(given, question.codes, partial(count_partition, question=question))
    figures = figures_of(counted, given, question)
    with whole_folder(out) as beside:
        pa.csv.write_csv(figures, beside / "figures.csv")
        pa.parquet.write_table(figures, beside / "figures.parquet")
        (beside / MANIFEST_NAME).write_text(_manifest(given, question, place_of(url)), "utf-8")
    return figures


def _spark() -> ModuleType:
    """The module that needs Spark's own package, which only those with an engine install."""
    try:
        from imp2art.cluster import spark
    except ImportError as missing:
        raise Refusal(
            f"{missing.name} is not installed here. To speak to an engine: pip install 'imp2art[spark]'; to "
            "run Spark on this machine: pip install 'imp2art[spark-local]'."
        ) from None
    return spark


def _manifest(delivery: Delivery, question: Question, place: str) -> str:
    """What the figures are made of, by digests."""
    slugs = sorted(frozenset[str]().union(*(indicator.codelists for indicator in question.indicators)))
    told: dict[str, str | dict[str, str]] = {
        "delivery": delivery.digest,
        "taken_on": delivery.taken_on.isoformat(),
        "codelists": {slug: question.library.codelist(slug).digest for slug in slugs},
        "indicators": {indicator.slug: indicator.digest for indicator in question.indicators},
        "code_version": __version__,
        "counted_at": place,
    }
    return json.dumps(told, indent=1) + "\n"
