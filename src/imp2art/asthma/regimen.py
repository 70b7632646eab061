"""Which treatment regimen a person is on; it decides which action plan fits."""

from __future__ import annotations

from enum import StrEnum


class Regimen(StrEnum):
    """The families of adult plan. Stored names: never rename one."""

    PREVENTER_RELIEVER = "preventer-reliever"
    MART = "mart"
    AIR = "air"
