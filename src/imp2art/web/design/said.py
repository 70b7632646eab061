"""What the rules answer, in the words of `content/`: flags, gaps, cautions, sources, scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from imp2art.asthma.action_plan import Gap
from imp2art.asthma.control import ControlScore
from imp2art.asthma.directions import Directions
from imp2art.asthma.inhalers import InhalerCount
from imp2art.asthma.need import Need
from imp2art.asthma.plan_changes import PlanChange
from imp2art.asthma.reference import Constant, constant
from imp2art.asthma.regimen import RegimenFinding
from imp2art.asthma.review import MissingItem
from imp2art.asthma.risk import Flag
from imp2art.core.finding import Finding
from imp2art.documents.words import find_phrase, has_phrase, phrase
from imp2art.web.design.words import counted, sentence, short_day

MOST_REASONS = 4
_INSTRUMENTS = {
    "rcp3q": "Three questions",
    "act": "Asthma Control Test",
    "cact": "Childhood Asthma Control Test",
    "acq": "Asthma Control Questionnaire",
}


def words(book: str, slug: str, on: date | None = None, value: Decimal | int | None = None) -> str:
    """The phrase, its slots `date` and `count` filled where it has them."""
    known = {"date": short_day(on) if on else None, "count": _plain(value)}
    wanted = find_phrase(book, slug).slots
    return phrase(book, slug, **{name: known[name] for name in wanted if name in known})


def flag_in_words(flag: Flag) -> str:
    """`attack 12 Nov 2026, not followed up`."""
    return words("flags", flag.rule, flag.on, flag.value)


def rule_of_flag(flag: Flag) -> str:
    """The rule behind a flag, in full."""
    return find_phrase("flags", f"rule-{flag.rule}").text


def source_of_flag(flag: Flag) -> str:
    """Where the rule is from."""
    return find_phrase("flags", f"rule-{flag.rule}").source


def reasons_in_words(need: Need) -> str:
    """One line on why a person needs someone, worst first."""
    if not need.flags:
        return "Nothing stands out"
    lines = [flag_in_words(flag) for flag in need.flags[:MOST_REASONS]]
    more = len(need.flags) - len(lines)
    return sentence("; ".join([*lines, f"and {more} more"] if more else lines))


def plan_state_in_words(state: str) -> str:
    """`Current`, `Over 12 months old`."""
    return sentence(find_phrase("flags", f"plan-state-{state}").text)


def caution_in_words(finding: Finding) -> str:
    """A caution of the plan, or why no regimen could be told."""
    kind = "caution" if has_phrase("flags", f"caution-{finding.clause}") else "regimen"
    return words("flags", f"{kind}-{finding.clause}", finding.on, finding.value)


def gap_in_words(gap: Gap) -> str:
    """What to do about a gap: `Step 2: write the dose.`"""
    if gap.point is None:
        return find_phrase("review", f"gap-{gap.slug}").text
    return phrase("review", f"gap-{gap.slug}", point=gap.point)


def missing_in_words(item: MissingItem) -> str:
    """`Attacks in 12 months`."""
    return sentence(find_phrase("review", f"item-{item.slug}").text)


def change_in_words(change: PlanChange) -> str:
    """Which part of the plan changed."""
    if change.field.startswith("action_points."):
        return phrase("review", "change-action-point", point=change.field.rpartition(".")[2])
    return find_phrase("review", "change-" + change.field.replace(".", "-").replace("_", "-")).text


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
    told = f"{_plain(count.devices)} {'reliever' if count.devices == 1 else 'relievers'} in 12 months{last}."
    if count.not_countable:
        told += f" {counted(count.not_countable, 'issue')} could not be counted as inhalers."
    return told


def score_in_words(score: ControlScore) -> str:
    """`RCP 3 questions: 2`, `Asthma Control Test: 17`."""
    return f"{_INSTRUMENTS[score.instrument]}: {_plain(score.score)}"


def control_score_in_words(score: ControlScore) -> str:
    """`Three questions: 2, poor control`."""
    return f"{score_in_words(score)}, {control_in_words(score.control)}"


def regimen_in_words(found: RegimenFinding) -> str:
    """`One inhaler for both jobs (MART): the label of the inhaler says so`, or why it cannot be told."""
    why = words("flags", f"regimen-{found.finding.clause}", found.finding.on)
    if found.regimen is None:
        return why
    return f"{find_phrase('flags', f'regimen-name-{found.regimen}').text}: {why}"


def register_clause_in_words(clause: str) -> str:
    """Why a person is, or is not, on the register."""
    return find_phrase("flags", f"register-{clause}").text


def score_caution_in_words(clause: str) -> str:
    """What to mind when a score is read."""
    return find_phrase("flags", f"caution-{clause}").text


def control_in_words(control: str) -> str:
    """`needs a closer look`; never `uncontrolled` (H-17)."""
    return find_phrase("flags", f"control-{control}").text


def question(slug: str) -> str:
    """A question of the review."""
    return find_phrase("review", f"question-{slug}").text


def source_of_constant(slug: str, on: date) -> str:
    """Where a number of guidance is from; empty where it is not configured."""
    known = constant(slug, on)
    return known.source if isinstance(known, Constant) else ""


def several_in_words(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    listed = list(parts)
    return " and ".join([*([", ".join(listed[:-1])] if len(listed) > 1 else []), *listed[-1:]])


def _plain(value: Decimal | int | None) -> object:
    """A number as it is said: 9, not 9.0; 1.5."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else f"{value.normalize():f}"
    return value


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "flag": flag_in_words,
        "rule": rule_of_flag,
        "rule_source": source_of_flag,
        "reasons": reasons_in_words,
        "plan_state": plan_state_in_words,
        "caution": caution_in_words,
        "gap": gap_in_words,
        "missing": missing_in_words,
        "change": change_in_words,
        "control": control_in_words,
        "score": score_in_words,
        "score_caution": score_caution_in_words,
        "regimen": regimen_in_words,
        "register_clause": register_clause_in_words,
        "directions": directions_in_words,
        "relievers": relievers_in_words,
        "and_list": several_in_words,
    }
)
