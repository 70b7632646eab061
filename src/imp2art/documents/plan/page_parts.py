"""The values that a plan's page is made of."""

from __future__ import annotations

from dataclasses import dataclass

from imp2art.documents.plan.medicines import InhalerCard
from imp2art.documents.plan.steps import AttackBox, WorseStep


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value in the head of the page."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """A short titled text in the foot of the page."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The whole page as text. `person` holds name and date of birth, in this order, then the NHS number.

    A school's copy has no NHS number.
    """

    language: str
    document_title: str
    title: str
    version: Fact
    person: tuple[Fact, ...]
    made: tuple[Fact, ...]
    every_day: Note
    inhalers: tuple[InhalerCard, ...]
    best_peak_flow: str
    worse: Note
    if_any: str
    then: str
    steps: tuple[WorseStep, ...]
    attack: Note
    attack_box: AttackBox
    notes: tuple[Note, ...]
    current: str
