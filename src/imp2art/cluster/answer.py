"""What an engine gave back, as the tidy table of figures: all of it, or a refusal."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from imp2art.audit.figures import FIGURES_SCHEMA
from imp2art.cluster.delivery import Delivery
from imp2art.cluster.partition import Question
from imp2art.core.refusal import Refusal

_MOST_TOLD = 5


def figures_of(counted: pa.Table, delivery: Delivery, question: Question) -> pa.Table:
    """The figures (`FIGURES_SCHEMA`) by practice, indicator in the order of the question, and month.

    `counted` has the columns of `partition.COUNTED` in any order of rows. Raises `Refusal` where a
    practice could not be counted, or where its rows are not there exactly once.
    """
    _check_faults(counted, delivery)
    ordered = _in_order(counted, question)
    _check_whole(ordered, delivery, question)
    denominator = ordered["denominator"]
    share = pc.divide(ordered["numerator"].cast(pa.float64()), denominator.cast(pa.float64()))
    versions = [each.version_on(on) for each in question.indicators for on in question.month_ends]
    columns = {
        **{name: ordered[name] for name in ordered.column_names},
        "rate": pc.if_else(pc.greater(denominator, 0), share, pa.scalar(None, pa.float64())),
        "rule_version": pa.array(versions * len(delivery.practices), pa.string()),
    }
    return pa.table([columns[field.name].cast(field.type) for field in FIGURES_SCHEMA], FIGURES_SCHEMA)


def _check_faults(counted: pa.Table, delivery: Delivery) -> None:
    faults = sorted(counted["fault"].drop_null().to_pylist())
    if faults:
        more = f" And {len(faults) - _MOST_TOLD:,} more such." if len(faults) > _MOST_TOLD else ""
        raise Refusal(
            f"{delivery.address} cannot be counted, and there are no figures. "
            f"{' '.join(fault[:1].upper() + fault[1:] for fault in faults[:_MOST_TOLD])}{more}"
        )


def _in_order(counted: pa.Table, question: Question) -> pa.Table:
    slugs = pa.array([indicator.slug for indicator in question.indicators], pa.string())
    placed = counted.append_column("place", pc.index_in(counted["indicator"], slugs))
    return placed.sort_by([(name, "ascending") for name in ("practice", "place", "month_end")])


def _check_whole(ordered: pa.Table, delivery: Delivery, question: Question) -> None:
    """Each practice, indicator and month once: an engine that lost or doubled a task is found out here."""
    practices, days = len(delivery.practices), pa.array(question.month_ends, pa.date32())
    places = np.arange(len(question.indicators), dtype=np.int32)
    each = len(places) * len(days)
    expected = {
        "practice": pa.array(delivery.practices, pa.string()).take(np.repeat(np.arange(practices), each)),
        "place": pa.array(np.tile(np.repeat(places, len(days)), practices)),
        "month_end": days.take(np.tile(np.arange(len(days)), len(places) * practices)),
    }
    if any(not ordered[name].combine_chunks().equals(column) for name, column in expected.items()):
        raise Refusal(
            f"The engine's figures are not one for each of the {len(delivery.practices):,} practices that "
            f"{delivery.address}/manifest.json names, so none are kept. Run it again; if it happens twice, "
            "practices and patients of the delivery do not fit together."
        )
