"""What the rules answer, in the words of `content/`: flags, gaps, cautions, changes, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from imp2art.asthma.need import Need
from imp2art.asthma.plan.action_plan import Gap
from imp2art.asthma.plan.changes import PlanChange
from imp2art.asthma.reference import Constant, constant
from imp2art.asthma.review.missing import MissingItem
from imp2art.asthma.risk.flags import Flag
from imp2art.core.finding import Finding
from imp2art.documents.words import find_phrase, has_phrase, phrase
from imp2art.web.design.words import sentence, short_day

MOST_REASONS = 4


def words(book: str, slug: str, on: date | None = None, value: Decimal | int | None = None) -> str:
    """The phrase, its slots `date` and `count` filled where it has them."""
    known = {"date": short_day(on) if on else None, "count": plain_number(value)}
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


def plain_number(value: Decimal | int | None) -> object:
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
        "and_list": several_in_words,
    }
)
