"""What dose of an inhaled steroid a regimen is: low, moderate or high, where a named source lists it.

Only the regimens of `reference/dose_bands.toml` have a band, and only from 12 years. NICE's own table was not
obtained (clinical fact file §9.1): anything else is not configured, and nothing is worked out between rows.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache

from imp2art.asthma.inhalers import CurrentMedicine
from imp2art.asthma.reference import number, reference_table


class Band(StrEnum):
    """Of the daily dose, maintenance puffs only."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


def band_of(medicine: CurrentMedicine, age: int, on: date) -> Band | None:
    """The band of a preventer at the dose on its label; None where no source lists it."""
    youngest = number("bands-youngest", on)
    if medicine.directions is None or youngest is None or age < youngest:
        return None
    return _bands().get((str(medicine.code), medicine.directions.puffs_a_day))


@cache
def _bands() -> dict[tuple[str, int], Band]:
    rows = reference_table("dose_bands.toml", "regimen")
    return {(row["code"], row["puffs_a_day"]): Band(row["band"]) for row in rows}
