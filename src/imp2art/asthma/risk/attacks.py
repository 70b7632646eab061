"""Flags about attacks and their treatment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from imp2art.asthma.attacks import Attack, AttackSign, emergency_days, steroid_courses, steroid_maintenance
from imp2art.asthma.reference import number, whole
from imp2art.asthma.risk.after_attack import to_follow_up
from imp2art.asthma.risk.facts import Flag, RiskFacts, last_day
from imp2art.core.period import Period, months_up_to
from imp2art.core.working_days import add_working_days


def not_followed_up(facts: RiskFacts) -> Iterator[Flag]:
    """A recent attack with no review or plan since, once two working days are over.

    NICE QS25 statement 4 asks it after emergency treatment; for attacks treated in the practice the same
    two days are our choice. A review on the attack's own day counts: it
    was made in knowledge of it. Late follow-up takes the flag away; the audit counts lateness.
    """
    look_back = timedelta(days=whole("attack-follow-up-look-back-days", facts.on))
    for attack in reversed(facts.attacks):
        if facts.on - attack.on > look_back:
            return
        if attack.day_known and not _followed_up(facts, attack):
            yield Flag("attack-not-followed-up", 1, attack.on, None, "follow-up-working-days")
            return


def _followed_up(facts: RiskFacts, attack: Attack) -> bool:
    days = number("follow-up-working-days", facts.on)
    if days is None or add_working_days(attack.on, int(days)) >= facts.seen:
        return True  # not yet due, or its window lies beyond what the extract shows
    plan = last_day(facts.record, facts.library, "asthma-plan", facts.on)
    return any(day is not None and day >= attack.on for day in (facts.last_review, plan))


def admission(facts: RiskFacts) -> Iterator[Flag]:
    """An emergency admission in the last 12 months."""
    yield from _emergency(facts, AttackSign.ADMISSION, "emergency-admission", "emergency-admissions")


def attendances(facts: RiskFacts) -> Iterator[Flag]:
    """Two or more emergency attendances in the last 12 months."""
    yield from _emergency(facts, AttackSign.ATTENDANCE, "emergency-attendances", "emergency-attendances")


def _emergency(facts: RiskFacts, sign: AttackSign, rule: str, slug: str) -> Iterator[Flag]:
    days = [
        day for day in emergency_days(facts.record, sign, facts.library, facts.on) if day in year(facts.on)
    ]
    threshold = number(slug, facts.on)
    if threshold is not None and days and len(days) >= threshold:
        yield Flag(rule, 2, days[-1], Decimal(len(days)), slug)


def courses(facts: RiskFacts) -> Iterator[Flag]:
    """Two or more courses of oral steroid in the 12 months that the extract shows."""
    days = [
        day for day in steroid_courses(facts.record, facts.library, facts.seen) if day in year(facts.seen)
    ]
    threshold = number("steroid-courses", facts.on)
    if threshold is not None and days and len(days) >= threshold:
        yield Flag("steroid-courses", 2, days[-1], Decimal(len(days)), "steroid-courses")


def courses_for_referral(facts: RiskFacts) -> Iterator[Flag]:
    """More than two courses in the 12 months that the extract shows: NRAD asks for a specialist."""
    days = [
        day for day in steroid_courses(facts.record, facts.library, facts.seen) if day in year(facts.seen)
    ]
    limit = number("referral-courses-over", facts.on)
    if limit is not None and days and len(days) > limit:
        yield Flag("refer-courses", 2, days[-1], Decimal(len(days)), "referral-courses-over")


def recent_admission(facts: RiskFacts) -> Iterator[Flag]:
    """An emergency admission in the last four weeks: the code tells the admission, not the discharge."""
    weeks = number("after-admission-weeks", facts.on)
    days = emergency_days(facts.record, AttackSign.ADMISSION, facts.library, facts.on)
    if weeks is not None and days and facts.on - days[-1] <= timedelta(weeks=int(weeks)):
        yield Flag("recent-admission", 2, days[-1], None, "after-admission-weeks")


def near_fatal(facts: RiskFacts) -> Iterator[Flag]:
    """A near-fatal attack, however long ago."""
    day = last_day(facts.record, facts.library, "near-fatal", facts.on)
    if day is not None:
        yield Flag("near-fatal", 2, day, None, "near-fatal")


def maintenance(facts: RiskFacts) -> Iterator[Flag]:
    """Oral steroid month after month, in the 12 months that the extract shows."""
    days = steroid_maintenance(facts.record, facts.library, facts.seen)
    recent = [day for day in days if day in year(facts.seen)]
    if recent:
        yield Flag("steroid-maintenance", 2, recent[-1], Decimal(len(recent)), "steroid-maintenance")


def attacks_in_year(facts: RiskFacts) -> Iterator[Flag]:
    """Attacks in the last 12 months, however treated; a single one that is told already is not told twice."""
    recent = [attack for attack in facts.attacks if attack.on in year(facts.on)]
    threshold = number("attacks", facts.on)
    if threshold is None or not recent or len(recent) < threshold:
        return
    if len(recent) > 1 or not any((*not_followed_up(facts), *to_follow_up(facts))):
        yield Flag("attacks", 3, recent[-1].on, Decimal(len(recent)), "attacks")


def year(on: date) -> Period:
    """The 12 calendar months up to and including a day."""
    return months_up_to(on, whole("year-months", on))
