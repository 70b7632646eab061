"""The tests' report beside twenty made-up practices like it, for everything that shows a comparison."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from imp2art.audit.disclosure import protect_counts
from imp2art.audit.peers import PeerFigures, PeerPractice, compare_with, peer_figures
from imp2art.audit.reports.report import AuditReport
from tests.unit.test_audit_report import REPORT

OTHERS = 20
OWN = PeerPractice(str(REPORT.practice), "England", 0, 2)


def peers_of(report: AuditReport) -> PeerFigures:
    """Practices of 200 to 390 people each, at shares around this practice's own."""
    slugs = tuple(series.slug for series in report.series)
    months = report.month_ends[-3:]
    people = np.tile(np.arange(200, 400, 10), (len(slugs), len(months), 1))
    shares = np.array([[series.newest.rate or 0.0] for series in report.series])
    spread = np.clip(shares + np.linspace(-0.2, 0.2, OTHERS), 0.05, 0.95)[:, np.newaxis, :]
    practices = tuple(PeerPractice(f"C{at:05}", "England", 0, 2) for at in range(OTHERS))
    protected = protect_counts(people, np.round(people * spread).astype(np.int64))
    return peer_figures(months, practices, slugs, *protected)


PEERS = peers_of(REPORT)
COMPARED = replace(
    REPORT,
    peers_of=PEERS.month_ends[-1],
    series=tuple(replace(each, comparison=compare_with(PEERS, OWN, each)) for each in REPORT.series),
)
