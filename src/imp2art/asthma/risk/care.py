"""Flags about care: reviews, plans, control, adherence, smoking, and the practice's own warning."""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.asthma.control import Control
from imp2art.asthma.plan.state import PlanState
from imp2art.asthma.recorded_control import control_from_record
from imp2art.asthma.reference import number
from imp2art.asthma.risk.facts import Flag, RiskFacts, last_day
from imp2art.core.period import months_up_to


def at_risk(facts: RiskFacts) -> Iterator[Flag]:
    """The practice has coded the person as at risk; no code takes that back, so it stands."""
    day = last_day(facts.record, facts.library, "at-risk", facts.on)
    if day is not None:
        yield Flag("at-risk", 2, day, None, "at-risk")


def control_poor(facts: RiskFacts) -> Iterator[Flag]:
    """The latest complete control score was poor. A score of 1 is "needs a closer look", no flag (H-17)."""
    latest = control_from_record(facts.record, facts.library, facts.on)
    if latest is not None and latest.score.control in (Control.POOR, Control.VERY_POOR):
        source = {"rcp3q": "rcp3q-poor", "acq": "acq-poor"}.get(
            latest.score.instrument, f"{latest.score.instrument}-not-well"
        )
        yield Flag(f"control-poor-{latest.score.instrument}", 3, latest.on, latest.score.score, source)


def no_review(facts: RiskFacts) -> Iterator[Flag]:
    """No review in the last 12 months; `on` is the last one ever."""
    months = number("review-months", facts.on)
    if months is None:
        return
    if facts.last_review is None:
        yield Flag("no-review-ever", 3, None, None, "review-months")
    elif facts.last_review not in months_up_to(facts.on, int(months)):
        yield Flag("no-review", 3, facts.last_review, None, "review-months")


def plan_not_current(facts: RiskFacts) -> Iterator[Flag]:
    """No plan, a plan over 12 months old, or one that an attack or a new treatment has overtaken."""
    plan = facts.plan
    if plan.state is PlanState.NONE:
        yield Flag("no-plan", 3, None, None, "plan-months")
    elif plan.state is PlanState.DECLINED:
        yield Flag("plan-declined", 4, plan.made_on, None, "plan-months")
    elif plan.state is PlanState.STALE:
        yield Flag("plan-stale", 3, plan.made_on, None, "plan-months")
    if plan.attack_on is not None:
        yield Flag("plan-before-attack", 3, plan.attack_on, None, "plan-months")
    if plan.changed_on is not None:
        yield Flag("plan-before-change", 3, plan.changed_on, None, "plan-change-grace-days")


def adherence_poor(facts: RiskFacts) -> Iterator[Flag]:
    """The latest entry on adherence says that it is poor."""
    poor = last_day(facts.record, facts.library, "adherence-poor", facts.on)
    good = last_day(facts.record, facts.library, "adherence-good", facts.on)
    if poor is not None and (good is None or good < poor):
        yield Flag("adherence-poor", 3, poor, None, "adherence-poor")


def smoker(facts: RiskFacts) -> Iterator[Flag]:
    """The latest entry on smoking says that the person smokes."""
    days = {
        kind: last_day(facts.record, facts.library, f"smoking-{kind}", facts.on)
        for kind in ("current", "ex", "never")
    }
    now = days["current"]
    if now is not None and all(day is None or day < now for kind, day in days.items() if kind != "current"):
        yield Flag("smoker", 4, now, None, "smoker")
