"""Peak flow against figures that were worked out or printed elsewhere (clinical fact file §2 and §8)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from imp2art.asthma.peak_flow import (
    DayReadings,
    PeakFlowScale,
    eu_to_wright,
    is_variable,
    percent_of,
    percent_of_best,
    percent_predicted,
    predicted_adult,
    predicted_child,
    rounded_for_print,
    variability,
    wright_to_eu,
)
from imp2art.core.refusal import Refusal
from imp2art.record.patient import Sex

ON = date(2026, 11, 23)
MEN, WOMEN = Sex.MALE, Sex.FEMALE


@pytest.mark.parametrize(
    ("sex", "age", "height", "wright", "eu"),
    [
        (MEN, 40, 175, 636, 633),
        (MEN, 25, 183, 630, 624),
        (MEN, 60, 167, 575, 550),
        (WOMEN, 40, 160, 478, 431),
    ],
)
def test_nunn_and_gregg_on_both_scales(sex, age, height, wright, eu):
    assert round(predicted_adult(sex, age, Decimal(height), PeakFlowScale.WRIGHT, ON)) == wright
    assert round(predicted_adult(sex, age, Decimal(height), PeakFlowScale.EU, ON)) == eu


@pytest.mark.parametrize(
    ("sex", "height", "ages", "peak"),
    [
        (MEN, 190, (35, 36), 666),
        (MEN, 160, (35, 36), 602),
        (WOMEN, 183, (31,), 465),
        (WOMEN, 152, (31,), 427),
    ],
)
def test_the_tops_of_the_printed_eu_chart(sex, height, ages, peak):
    """Clement Clarke, EU/EN 13826: the highest point of each line, read off the print."""
    line = {age: predicted_adult(sex, age, Decimal(height), PeakFlowScale.EU, ON) for age in range(15, 86)}
    assert max(line.values()) == pytest.approx(peak, abs=1)
    assert max(line, key=line.__getitem__) in ages


@pytest.mark.parametrize(
    ("sex", "age", "low", "high", "short", "tall"),
    [(MEN, 85, 418, 460, 160, 190), (WOMEN, 15, 385, 418, 152, 183)],
)
def test_the_ends_of_the_printed_eu_chart(sex, age, low, high, short, tall):
    assert predicted_adult(sex, age, Decimal(short), PeakFlowScale.EU, ON) == pytest.approx(low, abs=1)
    assert predicted_adult(sex, age, Decimal(tall), PeakFlowScale.EU, ON) == pytest.approx(high, abs=1)


@pytest.mark.parametrize(("wright", "eu"), [(300, 246.7), (500, 456.8)])
def test_scale_anchors(wright, eu):
    assert wright_to_eu(wright, ON) == pytest.approx(eu, abs=0.05)
    assert eu_to_wright(wright_to_eu(wright, ON), ON) == pytest.approx(wright, abs=0.01)


def test_254_eu_is_308_wright():
    assert round(eu_to_wright(254, ON)) == 308


_HEIGHTS = [Decimal(85 + 5 * step) / 100 for step in range(18)]
_TABLE = [87, 95, 104, 115, 127, 141, 157, 174, 192, 212, 233, 254, 276, 299, 323, 346, 370, 393]


@pytest.mark.parametrize(("height", "litres"), list(zip(_HEIGHTS, _TABLE, strict=True)))
def test_every_row_of_the_childrens_table(height, litres):
    assert predicted_child(height) == litres


def test_between_rows_the_childrens_table_is_a_straight_line():
    assert predicted_child(Decimal("1.325")) == Decimal("222.5")


@pytest.mark.parametrize("height", ["0.849", "1.701", "1.75", "175"])
def test_outside_the_childrens_table_it_is_refused(height):
    with pytest.raises(Refusal, match=r"0\.85 to 1\.70 m"):
        predicted_child(Decimal(height))


@pytest.mark.parametrize("age", [14, 86])
def test_outside_15_to_85_years_the_adult_chart_is_refused(age):
    with pytest.raises(Refusal, match="15 to 85"):
        predicted_adult(MEN, age, Decimal(175), PeakFlowScale.EU, ON)


def test_without_a_height_it_is_refused():
    with pytest.raises(Refusal, match="height"):
        predicted_adult(MEN, 40, Decimal(0), PeakFlowScale.EU, ON)


def test_without_a_line_for_the_sex_it_is_refused():
    with pytest.raises(Refusal, match="choose by hand"):
        predicted_adult(Sex.UNKNOWN, 40, Decimal(175), PeakFlowScale.EU, ON)


def test_a_reading_no_meter_shows_is_refused():
    with pytest.raises(Refusal, match="outside"):
        eu_to_wright(5_000, ON)


@pytest.mark.parametrize(
    ("best", "percent", "threshold", "printed"),
    [
        (600, 80, 480, 480),
        (600, 60, 360, 360),
        (600, 40, 240, 240),
        (740, 80, 592, 590),
        (740, 60, 444, 440),
        (740, 40, 296, 300),
    ],
)
def test_thresholds_as_percent_of_best(best, percent, threshold, printed):
    assert percent_of(best, Decimal(percent)) == threshold
    assert rounded_for_print(percent_of(best, Decimal(percent))) == printed


def test_half_way_is_printed_upwards():
    assert rounded_for_print(Decimal(595)) == 600


def test_percent_of_best_is_exact():
    assert percent_of_best(479, 600) == Fraction(479, 6) < 80


def test_percent_of_no_best_is_refused():
    with pytest.raises(Refusal, match="more than 0"):
        percent_of_best(400, 0)


def test_percent_predicted():
    assert percent_predicted(400, 500.0) == pytest.approx(80)


def day(*readings: int) -> DayReadings:
    return DayReadings(readings[:1], readings[1:])


@pytest.mark.parametrize(
    ("days", "percent", "positive"),
    [
        ((day(400, 480),) * 14, 18.18, False),
        ((day(450, 550),) * 14, 20.00, True),
        ((day(440, 540),) * 7 + (day(400, 440),) * 7, 14.97, False),
        ((day(450, 470),) * 14, 4.35, False),
    ],
)
def test_variability(days, percent, positive):
    found = variability(days, ON)
    assert found.percent is not None
    assert round(float(found.percent), 2) == percent
    assert is_variable(found, ON) is positive


def test_a_day_with_a_reading_missing_is_left_out():
    days = (day(450, 550),) * 10 + (DayReadings((300,), ()), DayReadings((), (600,)))
    found = variability(days, ON)
    assert (found.percent, found.days_used) == (20, 10)


def test_a_reading_of_nothing_is_refused():
    with pytest.raises(Refusal, match="more than 0"):
        variability((day(0, 0),) * 14, ON)


def test_nine_whole_days_are_not_enough():
    found = variability((day(450, 550),) * 9, ON)
    assert (found.percent, found.days_used, found.needed) == (None, 9, 10)
    assert is_variable(found, ON) is None
