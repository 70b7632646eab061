"""Entries that no list of the project holds, so that an import can show that it leaves them out."""

from __future__ import annotations

import numpy as np

from imp2art.simulate.coding import Coding
from imp2art.simulate.dice import Dice, between
from imp2art.simulate.formulary import Formulary
from imp2art.simulate.frame import Frame
from imp2art.simulate.made_up import made_up
from imp2art.simulate.people import People
from imp2art.simulate.rows import NO_VALUE, EventRows, IssueRows

_MANY = 200


NOISE_EVENTS = tuple(map(made_up, range(1001, 1001 + _MANY)))
NOISE_ISSUES = tuple(map(made_up, range(5001, 5001 + _MANY)))


def noise_events(people: People, share: float, coding: Coding, dice: Dice, frame: Frame) -> EventRows:
    """`share` entries a person and year, on days when they were on the list."""
    person, day = _days(people, share, dice, frame)
    count = len(person)
    code = len(coding.codes) + between(dice, 0, _MANY, count)
    return EventRows(person, day, day, code, np.full(count, NO_VALUE), np.zeros(count, dtype=np.int64))


def noise_issues(people: People, share: float, formulary: Formulary, dice: Dice, frame: Frame) -> IssueRows:
    """`share` issues a person and year, on days when they were on the list."""
    person, day = _days(people, share, dice, frame)
    product = len(formulary.codes) + between(dice, 0, _MANY, len(person))
    return IssueRows(person, day, product, np.zeros(len(person), dtype=np.int64), np.full(len(person), 28))


def _days(people: People, share: float, dice: Dice, frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    start = np.maximum(people.start, frame.start)
    span = np.maximum(people.gone(frame) - start, 0)
    person = np.repeat(np.arange(len(people)), dice.poisson(share * span / 365.25))
    return person, start[person] + between(dice, 0, span[person], len(person))
