"""Asthma control: the three questions of the Royal College of Physicians, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rcp3q:
    """Three yes/no answers about the last month; None is `not asked`, never `no`."""

    sleep: bool | None = None
    day: bool | None = None
    activities: bool | None = None
