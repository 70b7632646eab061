"""The plan as far as it is made, in its own words, and what is still to do: the review's right column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from imp2art.asthma.control import Control
from imp2art.asthma.plan.action_plan import ActionPlan, ActionPoint
from imp2art.asthma.regimen import Regimen
from imp2art.asthma.review.answers import Review, ReviewKind
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.medicines import every_day_cards
from imp2art.documents.plan.steps import attack_box, worse_steps
from imp2art.documents.plan.words import ENGLISH
from imp2art.documents.words import find_phrase, phrase, read_book
from imp2art.flows.write_review import DraftBody, Standing
from imp2art.web.design.said import gap_in_words, missing_in_words
from imp2art.web.design.said_of_care import control_score_in_words, percent_of_best_in_words
from imp2art.web.design.said_of_reviews import (
    check_in_words,
    clock_in_words,
    contract_in_words,
    uncoded_in_words,
)
from imp2art.web.practice.fields import FieldError
from imp2art.web.practice.offered import words_of_sign, words_of_trigger
from imp2art.web.practice.review.gap_fields import field_of_gap, field_of_item

NOT_YET = "…"
AFTER_ATTACK = "The attack"
_NOT_GOOD = (Control.ENQUIRE, Control.POOR, Control.VERY_POOR)
# The steps of the page, and the items of the review that each stands for.
STEPS = {
    "Agenda": {"agenda"},
    AFTER_ATTACK: {"attack-when", "attack-plan-used", "attack-steroids"},
    "Control": {"control"},
    "Attacks": {"attacks", "days-off"},
    "Medicines": {"medicines", "adherence"},
    "Technique": {"technique"},
    "Triggers and smoking": {"triggers", "smoking", "smoking-advice"},
    "Understood": {"agenda-met", "teach-back"},
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plan; `zone` is `every-day`, `worse` or `attack`."""

    zone: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the review, done or not."""

    words: str
    done: bool


@dataclass(frozen=True, slots=True)
class SoFar:
    """`gaps` keep the review from being finished, each with the field that mends it.

    `control` is today's score with its meaning, empty until all three questions are answered; `peak_flow`
    today's reading against the best, empty until both are there on one scale; `consider` what to look at
    where control is not good, before treatment is stepped up. `clock` runs after an attack; `mode` is what
    the way of meeting leaves undone, `due` what stays due, `contract` what the contract's indicator would
    find (`short` how much of it would fail), `not_coded` what stays in the review alone.
    """

    control: str
    peak_flow: str
    consider: tuple[str, ...]
    parts: tuple[Part, ...]
    gaps: tuple[FieldError, ...]
    steps: tuple[Step, ...]
    clock: str
    mode: str
    due: tuple[str, ...]
    contract: tuple[Step, ...]
    not_coded: tuple[str, ...]

    @property
    def short(self) -> int:
        """How many of the contract's items would fail if the review were finished now."""
        return sum(not item.done for item in self.contract)


def so_far(body: DraftBody, standing: Standing) -> SoFar:
    """The column for a draft as it stands."""
    no_plan = body.review.no_plan_reason is not None
    score = standing.score
    return SoFar(
        control="" if score.score is None else control_score_in_words(score),
        peak_flow=percent_of_best_in_words(body.review, body.plan.best_peak_flow),
        consider=_consider() if score.control in _NOT_GOOD else (),
        parts=() if no_plan else plan_parts(body.plan),
        gaps=gaps_of(standing),
        steps=(*_steps(body.review, standing), Step("No plan" if no_plan else "Plan", not standing.gaps)),
        clock=clock_in_words(standing.clock) if standing.clock else "",
        mode=_words_of_mode(body.review),
        due=tuple(map(check_in_words, standing.due)),
        contract=tuple(Step(contract_in_words(item), item.met) for item in standing.contract),
        not_coded=tuple(map(uncoded_in_words, standing.not_coded)),
    )


def _words_of_mode(review: Review) -> str:
    return find_phrase("review", f"mode-{review.mode.replace(' ', '-')}").text if review.mode else ""


def _consider() -> tuple[str, ...]:
    prompts = read_book("pages").phrases.items()
    return tuple(prompt.text for slug, prompt in prompts if slug.startswith("consider-"))


def gaps_of(standing: Standing) -> tuple[FieldError, ...]:
    """What blocks finishing, in the order of the page."""
    blocking = [item for item in standing.missing if item.blocks]
    items = [FieldError(field_of_item(item.slug), f"Answer: {missing_in_words(item)}.") for item in blocking]
    gaps = [FieldError(field_of_gap(gap), gap_in_words(gap)) for gap in standing.gaps]
    return (*items, *gaps)


def plan_parts(plan: ActionPlan) -> tuple[Part, ...]:
    """The three parts of a plan, each in the words that will be printed where its numbers are known."""
    return (
        Part("every-day", phrase("action_plan", "every-day"), tuple(_every_day(plan))),
        Part("worse", phrase("action_plan", "worse"), tuple(_worse(plan))),
        Part("attack", phrase("action_plan", "attack"), tuple(_attack(plan))),
    )


def _steps(review: Review, standing: Standing) -> Iterator[Step]:
    open_items = {item.slug for item in standing.missing}
    after_attack = review.kind is ReviewKind.POST_ATTACK
    asked = ((words, items) for words, items in STEPS.items() if after_attack or words != AFTER_ATTACK)
    return (Step(words, not (items & open_items)) for words, items in asked)


def _every_day(plan: ActionPlan) -> Iterator[str]:
    usual = plan.usual
    try:
        for card in every_day_cards(plan, ENGLISH):
            doses = " ".join(f"{dose.label}: {dose.puffs}." for dose in card.doses)
            inhaler = ", ".join([card.name, *(detail[:1].lower() + detail[1:] for detail in card.details)])
            yield f"{inhaler}. {doses or NOT_YET}"
    except Refusal:
        named = dict.fromkeys(inhaler.name for inhaler in (usual.preventer, usual.reliever) if inhaler)
        yield from (f"{name}: {NOT_YET}" for name in named)
    if usual.max_puffs_a_day and plan.regimen in (Regimen.MART, Regimen.AIR):
        yield phrase("action_plan", "max-a-day", count=usual.max_puffs_a_day)
    if plan.triggers:
        yield "Triggers: " + ", ".join(map(words_of_trigger, plan.triggers))


def _worse(plan: ActionPlan) -> Iterator[str]:
    for point in plan.action_points:
        signs = " ".join(map(words_of_sign, point.signs)) or NOT_YET
        yield f"{point.order}. {signs} → {' '.join(_actions(plan, point))}"


def _actions(plan: ActionPlan, point: ActionPoint) -> tuple[str, ...]:
    try:
        return worse_steps(replace(plan, action_points=(point,)), ENGLISH)[0].actions
    except Refusal:
        return (f"{point.action.replace('-', ' ').capitalize()} {NOT_YET}" if point.action else NOT_YET,)


def _attack(plan: ActionPlan) -> Iterator[str]:
    signs = " ".join(map(words_of_sign, plan.emergency.signs))
    if signs:
        yield signs
    try:
        for step in attack_box(plan, ENGLISH).steps:
            yield " ".join([step.act, *([f"{step.what}."] if step.what else []), *step.more])
    except Refusal:
        return  # a dose in an attack is shown whole or not at all
