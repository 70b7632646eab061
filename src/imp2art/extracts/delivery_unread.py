"""Practices of whom nothing in a file could be read: a figure of them would be a wrong nought."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from imp2art.audit.packing.compact_loops import Numbers
from imp2art.extracts.rejects import RejectList
from imp2art.record.delivery_form import DeliveredPractice

Home = Callable[[Numbers], Numbers]  # the practices of people, both by their numbers in the part


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """A practice, and the file in which not one of its rows was right."""

    practice: str
    file: str


def unread_in(
    file: str, practices: Sequence[str], read: Numbers, rejects: RejectList, home: Home
) -> tuple[Unread, ...]:
    """The practices with rows of this file that were refused, and none that was right.

    `read` are the people of the right rows. Nothing is looked at where no row was refused.
    """
    refused = rejects.owners_of(file)
    if not len(refused):
        return ()
    lost, held = (np.bincount(home(owners), minlength=len(practices)) for owners in (refused, read))
    return tuple(
        Unread(practices[place], file) for place in np.flatnonzero((lost > 0) & (held == 0)).tolist()
    )


def unheard_of(
    file: str, told: Sequence[DeliveredPractice], practices: Sequence[str], patients: Numbers
) -> tuple[Unread, ...]:
    """The practices that the manifest says have people, and of whom no patient was right."""
    held = np.bincount(patients, minlength=len(practices))
    sizes: Mapping[str, int] = {practice.code: practice.list_size for practice in told}
    return tuple(
        Unread(code, file) for code, people in zip(practices, held, strict=True) if sizes[code] and not people
    )
