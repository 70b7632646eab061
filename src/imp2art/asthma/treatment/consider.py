"""One thing to consider: a reason with its source, what to look at first, when to look again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.asthma.reference import Constant, constant, number
from imp2art.asthma.treatment.facts import FirstCheck, TreatmentFacts


class ConsiderKind(StrEnum):
    """What sort of thing it is; a warning comes before everything else."""

    WARN = "warn"
    REFER = "refer"
    START = "start"
    STEP_UP = "step-up"
    STEP_DOWN = "step-down"
    KEEP = "keep"
    CANNOT_TELL = "cannot-tell"


_NEEDS_FIRST = (ConsiderKind.STEP_UP, ConsiderKind.REFER)
_NEEDS_REVIEW = (ConsiderKind.START, ConsiderKind.STEP_UP, ConsiderKind.STEP_DOWN)


@dataclass(frozen=True, slots=True)
class Consider:
    """`slug` is also that of its constant: source, version, tag. It never holds a dose or a product.

    `first` is what to look at before. `look_again` is the first and last week in which to look at the
    response; None where nothing changes or guidance is not configured.
    """

    slug: str
    kind: ConsiderKind
    first: tuple[FirstCheck, ...] = ()
    look_again: tuple[int, int] | None = None

    def source(self, on: date) -> Constant | None:
        """Where it is from, on a day."""
        found = constant(self.slug, on)
        return found if isinstance(found, Constant) else None


def consider(slug: str, kind: ConsiderKind, facts: TreatmentFacts) -> tuple[Consider, ...]:
    """The thing to consider, if its source may be used on the day; nothing otherwise."""
    if not isinstance(constant(slug, facts.on), Constant):
        return ()
    first = facts.first if kind in _NEEDS_FIRST else ()
    weeks = _weeks(facts.on) if kind in _NEEDS_REVIEW else None
    return (Consider(slug, kind, first, weeks),)


def _weeks(on: date) -> tuple[int, int] | None:
    earliest, latest = number("treatment-review-earliest", on), number("treatment-review-latest", on)
    return (int(earliest), int(latest)) if earliest is not None and latest is not None else None
