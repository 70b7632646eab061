"""Whether practices lie further apart than chance alone would put them, and how far."""

from __future__ import annotations

import numpy as np
import pytest

from imp2art.audit.disclosure import protect_counts
from imp2art.audit.reports.report import PeerPoint
from imp2art.audit.reports.spread import spread_of

DICE = np.random.default_rng(20261031)


def practices(count: int, share: float, apart: float) -> tuple[PeerPoint, ...]:
    """Drawn practices, protected as others' are; their true shares lie `apart` (standard deviation)."""
    people = DICE.integers(200, 900, count)
    true = np.clip(DICE.normal(share, apart, count), 0.01, 0.99)
    protected = protect_counts(people, DICE.binomial(people, true))
    return tuple(PeerPoint(int(den), int(num)) for den, num in zip(*protected, strict=True) if num > 0)


def spread(points: tuple[PeerPoint, ...]) -> float | None:
    everyone = sum(point.denominator for point in points)
    return spread_of(points, sum(point.numerator for point in points) / everyone)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5])
def test_practices_that_differ_by_chance_alone_are_seldom_called_spread(share):
    found = [spread(practices(36, share, 0.0)) for _ in range(200)]
    assert sum(each is not None for each in found) <= 4


def test_practices_that_truly_differ_are_and_by_how_much():
    # 0.06 beside the 0.022 that chance gives shares of some 520 people.
    found = [spread(practices(36, 0.5, 0.06)) for _ in range(50)]
    assert all(found)
    assert np.mean(found) == pytest.approx(np.hypot(0.06, 0.022) / 0.022, rel=0.25)


def test_a_few_odd_practices_are_no_spread():
    steady = practices(36, 0.5, 0.0)
    assert spread((*steady[2:], PeerPoint(500, 25), PeerPoint(500, 475))) is None


@pytest.mark.parametrize(("points", "centre"), [((), 0.5), ((PeerPoint(200, 0),), 0.0)])
def test_without_practices_or_without_anyone_to_differ_there_is_none(points, centre):
    assert spread_of(points, centre) is None
