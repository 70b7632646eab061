"""Children who get medicines for asthma, or a review, and were never diagnosed with it."""

from __future__ import annotations

import numpy as np

from imp2art.simulate.arrays import YEAR, Flags, Floats, Ints, whole_years
from imp2art.simulate.coding import Coding
from imp2art.simulate.dice import Dice, between, chance, rhythm
from imp2art.simulate.formulary import Formulary
from imp2art.simulate.others import Others
from imp2art.simulate.parameters import Parameters
from imp2art.simulate.rows import EventRows, IssueRows, entries

_TRIAL = 150  # days in which a preventer is tried
_EACH_PREVENTER = 60.0  # days between two preventers of a trial


def undiagnosed_rows(
    others: Others, coding: Coding, formulary: Formulary, dice: Dice, parameters: Parameters
) -> tuple[list[EventRows], list[IssueRows]]:
    """Their reviews and issues in the period."""
    shares = parameters.by_age("undiagnosed.share", others.age)
    mine = others.of(np.flatnonzero(chance(dice, shares, len(others))))
    many = len(mine)
    early = _some("before_period", many, dice, parameters)
    begun = np.where(early, mine.start, between(dice, mine.start, mine.gone, many))
    a_year = parameters.number("undiagnosed.relievers_a_year") * np.exp(0.6 * dice.standard_normal(many))
    tried = np.where(_some("preventer", many, dice, parameters), np.minimum(begun + _TRIAL, mine.gone), begun)
    course, review = (between(dice, begun, mine.gone, many) for _ in range(2))
    ill, seen = (_some(name, many, dice, parameters) for name in ("steroid_course", "review"))
    issues = [
        _issues("reliever", formulary, dice, mine, begun, mine.gone, YEAR / a_year),
        _issues("ics", formulary, dice, mine, begun, tried, np.full(many, _EACH_PREVENTER)),
        _courses(formulary, dice, mine.of(np.flatnonzero(ill)), course[ill]),
    ]
    return [entries(coding, dice, "asthma-review", mine.person[seen], review[seen])], issues


def _some(name: str, many: int, dice: Dice, parameters: Parameters) -> Flags:
    return chance(dice, parameters.number(f"undiagnosed.{name}"), many)


def _issues(
    purpose: str, formulary: Formulary, dice: Dice, mine: Others, start: Ints, end: Ints, every: Floats
) -> IssueRows:
    """One device at a time from `start` up to, not including, `end`; each person keeps the same product."""
    of = formulary.choices[purpose]
    row, day = rhythm(dice, start, end, every, dice.random(len(mine)))
    choice = of.draw(dice, whole_years(mine.born, start))[row]
    packs = np.ones(len(row), dtype=np.int64)
    return IssueRows(mine.person[row], day, of.product[choice], of.dosing[choice], packs)


def _courses(formulary: Formulary, dice: Dice, mine: Others, day: Ints) -> IssueRows:
    of = formulary.choices["steroid-course"]
    choice = of.draw(dice, whole_years(mine.born, day))
    return IssueRows(mine.person, day, of.product[choice], of.dosing[choice], of.quantity[choice])
