"""Who does something: passed to every flow, never looked up inside one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imp2art.core.identifiers import PracticeCode


class Role(StrEnum):
    """What a person is in the practice or the programme. Stored names: never rename one."""

    NURSE = "nurse"
    GP = "gp"
    PHARMACIST = "pharmacist"
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    FACILITATOR = "facilitator"  # supports the practices that the programme gave them
    RESEARCHER = "researcher"
    PROGRAMME = "programme"  # checks and releases reports
    OPERATOR = "operator"  # runs the site: imports and audits, but reads no patient's record
    SYSTEM = "system"  # the worker
    PATIENT = "patient"  # who opened their own plan by a link; never signs in


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the worker. `practice` is None for those who belong to none."""

    id: str
    name: str
    role: Role
    practice: PracticeCode | None
