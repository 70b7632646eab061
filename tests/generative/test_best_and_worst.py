"""A practice is never in the best and worst tenth of the same measure without the report saying why."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from imp2art.audit.indicator import Direction
from imp2art.audit.peers import PeerFigures, PeerPractice, compare_with, peer_figures
from imp2art.audit.reports.chance import draw_chart
from imp2art.audit.reports.report import IndicatorSeries, MonthFigure, Verdict
from imp2art.core.period import month_ends
from imp2art.documents.report_words import extremes_in_words

MONTHS = month_ends(date(2026, 10, 31), 3)
OWN = PeerPractice("A12345", "England", 1, 2)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[PeerFigures, IndicatorSeries]:
    count = draw(st.integers(10, 30))
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    practices = [
        PeerPractice(f"C{at:05}", "England", int(dice.integers(0, 3)), int(dice.integers(1, 4)))
        for at in range(count)
    ]
    spread = draw(st.integers(0, 9))
    met = 10 * (10 + dice.integers(-spread, spread + 1, (1, len(MONTHS), count)))
    peers = peer_figures(MONTHS, practices, ("saba-6",), np.full_like(met, 200), met)
    people = draw(st.integers(1, 200))
    figures = tuple(MonthFigure(on, people, draw(st.integers(0, people)), 0, 0, "rules") for on in MONTHS)
    direction = draw(st.sampled_from(Direction))
    return peers, IndicatorSeries("saba-6", direction, figures, draw_chart(figures), Verdict.TOO_FEW)


def places(peers: PeerFigures, series: IndicatorSeries, codes: set[str]) -> list[float]:
    """By plain counting: the share of these practices that this one does better than, month by month."""
    table, found = peers.tables["saba-6"], []
    for at, figure in enumerate(series.figures):
        ours = figure.numerator / figure.denominator
        better = 0.0
        for place, practice in enumerate(peers.practices):
            if practice.code in codes:
                theirs = table.numerators[at][place] / table.denominators[at][place]
                wins = theirs < ours if series.direction is Direction.HIGHER else theirs > ours
                better += 0.5 if theirs == ours else float(wins)
        found.append(better / len(codes))
    return found


@settings(max_examples=200)
@given(worlds())
def test_best_and_worst_always_have_a_reason_and_only_they(world) -> None:
    peers, series = world
    comparison = compare_with(peers, OWN, series)
    group = comparison.group
    alike = {
        each.code
        for each in peers.practices
        if (group.least is None or each.band == OWN.band) and (group.fifth is None or each.fifth == OWN.fifth)
    }
    stands = places(peers, series, alike) + places(peers, series, {each.code for each in peers.practices})
    both = max(stands) >= 0.9 and min(stands) <= 0.1 and series.direction is not Direction.NEITHER
    assert (comparison.extremes is not None) is both
    told = list(extremes_in_words(comparison))
    assert (len(told) == 2 and told[1].startswith("Why: ")) is both
