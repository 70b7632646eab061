"""The check that a plan is complete and safe before it is issued.

Clinical fact file §4.1 (Gibson & Powell 2004): individual; when, how and for how long to change
treatment; when to get help; two to four action points. The hazards are those of the safety file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from imp2art.asthma.plan.action_plan import NO_KNOWN_TRIGGER, ActionPlan, Gap, PlanBasis, missing, unsafe
from imp2art.asthma.plan.child import child_gaps
from imp2art.asthma.plan.emergency import emergency_gaps
from imp2art.asthma.plan.points import point_gaps
from imp2art.asthma.plan.treatment import treatment_gaps
from imp2art.asthma.plan.zones import zone_gaps
from imp2art.asthma.reference import whole
from imp2art.codes.library import Library
from imp2art.core.period import add_months


def check_plan(plan: ActionPlan, library: Library) -> tuple[Gap, ...]:
    """Everything that keeps the plan from being issued, in the order of its page; empty: it may be."""
    return (
        *_person_gaps(plan),
        *treatment_gaps(plan, library),
        *child_gaps(plan),
        *_peak_flow_gaps(plan),
        *point_gaps(plan, library),
        *emergency_gaps(plan),
        *zone_gaps(plan),
        *_foot_gaps(plan),
    )


def _person_gaps(plan: ActionPlan) -> Iterator[Gap]:
    if not plan.person.name.strip():
        yield missing("person")
    if plan.person.born > plan.made_on:
        yield unsafe("person")


def _peak_flow_gaps(plan: ActionPlan) -> Iterator[Gap]:
    best = plan.best_peak_flow
    if plan.basis is None:
        yield missing("basis")
    if best is None:
        if plan.basis in (PlanBasis.PEAK_FLOW, PlanBasis.BOTH):
            yield missing("best-peak-flow")
        return
    if best.scale is None:
        yield missing("peak-flow-scale")
    lowest, highest = whole("peak-flow-lowest", plan.made_on), whole("peak-flow-highest", plan.made_on)
    if not lowest <= best.litres_a_minute <= highest:
        yield unsafe("best-peak-flow-unlikely")
    yield from _age_of_best(best.measured_on, plan)


def _age_of_best(measured_on: date | None, plan: ActionPlan) -> Iterator[Gap]:
    if measured_on is None:
        yield missing("best-peak-flow-date")
    elif measured_on > plan.made_on:
        yield unsafe("best-peak-flow-date")
    elif add_months(measured_on, 12 * whole("best-peak-flow-years", plan.made_on)) < plan.made_on:
        yield unsafe("best-peak-flow-old")


def _foot_gaps(plan: ActionPlan) -> Iterator[Gap]:
    if not plan.triggers:
        yield missing("triggers")
    elif NO_KNOWN_TRIGGER in plan.triggers and len(plan.triggers) > 1:
        yield unsafe("triggers-contradict")
    if not (plan.practice_name.strip() and _is_a_number(plan.practice_phone)):
        yield missing("practice-phone")
    if not _is_a_number(plan.out_of_hours_phone):
        yield missing("out-of-hours-phone")
    if not plan.made_by.strip():
        yield missing("made-by")
    if plan.version < 1:
        yield missing("version")
    yield from _review_gaps(plan)


def _is_a_number(phone: str) -> bool:
    """Three digits or more, as 111 has; nothing more is asked, since people write numbers in many ways."""
    return sum(digit in "0123456789" for digit in phone) >= 3


def _review_gaps(plan: ActionPlan) -> Iterator[Gap]:
    if plan.review_due is None:
        yield missing("review-due")
    elif plan.review_due <= plan.made_on:
        yield unsafe("review-due")
    elif plan.review_due > add_months(plan.made_on, whole("review-months", plan.made_on)):
        yield unsafe("review-too-late")
