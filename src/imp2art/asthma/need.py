"""Who needs a review first, and why, in one value a person.

The order, worst first: (1) the level of the worst flag; (2) of one level, more flags of that level;
(3) then more flags in all. `priority` holds that order as one number: the lower, the more urgent.
People without a flag come last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.asthma.plan.state import PlanState
from imp2art.asthma.reference import whole
from imp2art.asthma.risk.flags import Flag, flags_of, risk_facts
from imp2art.codes.library import Library
from imp2art.core.finding import Finding
from imp2art.core.period import add_months
from imp2art.record.patient_record import PatientRecord

NO_FLAG_LEVEL = 5
_LEVEL_STEP = 10_000
_MOST = 99


@dataclass(frozen=True, slots=True)
class Need:
    """`priority`: lower is more urgent. `level` is that of the worst flag, 1–4; 5 for none.

    `review_due` is 12 months after the last review, None where there never was one (due now).
    `plan_overtaken_by` says what makes the plan one to renew, each with its day.
    """

    priority: int
    level: int
    flags: tuple[Flag, ...]
    last_review: date | None
    review_due: date | None
    plan_state: PlanState
    plan_made_on: date | None
    plan_overtaken_by: tuple[Finding, ...] = ()

    @property
    def first(self) -> bool:
        """Whether the person belongs to those who "need you first": a flag of level 1."""
        return self.level == 1


def rank_need(record: PatientRecord, library: Library, on: date, taken_on: date) -> Need:
    """Why a person needs the practice, and how soon. `taken_on` is the day of the extract."""
    facts = risk_facts(record, library, on, taken_on)
    raised = flags_of(facts)
    level = raised[0].level if raised else NO_FLAG_LEVEL
    due = add_months(facts.last_review, whole("review-months", on)) if facts.last_review else None
    return Need(
        priority=_priority(level, raised),
        level=level,
        flags=raised,
        last_review=facts.last_review,
        review_due=due,
        plan_state=facts.plan.state,
        plan_made_on=facts.plan.made_on,
        plan_overtaken_by=facts.plan.overtaken_by,
    )


def _priority(level: int, raised: tuple[Flag, ...]) -> int:
    worst = sum(flag.level == level for flag in raised)
    return level * _LEVEL_STEP - min(worst, _MOST) * 100 - min(len(raised), _MOST)
