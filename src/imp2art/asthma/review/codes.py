"""The coded entries that a finished review writes, all of the same day (hazard H-20).

Only what was answered is coded: a blank never becomes "no" or 0 (H-15, H-16). The codes are data
(`reference/written_codes.toml`) and each must still be in the list of the library that it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from imp2art.asthma.control import Rcp3q
from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.plan.action_plan import NO_KNOWN_TRIGGER, ActionPlan
from imp2art.asthma.reference import reference_table
from imp2art.asthma.review.answers import NoPlanReason, Review, ReviewKind, Smoking
from imp2art.asthma.review.missing import technique_was_seen
from imp2art.codes.identifiers import SnomedCode
from imp2art.codes.library import Library
from imp2art.core.partial_date import PartialDate
from imp2art.core.quantities import Quantity
from imp2art.core.refusal import Refusal
from imp2art.record.events import CodedEvent

_FILE = "written_codes.toml"


class CodedEntry(NamedTuple):
    """An entry for the record, and its term as the library has it."""

    event: CodedEvent
    term: str


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    value: Quantity | None = None


def coded_entries(
    review: Review, plan: ActionPlan | None, on: date, library: Library, source: str = "review"
) -> tuple[CodedEntry, ...]:
    """What the review writes into the record on a day. `source` is `review:<id>` once there is an id.

    Raises `Refusal` where a code is no longer in its list, rather than write a retired one.
    """
    items = (*_items(review, plan), *_score_items(review))
    entries = [_entry(item, on, library, source) for item in items]
    entries += [_trigger_entry(code, on, library, source) for code in _trigger_codes(review.triggers)]
    return tuple(entries)


def renewal_entries(
    plan: ActionPlan, on: date, library: Library, source: str = "review"
) -> tuple[CodedEntry, ...]:
    """What a plan that is issued without a review writes: the plan, and never a review (H-15)."""
    agreed = _Item("plan-agreed" if plan.acknowledged else "plan-given")
    items = (agreed, _Item("plan-reviewed")) if plan.version > 1 else (agreed,)
    return tuple(_entry(item, on, library, source) for item in items)


def triggers_not_coded(triggers: tuple[str, ...]) -> tuple[str, ...]:
    """The triggers that have no code of the same meaning: they stand in the plan and review only."""
    coded = {row["slug"] for row in reference_table(_FILE, "trigger") if row["written"]}
    return tuple(slug for slug in triggers if slug not in coded and slug != NO_KNOWN_TRIGGER)


def _items(review: Review, plan: ActionPlan | None) -> Iterator[_Item]:
    yield _Item(_review_item(review))
    if plan is not None:
        yield _Item("plan-agreed")
        if plan.version > 1:
            yield _Item("plan-reviewed")
    elif review.no_plan_reason is NoPlanReason.DECLINED:
        yield _Item("plan-declined")
    if technique_was_seen(review):
        yield _Item("technique-observed")
    if review.adherence_good is not None:
        yield _Item("adherence-good" if review.adherence_good else "adherence-poor")
    if review.smoking is not None:
        yield _Item(f"smoking-{review.smoking.value}")
    if review.smoking is Smoking.CURRENT and review.smoking_advice_given:
        yield _Item("smoking-advice")


def _review_item(review: Review) -> str:
    if review.kind is ReviewKind.POST_ATTACK:
        return "review-after-attack"
    return "review-with-rcp3q" if _answered(review.rcp3q) else "review"


def _score_items(review: Review) -> Iterator[_Item]:
    yield from _rcp3q_items(review.rcp3q)
    for name, score in (
        ("act-score", review.act_score),
        ("cact-score", review.cact_score),
        ("acq-score", review.acq_score),
    ):
        if score is not None:
            yield _Item(name, Quantity(Decimal(score), "{score}"))
    if review.attacks_12_months is not None:
        yield _Item("attacks", Quantity(Decimal(review.attacks_12_months), "{count}"))
    if review.days_off:  # the code says "absent": none is not coded
        yield _Item("days-off", Quantity(Decimal(review.days_off), "d"))
    if review.peak_flow is not None and review.peak_flow_scale is not None:
        name = "peak-flow-eu" if review.peak_flow_scale is PeakFlowScale.EU else "peak-flow-wright"
        yield _Item(name, Quantity(Decimal(review.peak_flow), "L/min"))


def _rcp3q_items(answers: Rcp3q) -> Iterator[_Item]:
    for name, answer in (("sleep", answers.sleep), ("day", answers.day), ("activities", answers.activities)):
        if answer is not None:
            yield _Item(f"{name}-{'yes' if answer else 'no'}")
    if _answered(answers):
        score = sum(answer is True for answer in (answers.sleep, answers.day, answers.activities))
        yield _Item("rcp3q-score", Quantity(Decimal(score), "{score}"))


def _answered(answers: Rcp3q) -> bool:
    return None not in (answers.sleep, answers.day, answers.activities)


def _entry(item: _Item, on: date, library: Library, source: str) -> CodedEntry:
    row = next(row for row in reference_table(_FILE, "code") if row["item"] == item.name)
    return _checked(row["code"], row["list"], item.value, on, library, source)


def _trigger_codes(triggers: tuple[str, ...]) -> list[str]:
    rows = reference_table(_FILE, "trigger")
    return [row["code"] for row in rows if row["written"] and row["slug"] in triggers]


def _trigger_entry(code: str, on: date, library: Library, source: str) -> CodedEntry:
    return _checked(code, "trigger", None, on, library, source)


def _checked(
    text: str, slug: str, value: Quantity | None, on: date, library: Library, source: str
) -> CodedEntry:
    code, listed = SnomedCode(text), library.codelist(slug)
    if code not in listed:
        raise Refusal(
            f"The codelist {slug} no longer holds the code {text} that a review writes. "
            "Nothing was written: ask whoever looks after the codelists."
        )
    return CodedEntry(CodedEvent(PartialDate.on(on), code, value, source), listed.terms[code])
