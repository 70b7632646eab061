"""What a record holds of someone's care, in words: labels, counts of inhalers, scores, the kind of plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from imp2art.asthma.control import ControlScore
from imp2art.asthma.directions import Directions
from imp2art.asthma.inhalers import InhalerCount
from imp2art.asthma.peak_flow import percent_of_best
from imp2art.asthma.plan.action_plan import BestPeakFlow
from imp2art.asthma.reference import NotConfigured
from imp2art.asthma.regimen import RegimenFinding
from imp2art.asthma.review.answers import Review
from imp2art.audit.explain import Explanation
from imp2art.core.finding import Finding, Outcome
from imp2art.documents.words import find_phrase, phrase
from imp2art.web.design.said import plain_number, words
from imp2art.web.design.said_of_difference import entry_in_words
from imp2art.web.design.words import counted, sentence, short_day

_INSTRUMENTS = {
    "rcp3q": "Three questions",
    "act": "Asthma Control Test",
    "cact": "Childhood Asthma Control Test",
    "acq": "Asthma Control Questionnaire",
}


@dataclass(frozen=True, slots=True)
class CountedInWords:
    """One indicator's answer for one person: what it is, yes or no, and why."""

    title: str
    answer: str
    why: str


def directions_in_words(directions: Directions | None) -> str:
    """`2 puffs in the morning and 2 at night; 1 puff when needed`; says so where the label is not read."""
    if directions is None:
        return "Not read: see the label"
    regular = _regular_in_words(directions) if directions.regular else ""
    puffs = counted(directions.puffs_as_needed, "puff") + " " if directions.puffs_as_needed else ""
    parts = [regular, f"{puffs}when needed" if directions.as_needed else ""]
    return sentence("; ".join(part for part in parts if part))


def _regular_in_words(directions: Directions) -> str:
    times = ((directions.morning, "in the morning"), (directions.evening, "at night"))
    known = [f"{counted(puffs, 'puff')} {when}" for puffs, when in times if puffs]
    return " and ".join(known) or f"{counted(directions.puffs_a_day, 'puff')} a day"


def relievers_in_words(count: InhalerCount) -> str:
    """`9 relievers in 12 months, the last on 2 Nov 2026.` What could not be counted is said (H-24)."""
    if not count.issues:
        return "No reliever was issued in 12 months."
    last = f", the last on {short_day(count.last_on)}" if count.last_on else ""
    what = "reliever" if count.devices == 1 else "relievers"
    told = f"{plain_number(count.devices)} {what} in 12 months{last}."
    if count.not_countable:
        told += f" {counted(count.not_countable, 'issue')} could not be counted as inhalers."
    return told


def score_in_words(score: ControlScore) -> str:
    """`RCP 3 questions: 2`, `Asthma Control Test: 17`."""
    return f"{_INSTRUMENTS[score.instrument]}: {plain_number(score.score)}"


def control_score_in_words(score: ControlScore) -> str:
    """`Three questions: 2, poor control`."""
    return f"{score_in_words(score)}, {control_in_words(score.control)}"


def regimen_in_words(found: RegimenFinding) -> str:
    """`One inhaler for both jobs (MART): the label of the inhaler says so`, or why it cannot be told."""
    why = words("flags", f"regimen-{found.finding.clause}", found.finding.on)
    if found.regimen is None:
        return why
    return f"{find_phrase('flags', f'regimen-name-{found.regimen}').text}: {why}"


def not_checked_in_words(check: NotConfigured) -> str:
    """What a rule could not look at, and why: no flag is never "safe" (H-24)."""
    return find_phrase("flags", f"not-run-{check.slug}").text


def percent_of_best_in_words(review: Review, best: BestPeakFlow | None) -> str:
    """`Peak flow today: 79% of best`; empty where either is missing or the two scales differ (H-10)."""
    if review.peak_flow is None or best is None or best.scale is None or best.litres_a_minute <= 0:
        return ""
    if review.peak_flow_scale is not best.scale:
        return ""
    return f"Peak flow today: {round(percent_of_best(review.peak_flow, best.litres_a_minute))}% of best"


def off_register_in_words(found: Finding) -> str:
    """Why a person is not on the register, or that the record cannot tell."""
    clause = "cannot-tell" if found.outcome is Outcome.CANNOT_TELL else found.clause
    return find_phrase("flags", f"off-register-{clause}").text


def counted_in_words(slug: str, found: Explanation) -> CountedInWords:
    """How an indicator counts a person, and the part of its rule that decided."""
    finding = found.finding
    why = _clause_in_words(finding.clause)
    if finding.on is not None:
        why = f"{why}, {short_day(finding.on)}"
    if finding.outcome is Outcome.NOT_MET:
        why = "It would need: " + "; ".join(map(_clause_in_words, found.needs))
        newest = found.decided.newest
        why = (
            f"{why}. {phrase('indicators', 'newest-entry', entry=entry_in_words(newest))}" if newest else why
        )
    if found.holds_until is not None:
        why = f"{why}. It counts until {short_day(found.holds_until)}"
    title = find_phrase("indicators", f"{slug}-title").text
    return CountedInWords(title, _COUNTED[finding.outcome], sentence(why))


def _clause_in_words(clause: str) -> str:
    return find_phrase("indicators", f"clause-{clause}").text


def score_caution_in_words(clause: str) -> str:
    """What to mind when a score is read."""
    return find_phrase("flags", f"caution-{clause}").text


def control_in_words(control: str) -> str:
    """`needs a closer look`; never `uncontrolled` (H-17)."""
    return find_phrase("flags", f"control-{control}").text


_COUNTED = {
    Outcome.MET: "Yes",
    Outcome.NOT_MET: "No",
    Outcome.NOT_APPLICABLE: "Not in this count",
    Outcome.CANNOT_TELL: "Cannot tell",
}

FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "control": control_in_words,
        "score": score_in_words,
        "score_caution": score_caution_in_words,
        "directions": directions_in_words,
        "relievers": relievers_in_words,
        "regimen": regimen_in_words,
        "off_register": off_register_in_words,
        "not_checked": not_checked_in_words,
        "counted_as": counted_in_words,
    }
)
