"""A number with its unit. Kept as a decimal, so that 0.010 stays 0.010."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from imp2art.core.refusal import Refusal

# ASCII digits only: `Decimal` also takes digits of other scripts, NaN, infinities and underscores.
_DECIMAL = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")

# UCUM codes that an asthma record holds, with the words that people read.
UNITS: dict[str, str] = {
    "{score}": "",
    "{count}": "",
    "L/min": "litres a minute",
    "L": "litres",
    "%": "%",
    "cm": "cm",
    "kg": "kg",
    "[ppb]": "parts per billion",
    "10*9/L": "×10⁹ a litre",
    "d": "days",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in `unit`, a UCUM code from `UNITS`."""

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise Refusal(f"The unit is not one of those an extract may use: {', '.join(UNITS)}.")

    def __str__(self) -> str:
        return f"{self.value} {UNITS[self.unit]}".strip()


def parse_decimal(text: str) -> Decimal:
    """Read a plain decimal number such as 480 or 0.75; no exponent, no thousands mark."""
    if not _DECIMAL.fullmatch(text):
        raise Refusal("A number is written with digits and at most one point, such as 480 or 0.75.")
    return Decimal(text)


def parse_whole(text: str) -> int:
    """Read a whole number of ASCII digits, not negative."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Refusal("A whole number is written with digits only.")
    return int(text)
