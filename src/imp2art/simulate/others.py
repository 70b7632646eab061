"""Who of the list was never coded with asthma: some of them show signs of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imp2art.simulate.arrays import Floats, Ints
from imp2art.simulate.cohort import Cohort
from imp2art.simulate.frame import Frame
from imp2art.simulate.people import People, ages_when_last_seen


@dataclass(frozen=True, slots=True)
class Others:
    """One entry a person. `person` indexes the list; they were on it from `start` up to, not including,
    `gone`, in the period; `age` is that when last seen."""

    person: Ints
    born: Ints
    age: Floats
    start: Ints
    gone: Ints

    def __len__(self) -> int:
        return len(self.person)

    def of(self, chosen: Ints) -> Others:
        """Those at these places."""
        return Others(*(getattr(self, name)[chosen] for name in Others.__slots__))


def others_of(people: People, cohort: Cohort, frame: Frame, scripted: int) -> Others:
    """All of them but the last `scripted`, who have their own story, and those who were there on no day."""
    never = np.ones(len(people), dtype=np.bool_)
    never[cohort.person] = False
    never[len(people) - scripted :] = False
    start, gone = np.maximum(people.start, frame.start), people.gone(frame)
    person = np.flatnonzero(never & (start < gone))
    age = ages_when_last_seen(people, frame)
    return Others(person, people.born[person], age[person], start[person], gone[person])
