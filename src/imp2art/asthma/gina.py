"""Four facts of the last four weeks, in our own words, after the Global Initiative for Asthma.

GINA's text is not copied, and its bands (how many facts make partly controlled, how many uncontrolled) are
known from memory only: they are not configured, and no band is told. What remains is ours to choose: a yes
needs a closer look (`control-fact`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from imp2art.asthma.control import Control
from imp2art.asthma.reference import number

BANDS = ("gina-partly", "gina-uncontrolled")


@dataclass(frozen=True, slots=True)
class GinaFacts:
    """Symptoms in the day, waking at night, need of the reliever, activity limited; None is not asked."""

    day: bool | None = None
    night: bool | None = None
    reliever: bool | None = None
    activity: bool | None = None


@dataclass(frozen=True, slots=True)
class GinaFinding:
    """How many facts were answered yes, which were not asked, and which bands have no trusted source."""

    yes: tuple[str, ...]
    missing: tuple[str, ...]
    control: Control
    not_configured: tuple[str, ...]


def classify_gina(facts: GinaFacts, on: date) -> GinaFinding:
    """A yes needs a closer look; without one nothing is told, and never that control is good."""
    answers = {each.name: getattr(facts, each.name) for each in fields(GinaFacts)}
    yes = tuple(name for name, answer in answers.items() if answer)
    missing = tuple(name for name, answer in answers.items() if answer is None)
    least = number("control-fact", on)
    closer = least is not None and len(yes) >= least
    control = Control.ENQUIRE if closer else Control.INCOMPLETE
    return GinaFinding(yes, missing, control, tuple(slug for slug in BANDS if number(slug, on) is None))
