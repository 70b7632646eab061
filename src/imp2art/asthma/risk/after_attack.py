"""Flags about what is still owed: follow-up while an attack's clock runs, and technique not watched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from imp2art.asthma.attacks import Attack
from imp2art.asthma.reference import number, whole
from imp2art.asthma.risk.facts import Flag, RiskFacts, last_day
from imp2art.core.working_days import add_working_days


def to_follow_up(facts: RiskFacts) -> Iterator[Flag]:
    """The newest attack without a review or plan since, while its two working days run (NICE QS25).

    Where they ran out after the day of the extract, what happened since cannot be seen: the attack stays
    here, and is not called late.
    """
    look_back = timedelta(days=whole("attack-follow-up-look-back-days", facts.on))
    newest = next((attack for attack in reversed(facts.attacks) if attack.day_known), None)
    if newest is None or facts.on - newest.on > look_back or _seen_to(facts, newest):
        return
    days = number("follow-up-working-days", facts.on)
    if days is not None and add_working_days(newest.on, int(days)) >= facts.seen:
        yield Flag("attack-to-follow-up", 1, newest.on, None, "follow-up-working-days")


def technique_due(facts: RiskFacts) -> Iterator[Flag]:
    """A review made here, the latest of all, in which nobody watched the inhaler being used (H-37)."""
    reviewed = _reviewed_here(facts)
    seen = last_day(facts.record, facts.library, "technique-observed", facts.on)
    if reviewed is not None and reviewed == facts.last_review and (seen is None or seen < reviewed):
        yield Flag("technique-due", 4, reviewed, None, "technique-every-review")


def _seen_to(facts: RiskFacts, attack: Attack) -> bool:
    plan = last_day(facts.record, facts.library, "asthma-plan", facts.on)
    return any(day is not None and day >= attack.on for day in (facts.last_review, plan))


def _reviewed_here(facts: RiskFacts) -> date | None:
    events = facts.record.events_in(facts.library.codelist("asthma-review"))
    ours = [
        each.on.first for each in events if each.source.startswith("review:") and each.on.first <= facts.on
    ]
    return max(ours, default=None)
