"""The figures as a tidy table: one row a practice, indicator and month end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from imp2art.audit.reports.report import AuditReport

FIGURES_SCHEMA = pa.schema(
    [
        ("practice", pa.string()),
        ("indicator", pa.string()),
        ("month_end", pa.date32()),
        ("denominator", pa.int64()),
        ("numerator", pa.int64()),
        ("excluded", pa.int64()),
        ("cannot_tell", pa.int64()),
        ("rate", pa.float64()),  # null where nobody is in the denominator
        ("rule_version", pa.string()),
    ]
)


def figures_table(reports: Iterable[AuditReport]) -> pa.Table:
    """Every figure of the reports; columns as `FIGURES_SCHEMA`, exact counts."""
    rows = [row for report in reports for row in _rows(report)]
    return pa.Table.from_pylist(rows, FIGURES_SCHEMA)


def _rows(report: AuditReport) -> Iterator[dict[str, object]]:
    for series in report.series:
        for figure in series.figures:
            yield {
                "practice": str(report.practice),
                "indicator": series.slug,
                "month_end": figure.month_end,
                "denominator": figure.denominator,
                "numerator": figure.numerator,
                "excluded": figure.excluded,
                "cannot_tell": figure.cannot_tell,
                "rate": figure.rate,
                "rule_version": figure.rule_version,
            }
