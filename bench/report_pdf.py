"""How many printed reports a second: ours on Typst, beside WeasyPrint on the same report.

    python bench/report_pdf.py [--reports 24] [--rival path/to/python | --alone]

Each report is another practice's: other people counted, another name, so that nothing is answered from
memory. Both sides print the same sentences, tables and drawings, A4 and tagged (PDF/UA), in one process
with the font set up before the clock starts. `--rival` is the interpreter of an environment of its own that
has WeasyPrint (else that of .venv-bench); with `--alone` only our side is timed. Every word and number of
ours must be in what the rival prints. Time is the processor's own, which a busy machine lengthens less.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2
from figures import at_least, print_figures, told

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.drafting import KEY
from imp2art.audit.indicator import Indicator
from imp2art.audit.peers import PeerPractice, compare_with, peer_figures
from imp2art.audit.reports.chance import draw_chart, judge
from imp2art.audit.reports.headline import headline_of, plain_headline_of
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import (
    AuditReport,
    Checks,
    Dimension,
    EquitySplit,
    GroupFigure,
    IndicatorSeries,
    MonthFigure,
    ReportManifest,
)
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import month_ends
from imp2art.documents.report_pdf import ReportKind, render_report_pdf, values_of

PER_SECOND, TIMES_RIVAL = 10, 3
MONTHS = month_ends(date(2026, 10, 31), 24)
BENCH_PYTHON = Path(__file__).parents[1] / ".venv-bench" / "bin" / "python"
RIVAL = Path(__file__).parent / "rivals" / "report_weasyprint.py"
_GROUPS = {
    Dimension.AGE: ("age-0-11", "age-12-17", "age-18-39", "age-40-64", "age-65"),
    Dimension.SEX: ("female", "male"),
    Dimension.ETHNICITY: ("white", "mixed", "asian", "black", "other-ethnicity", "not-known"),
    Dimension.DEPRIVATION: ("fifth-1", "fifth-2", "fifth-3", "fifth-4", "fifth-5"),
}


def main() -> None:
    wanted = argparse.ArgumentParser(description="Time the printed report.")
    wanted.add_argument("--reports", type=int, default=24)
    wanted.add_argument("--rival", type=Path, default=BENCH_PYTHON, help="a Python that has WeasyPrint")
    wanted.add_argument("--alone", action="store_true", help="without the rival")
    asked = wanted.parse_args()
    dice = Random(1)
    reports = [some_report(dice, at) for at in range(asked.reports + 1)]
    first = render_report_pdf(reports[0])  # fonts and template are read here
    ours = timed(reports[1:])
    rows = [
        at_least("reports a second a core", len(ours) / sum(ours), PER_SECOND),
        told("median ms", sorted(ours)[len(ours) // 2] * 1000),
        told("pages", len(pypdfium2.PdfDocument(first))),
        told("size, kB", len(first) / 1000),
    ]
    if not asked.alone:
        theirs = rival(asked.rival, reports, first)
        rows += [
            told("rival (WeasyPrint), reports a second", len(theirs) / sum(theirs)),
            at_least("ours to rival, ratio", sum(theirs) / sum(ours), TIMES_RIVAL),
        ]
    sys.exit(print_figures(rows))


def timed(reports: Sequence[AuditReport]) -> list[float]:
    """Seconds of one core for each report, from the kept value to its bytes."""
    taken = []
    for report in reports:
        start = time.process_time()
        render_report_pdf(report)
        taken.append(time.process_time() - start)
    return taken


def rival(python: Path, reports: Sequence[AuditReport], first: bytes) -> list[float]:
    """The same reports by WeasyPrint; stops where what it prints lacks one of our numbers."""
    values = [values_of(report, ReportKind.MONTH, Version.IMP2ART) for report in reports]
    with TemporaryDirectory() as room:
        (Path(room) / "values.json").write_text(json.dumps(values), encoding="utf-8")
        subprocess.run([python, RIVAL, room], check=True)
        check_same(first, (Path(room) / "first.pdf").read_bytes())
        taken: list[float] = json.loads((Path(room) / "taken.json").read_text())
    return taken


def check_same(ours: bytes, theirs: bytes) -> None:
    """Every word of ours is in theirs: page numbers apart."""
    lacking = words_of(ours) - words_of(theirs)
    if lacking:
        raise SystemExit(f"The rival printed another report: it lacks {sorted(lacking)[:8]}.")


def words_of(pdf: bytes) -> set[str]:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return {word for page in pages for word in page.get_textpage().get_text_bounded().split()}


def some_report(dice: Random, at: int) -> AuditReport:
    """A practice with every indicator over 24 months, twenty practices beside it and all groups."""
    people = dice.randrange(300, 900)
    series = tuple(some_series(dice, indicator, people) for indicator in INDICATORS.values())
    slugs = tuple(each.slug for each in series)
    series = tuple(compared(dice, each) for each in series)
    by_slug = dict(zip(slugs, series, strict=True))
    return AuditReport(
        PracticeCode(f"A{at:05}"),
        f"Practice number {at}",
        MONTHS,
        series,
        tuple(headline_of(by_slug)),
        Checks(10_000, 1_000, 3, 120_000, 0),
        ReportManifest("sha256:0", MONTHS[-1], {}, {}, "0.1.0", 0, None, {"England 2026/27": "sha256:1"}),
        plain_headline=tuple(plain_headline_of(by_slug)),
        key=tuple(slug for slug in KEY if slug in by_slug),
        nation="England",
        peers_of=MONTHS[-1],
    )


def some_series(dice: Random, indicator: Indicator, people: int) -> IndicatorSeries:
    share = dice.uniform(0.05, 0.7)
    figures = tuple(
        MonthFigure(on, people, sum(dice.random() < share for _ in range(people)), 0, 0, "rules")
        for on in MONTHS
    )
    chart = draw_chart(figures)
    return IndicatorSeries(
        indicator.slug,
        indicator.direction,
        figures,
        chart,
        judge(chart, indicator.direction),
        equity=tuple(some_split(dice, dimension, share) for dimension in Dimension),
        topic=indicator.topic,
        evidence=indicator.evidence,
    )


def some_split(dice: Random, dimension: Dimension, share: float) -> EquitySplit:
    sizes = {group: dice.randrange(5, 200) for group in _GROUPS[dimension]}
    groups = tuple(GroupFigure(group, size, int(size * share)) for group, size in sizes.items())
    return EquitySplit(dimension, groups, False)


def compared(dice: Random, series: IndicatorSeries) -> IndicatorSeries:
    others = 30
    practices = [PeerPractice(f"C{at:05}", "England", 1, 3) for at in range(others)]
    people = np.array([[[5 * dice.randrange(40, 200) for _ in practices]]])
    rate = series.newest.rate or 0.1
    met = 5 * np.maximum(2, (people * rate * dice.uniform(0.8, 1.2) / 5).astype(int))
    peers = peer_figures(MONTHS[-1:], practices, (series.slug,), people, np.minimum(met, people))
    return replace(series, comparison=compare_with(peers, PeerPractice("A00000", "England", 1, 3), series))


if __name__ == "__main__":
    main()
