"""`imp2art audit`: an extract, or a folder of them, to figures and a report, without a site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from imp2art.audit.bits.grid import MOST_MONTHS
from imp2art.audit.reports.report import AuditReport
from imp2art.cli.home import home, now
from imp2art.cli.options import check_not_both, check_range, clear
from imp2art.cli.peers import figures_in
from imp2art.codes.library import Library, read_library
from imp2art.core.place import check_apart
from imp2art.documents.audit_report import fact_in_words
from imp2art.flows.audit_on_cluster import audit_on_cluster
from imp2art.flows.run_audit import MONTHS, audit_extract

_Extract = Annotated[
    str,
    typer.Argument(metavar="EXTRACT", help="An extract's folder, or one of such; with --spark a delivery's"),
]
_Months = Annotated[int, typer.Option("--months", help=f"How many month ends, 1 to {MOST_MONTHS}")]
_Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="A new folder, or that of an earlier audit")]
_Spark = Annotated[
    str | None,
    typer.Option("--spark", metavar="URL", help="Count a delivery at sc://host:port, or with local[2] here"),
]
_Peers = Annotated[
    Path | None,
    typer.Option("--peers", metavar="FILE", help="A national audit's peers.json, to compare with"),
]


_NO_REPORT = "figures are compared in a report, and a cluster writes none"


def register(app: typer.Typer) -> None:
    """Give the command its verb."""
    app.command("audit")(audit)


def audit(
    extract: _Extract, out: _Out, months: _Months = MONTHS, spark: _Spark = None, peers: _Peers = None
) -> None:
    """Count every indicator at every month end: figures.csv, figures.parquet and report.html.

    The figures are exact, so they stay inside the practice. Needs no site and keeps nothing in one.
    With --spark the practices of a whole delivery are counted where an engine has them, without a report.
    """
    check_range("--months", months, 1, MOST_MONTHS, "months")
    check_not_both("--spark", spark is not None, "--peers", peers is not None, _NO_REPORT)
    if "://" not in extract:
        check_apart(out, Path(extract))
    clear(out)
    library = read_library(home() / "codelists")
    if spark is not None:
        _audit_on_cluster(extract, spark, library, months, out)
        return
    begun, others = now(), figures_in(peers) if peers else None
    reports = audit_extract(
        Path(extract), library, months, out, lambda name: print(f"· auditing {name}", flush=True), others
    )
    for sentence in (line for report in reports for line in told(report)):
        print(sentence)
    print(f"{out / 'report.html'} ({(now() - begun).total_seconds():.1f} s)")


def _audit_on_cluster(delivery: str, url: str, library: Library, months: int, out: Path) -> None:
    begun = now()
    address = delivery.rstrip("/") if "://" in delivery else str(Path(delivery).resolve())
    figures = audit_on_cluster(
        address, url, library, months, out, lambda step: print(f"· {step}", flush=True)
    )
    print(f"{len(figures):,} figures: {out / 'figures.parquet'} ({(now() - begun).total_seconds():.1f} s)")


def told(report: AuditReport) -> Iterator[str]:
    """A practice's audit in a few lines."""
    yield f"  {report.practice_name}, to {report.as_at}"
    for fact in report.headline:
        yield f"    {fact_in_words(fact)}"
    checks = report.checks
    yield (
        f"    {checks.people_compared:,} of {checks.people:,} people worked out by both engines: "
        f"{checks.differences} differences in {checks.comparisons:,} answers"
    )
    if report.manifest.rejected_rows:
        yield f"    {report.manifest.rejected_rows:,} faulty rows are in no figure: see rejects.csv"
