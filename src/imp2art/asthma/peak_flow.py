"""Peak flow: predicted values, the two meter scales, percentages and variability.

Adults: Nunn AJ, Gregg I. BMJ 1989;298:1068–70, doi:10.1136/bmj.298.6680.1068, ages 15–85, on the Wright
scale, converted to the EU scale (EN 13826). Children: the Clement Clarke table by height, 7 October
2004, on the EU scale. Coefficients and tags: reference/peak_flow.toml.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from imp2art.asthma.reference import number, reference_table, whole
from imp2art.core.refusal import Refusal
from imp2art.record.patient import Sex


class PeakFlowScale(StrEnum):
    """Which meter scale a peak flow was read on; the two differ by up to 80 L/min."""

    EU = "EU"  # EN 13826, all meters since 2004
    WRIGHT = "Wright"


_EQUATIONS = {Sex.MALE: "men", Sex.FEMALE: "women"}
_CUBIC = ("scale-constant", "scale-linear", "scale-square", "scale-cube")


@dataclass(frozen=True, slots=True)
class DayReadings:
    """One day's readings in L/min; a day counts only with a morning and an evening one."""

    morning: tuple[int, ...]
    evening: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Variability:
    """Mean amplitude % mean, exact; None where fewer than `needed` days had both readings."""

    percent: Fraction | None
    days_used: int
    needed: int


def predicted_adult(sex: Sex, age: int, height_cm: Decimal, scale: PeakFlowScale, on: date) -> float:
    """Predicted peak flow in L/min, not rounded. Raises `Refusal` outside 15–85 years or without a sex."""
    youngest, oldest = whole("nunn-gregg-youngest", on), whole("nunn-gregg-oldest", on)
    if not youngest <= age <= oldest:
        raise Refusal(f"The adult peak flow chart is for ages {youngest} to {oldest}.")
    if height_cm <= 0:
        raise Refusal("A height in centimetres is needed for a predicted peak flow.")
    if sex not in _EQUATIONS:
        raise Refusal("The adult peak flow chart has one line for men and one for women: choose by hand.")
    a, b, c, d = (_coefficient(f"nunn-gregg-{_EQUATIONS[sex]}-{name}", on) for name in "abcd")
    wright = math.exp(a * math.log(age) - b * age - c / float(height_cm) + d)
    return wright if scale is PeakFlowScale.WRIGHT else wright_to_eu(wright, on)


def predicted_child(height_m: Decimal) -> Decimal:
    """Predicted peak flow by height in L/min on the EU scale, straight between the rows of the table.

    Raises `Refusal` outside the table, 0.85–1.70 m: nothing is drawn beyond it.
    """
    rows = [(Decimal(row["height"]), Decimal(row["peak_flow"])) for row in _child_rows()]
    if not rows[0][0] <= height_m <= rows[-1][0]:
        raise Refusal(f"The children's peak flow table is for heights {rows[0][0]} to {rows[-1][0]} m.")
    lower = max(row for row in rows if row[0] <= height_m)
    upper = min(row for row in rows if row[0] >= height_m)
    if upper == lower:
        return lower[1]
    return lower[1] + (upper[1] - lower[1]) * (height_m - lower[0]) / (upper[0] - lower[0])


def wright_to_eu(wright: float, on: date) -> float:
    """A Wright-scale reading in L/min on the EU scale; a cubic, rising over the range of meters."""
    return sum(_coefficient(slug, on) * wright**power for power, slug in enumerate(_CUBIC))


def eu_to_wright(eu: float, on: date) -> float:
    """The Wright-scale reading that `wright_to_eu` takes to this one, found by halving, to 0.001 L/min."""
    low, high = 0.0, float(whole("scale-highest", on))
    if not wright_to_eu(low, on) <= eu <= wright_to_eu(high, on):
        raise Refusal("This peak flow is outside what a meter can show.")
    while high - low > 0.001:
        middle = (low + high) / 2
        low, high = (middle, high) if wright_to_eu(middle, on) < eu else (low, middle)
    return (low + high) / 2


def percent_of_best(reading: int, best: int) -> Fraction:
    """A reading as % of the personal best, exact; both on the same scale."""
    if best <= 0:
        raise Refusal("A personal best peak flow is more than 0.")
    return Fraction(100 * reading, best)


def percent_predicted(reading: int, predicted: float) -> float:
    """A reading as % of the predicted value; both on the same scale."""
    return 100 * reading / predicted


def percent_of(best: int, percent: Decimal) -> Decimal:
    """A threshold: so many % of the personal best, in L/min, not rounded."""
    return best * percent / 100


def rounded_for_print(litres_a_minute: Decimal) -> int:
    """To the nearest 10 L/min, as printed plans have it; alerts use the unrounded value."""
    return int((litres_a_minute / 10).quantize(Decimal(1), ROUND_HALF_UP)) * 10


def variability(days: tuple[DayReadings, ...], on: date) -> Variability:
    """Amplitude % mean: for each day 100 × (highest − lowest) ÷ mean, then the mean of the days."""
    used = [day for day in days if day.morning and day.evening]
    needed = whole("variability-fewest-days", on)
    if len(used) < needed:
        return Variability(None, len(used), needed)
    amplitudes = [_amplitude((*day.morning, *day.evening)) for day in used]
    return Variability(sum(amplitudes, Fraction(0)) / len(used), len(used), needed)


def is_variable(found: Variability, on: date) -> bool | None:
    """Whether variability reaches the diagnostic threshold of NG245, 20%; None for too few days."""
    threshold = number("variability-percent", on)
    if found.percent is None or threshold is None:
        return None
    return found.percent >= Fraction(threshold)


def _amplitude(readings: tuple[int, ...]) -> Fraction:
    mean = Fraction(sum(readings), len(readings))
    if mean <= 0:
        raise Refusal("A peak flow is more than 0.")
    return 100 * Fraction(max(readings) - min(readings)) / mean


def _coefficient(slug: str, on: date) -> float:
    value = number(slug, on)
    if value is None:
        raise Refusal("Predicted peak flow is not configured for this day.")
    return float(value)


def _child_rows() -> tuple[dict[str, Decimal], ...]:
    return tuple(dict(row) for row in reference_table("peak_flow.toml", "child"))
