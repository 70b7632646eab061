"""Asthma control: scores and what they mean.

The three questions of the Royal College of Physicians are asked here. ACT, C-ACT and ACQ are
licensed: their totals are entered and checked, their questions are never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from imp2art.asthma.reference import number, whole
from imp2art.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Rcp3q:
    """Three yes/no answers about the last month; None is `not asked`, never `no`."""

    sleep: bool | None = None
    day: bool | None = None
    activities: bool | None = None


class Control(StrEnum):
    """What a score means. `ENQUIRE` is "needs a closer look", never "uncontrolled" (H-17)."""

    GOOD = "good"
    ENQUIRE = "enquire-further"
    POOR = "poor"
    VERY_POOR = "very-poor"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class ControlScore:
    """A score with its meaning.

    `score` is None while an answer is missing (H-16): `missing` names the questions. `cautions` are
    clauses to show beside it; `not_configured` names bands that have no trusted source.
    """

    instrument: str
    score: Decimal | None
    control: Control
    missing: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    not_configured: tuple[str, ...] = ()


def score_rcp3q(answers: Rcp3q, age: int, on: date) -> ControlScore:
    """0 good, 1 enquire further, 2 and 3 poor; incomplete while any answer is missing.

    Source: Pinnock 2012, Prim Care Respir J 21:288–94. Never used alone under 17 (Andrews et al.).
    """
    given = {"sleep": answers.sleep, "day": answers.day, "activities": answers.activities}
    missing = tuple(name for name, answer in given.items() if answer is None)
    cautions = ("rcp3q-under-17",) if age < whole("rcp3q-adult-age", on) else ()
    if missing:
        return ControlScore("rcp3q", None, Control.INCOMPLETE, missing, cautions)
    score = sum(answer is True for answer in given.values())
    return ControlScore("rcp3q", Decimal(score), meaning_of_rcp3q(score, on), (), cautions)


def score_act(total: Decimal, age: int, on: date) -> ControlScore:
    """Asthma Control Test total, 5–25, from 12 years: 20 and more well, 19 and fewer not, 15 very poor."""
    _check_total("act", total, on, "The Asthma Control Test total")
    cautions = ("act-under-12",) if age < whole("act-youngest", on) else ()
    control = Control.POOR if total <= whole("act-not-well", on) else Control.GOOD
    if total <= whole("act-very-poor", on):
        control = Control.VERY_POOR
    return ControlScore("act", total, control, (), cautions)


def score_cact(total: Decimal, age: int, on: date) -> ControlScore:
    """Childhood Asthma Control Test total, 0–27, at 4–11 years: 19 and fewer not well controlled."""
    _check_total("cact", total, on, "The Childhood Asthma Control Test total")
    in_range = whole("cact-youngest", on) <= age <= whole("cact-oldest", on)
    control = Control.POOR if total <= whole("cact-not-well", on) else Control.GOOD
    very_poor = number("cact-very-poor", on)
    if very_poor is not None and total <= very_poor:
        control = Control.VERY_POOR
    cautions = () if in_range else ("cact-outside-4-to-11",)
    unknown = ("cact-very-poor",) if very_poor is None else ()
    return ControlScore("cact", total, control, (), cautions, unknown)


def score_acq(mean: Decimal, age: int, on: date) -> ControlScore:
    """Asthma Control Questionnaire mean, 0–6: below 0.75 well, 1.5 and more not, else between."""
    _check_between("acq", mean, on, "The Asthma Control Questionnaire score")
    control = Control.ENQUIRE
    if mean < (number("acq-well-below", on) or 0):
        control = Control.GOOD
    elif mean >= (number("acq-poor", on) or 0):
        control = Control.POOR
    cautions = _acq_cautions(age, on)
    return ControlScore("acq", mean, control, (), cautions)


def meaning_of_rcp3q(score: int, on: date) -> Control:
    """0 good, 1 enquire further, 2 and 3 poor."""
    if score >= whole("rcp3q-poor", on):
        return Control.POOR
    return Control.ENQUIRE if score else Control.GOOD


def _acq_cautions(age: int, on: date) -> tuple[str, ...]:
    if age < whole("acq-youngest", on):
        return ("acq-under-6",)
    return ("acq-needs-interviewer",) if age <= whole("acq-interview-up-to", on) else ()


def _check_total(instrument: str, total: Decimal, on: date, name: str) -> None:
    if total != total.to_integral_value():
        raise Refusal(f"{name} is a whole number.")
    _check_between(instrument, total, on, name)


def _check_between(instrument: str, score: Decimal, on: date, name: str) -> None:
    lowest, highest = whole(f"{instrument}-lowest", on), whole(f"{instrument}-highest", on)
    if not lowest <= score <= highest:
        raise Refusal(f"{name} lies between {lowest} and {highest}.")
