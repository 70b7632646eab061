"""Limits and signals of the run chart."""

from __future__ import annotations

import pytest

from imp2art.audit.run_chart import POINTS_NEEDED, SignalKind, draw_limits

FLAT = [0.5, 0.52] * 6


def kinds_at(points, place) -> set[tuple[SignalKind, bool]]:
    return {(signal.kind, signal.high) for signal in draw_limits(points).signals_at(place)}


def test_limits_are_the_mean_and_2_66_mean_moving_ranges():
    chart = draw_limits(FLAT)
    assert chart.mean == pytest.approx(0.51)
    assert chart.upper == pytest.approx(0.51 + 2.66 * 0.02)
    assert chart.lower == pytest.approx(0.51 - 2.66 * 0.02)


def test_limits_of_a_share_stay_between_0_and_1():
    chart = draw_limits([0.0, 0.9] * 6)
    assert (chart.lower, chart.upper) == (0.0, 1.0)


def test_limits_are_never_nearer_than_asked():
    chart = draw_limits(FLAT, least_reach=0.2)
    assert (chart.lower, chart.upper) == pytest.approx((0.31, 0.71))


def test_too_few_points_have_no_limits():
    chart = draw_limits(FLAT[: POINTS_NEEDED - 1])
    assert (chart.mean, chart.signals) == (None, ())


def test_a_series_that_never_changes_has_no_signal():
    assert draw_limits([0.1] * 24).signals == ()


def test_a_quiet_series_has_no_signal():
    assert draw_limits(FLAT).signals == ()


def test_a_point_outside():
    assert (SignalKind.OUTSIDE, True) in kinds_at([*FLAT, 0.9], 12)
    assert (SignalKind.OUTSIDE, False) in kinds_at([*FLAT, 0.1], 12)


def test_a_run_is_seven_on_one_side():
    low, high = [0.50, 0.51], [0.60, 0.61]
    seven = [*low * 6, *(high * 4)[:7]]
    assert any(kind is SignalKind.RUN and is_high for kind, is_high in kinds_at(seven, 18))
    six = [*low * 6, *high * 3, 0.5]
    assert not any(kind is SignalKind.RUN and is_high for kind, is_high in kinds_at(six, 17))


def test_a_trend_is_six_that_rise():
    noisy = [0.5, 0.6] * 6
    five_up = [*noisy, 0.51, 0.53, 0.55, 0.57]
    assert not any(kind is SignalKind.TREND for kind, _ in kinds_at(five_up, 15))
    assert (SignalKind.TREND, True) not in kinds_at([*noisy, 0.5, 0.51, 0.52, 0.53, 0.54], 16)
    assert (SignalKind.TREND, True) in kinds_at([*noisy, 0.5, 0.51, 0.52, 0.53, 0.54, 0.55], 17)


def test_a_trend_down():
    assert (SignalKind.TREND, False) in kinds_at([*[0.5, 0.6] * 6, 0.55, 0.54, 0.53, 0.52, 0.51, 0.5], 17)


def test_two_of_three_near_a_limit():
    points = [*[0.50, 0.51] * 20, 0.75, 0.51, 0.76]  # within 0.3 of the mean, beyond two thirds of it
    chart = draw_limits(points, least_reach=0.3)
    assert [signal.points for signal in chart.signals if signal.kind is SignalKind.NEAR_LIMIT] == [(40, 42)]


def test_months_without_anyone_are_no_points():
    chart = draw_limits([None, *FLAT, None, 0.95])
    assert chart.mean is not None
    assert {signal.points for signal in chart.signals if signal.kind is SignalKind.OUTSIDE} == {(14,)}
