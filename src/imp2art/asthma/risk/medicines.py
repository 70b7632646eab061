"""Flags about inhalers: too much reliever, too little preventer, two that do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from imp2art.asthma.inhalers import count_inhalers, current_medicines, last_issue
from imp2art.asthma.reference import number
from imp2art.asthma.regimen import classify_regimen, separate_saba
from imp2art.asthma.risk.facts import Flag, RiskFacts
from imp2art.codes.medicine import MedicineClass
from imp2art.core.period import months_up_to


def laba_without_ics(facts: RiskFacts) -> Iterator[Flag]:
    """A long-acting reliever lately with no inhaled steroid in the same months (NRAD, hazard H-06)."""
    months = number("laba-without-ics-months", facts.on)
    if months is None:
        return
    window = months_up_to(facts.seen, int(months))
    laba = last_issue(facts.record, MedicineClass.LABA, facts.library, facts.seen)
    ics = last_issue(facts.record, MedicineClass.ICS, facts.library, facts.seen)
    if laba in window and ics not in window:
        yield Flag("laba-without-ics", 1, laba, None, "laba-without-ics-months")


def relievers(facts: RiskFacts) -> Iterator[Flag]:
    """Relievers in 12 months: more than 12, 6 and more, or 3 and more. Only the worst is told."""
    count = facts.relievers
    for rule, level, slug, over in (
        ("relievers-over-12", 1, "saba-high-risk-over", True),
        ("relievers-6-or-more", 2, "saba-priority", False),
        ("relievers-3-or-more", 3, "saba-review", False),
    ):
        limit = number(slug, facts.on)
        if limit is not None and (count.devices > limit if over else count.devices >= limit):
            yield Flag(rule, level, count.last_on, count.devices, slug)
            return


def relievers_rising(facts: RiskFacts) -> Iterator[Flag]:
    """More relievers in the last six months than in the six before, at 3 and more a year."""
    rise, months = number("saba-rise", facts.on), number("saba-rise-months", facts.on)
    least = number("saba-review", facts.on)
    if rise is None or months is None or least is None or facts.relievers.devices < least:
        return
    lately = months_up_to(facts.seen, int(months))
    before = months_up_to(lately.start - timedelta(days=1), int(months))
    now, then = (
        count_inhalers(facts.record, MedicineClass.SABA, facts.library, period).devices
        for period in (lately, before)
    )
    if now - then >= rise:
        yield Flag("reliever-use-rising", 2, facts.relievers.last_on, now, "saba-rise")


def beta_blocker(facts: RiskFacts) -> Iterator[Flag]:
    """A non-selective beta-blocker in the last three months, eye drops too (PINCER)."""
    months = number("beta-blocker-months", facts.on)
    listed = facts.library.codelist("beta-blocker-non-selective")
    days = [issue.on for issue in facts.record.issues_in(listed) if issue.on <= facts.seen]
    if months is not None and days and days[-1] in months_up_to(facts.seen, int(months)):
        yield Flag("beta-blocker", 1, days[-1], None, "beta-blocker-months")


def relievers_not_countable(facts: RiskFacts) -> Iterator[Flag]:
    """Issues of relievers that could not be turned into inhalers: the count may be too low (H-24)."""
    if facts.relievers.not_countable:
        yield Flag(
            "relievers-not-countable",
            4,
            facts.relievers.last_on,
            Decimal(facts.relievers.not_countable),
            "saba-review",
        )


def saba_without_ics(facts: RiskFacts) -> Iterator[Flag]:
    """Relievers in 12 months and no inhaled steroid in them; `on` is the last preventer ever."""
    months = number("saba-without-ics-months", facts.on)
    if months is None or not facts.relievers.issues:
        return
    ics = last_issue(facts.record, MedicineClass.ICS, facts.library, facts.seen)
    if ics is None:
        yield Flag("saba-without-ics-ever", 2, None, None, "saba-without-ics-months")
    elif ics not in months_up_to(facts.seen, int(months)):
        yield Flag("saba-without-ics", 2, ics, None, "saba-without-ics-months")


def preventer_not_collected(facts: RiskFacts) -> Iterator[Flag]:
    """A preventer this year but none in the last 6 months, while relievers went on."""
    stop = number("preventer-not-collected-months", facts.on)
    year = number("saba-without-ics-months", facts.on)
    ics = last_issue(facts.record, MedicineClass.ICS, facts.library, facts.seen)
    if stop is None or year is None or ics is None or ics not in months_up_to(facts.seen, int(year)):
        return
    window = months_up_to(facts.seen, int(stop))
    lately = count_inhalers(facts.record, MedicineClass.SABA, facts.library, window)
    if ics not in window and lately.issues:
        yield Flag("preventer-not-collected", 2, ics, None, "preventer-not-collected-months")


def separate_reliever(facts: RiskFacts) -> Iterator[Flag]:
    """A separate reliever issued though one inhaler does both jobs now (hazards H-03, H-05)."""
    now = classify_regimen(facts.record, facts.library, facts.seen)
    told = now.cautions or now.finding.clause == "mart-code-and-separate-saba"
    day = separate_saba(facts.record, facts.library, facts.seen) if told else None
    months = number("saba-without-ics-months", facts.on)
    if day is not None and months is not None and day in months_up_to(facts.seen, int(months)):
        yield Flag("separate-saba", 2, day, None, "separate-saba")


def change_not_reviewed(facts: RiskFacts) -> Iterator[Flag]:
    """A preventer that began more than 12 weeks ago, in the last 12 months, with no review since (H-38)."""
    weeks, months = number("change-review-weeks", facts.on), number("saba-without-ics-months", facts.on)
    if weeks is None or months is None:
        return
    current = current_medicines(facts.record, facts.library, facts.seen)
    begun = [medicine.first_on for medicine in current if MedicineClass.ICS in medicine.classes]
    day = max((day for day in begun if day in months_up_to(facts.seen, int(months))), default=None)
    if day is None or facts.seen - day <= timedelta(weeks=int(weeks)):
        return
    if facts.last_review is None or facts.last_review < day:
        yield Flag("change-not-reviewed", 3, day, None, "change-review-weeks")
