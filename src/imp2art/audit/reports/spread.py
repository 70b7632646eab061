"""How far apart practices lie, against how far apart chance alone would put them.

The limits of a funnel allow for chance in who is counted and for nothing else. Practices differ in their
patients and in how they code, so often many more of them lie outside than chance alone would put there:
the shares are overdispersed. Source: Spiegelhalter 2005, Stat Med 24:1185–1202 (funnel plots); Spiegelhalter
2005, Qual Saf Health Care 14:347–351 (the winsorised ratio, and when it counts).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from imp2art.audit.reports.report import PeerPoint

_WINSORISED = 10  # percent of each end pulled in, so that a few odd practices do not make the figure
_ROUNDED_TO = 5  # counts of others are rounded so: that alone moves them, evenly within it


def spread_of(points: Sequence[PeerPoint], centre: float) -> float | None:
    """How many times as far apart as chance alone would put them; None where chance is enough.

    Each has people counted. It is the square root of the mean squared z-score of the `points` around the
    `centre` (0 to 1), its tails winsorised, and counts where that mean is more than two of its own standard
    deviations above 1. What rounding does to the counts is taken for chance.
    """
    if not points or not 0 < centre < 1:
        return None
    people = np.array([point.denominator for point in points], np.float64)
    met = np.array([point.numerator for point in points], np.float64)
    rounding = (1 + centre**2) * _ROUNDED_TO**2 / 12
    scores = (met - centre * people) / np.sqrt(people * centre * (1 - centre) + rounding)
    low, high = np.percentile(scores, (_WINSORISED, 100 - _WINSORISED))
    ratio = float(np.square(np.clip(scores, low, high)).mean())
    return sqrt(ratio) if ratio > 1 + 2 * sqrt(2 / len(points)) else None
