"""What stands on the page of an action plan, in the order in which it is read.

Only words of `content/action_plan.toml` and values of the plan; nothing is chosen or worked out here
but the form of words that the regimen asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from imp2art.asthma.action_plan import ActionPlan
from imp2art.documents.plan_medicines import InhalerCard, every_day_cards
from imp2art.documents.plan_steps import AttackBox, WorseStep, attack_box, worse_steps
from imp2art.documents.plan_words import BOOK, needed, say
from imp2art.documents.words import day_in_words, has_phrase, read_book


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value in the head of the page."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """A short titled text in the foot of the page."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The whole page as text. `person` holds name, date of birth, NHS number, in this order."""

    language: str
    document_title: str
    title: str
    version: Fact
    person: tuple[Fact, ...]
    made: tuple[Fact, ...]
    every_day: Note
    inhalers: tuple[InhalerCard, ...]
    best_peak_flow: str
    worse: Note
    if_any: str
    then: str
    steps: tuple[WorseStep, ...]
    attack: Note
    attack_box: AttackBox
    notes: tuple[Note, ...]
    current: str


def write_page(plan: ActionPlan) -> PlanPage:
    """The page of a plan. Raises `Refusal` where the plan lacks a number that its words need."""
    return PlanPage(
        language=read_book(BOOK).language,
        document_title=say("document-title", version=plan.version),
        title=say("title"),
        version=Fact(say("label-version"), str(plan.version)),
        person=_person(plan),
        made=_made(plan),
        every_day=Note(say("every-day"), say("every-day-aim")),
        inhalers=every_day_cards(plan),
        best_peak_flow=_best_peak_flow(plan),
        worse=Note(say("worse"), say("worse-aim")),
        if_any=say("if-any"),
        then=say("then"),
        steps=worse_steps(plan),
        attack=Note(say("attack"), say("attack-aim")),
        attack_box=attack_box(plan),
        notes=_notes(plan),
        current=say("current", version=plan.version, made=day_in_words(plan.made_on)),
    )


def _person(plan: ActionPlan) -> tuple[Fact, ...]:
    return (
        Fact(say("label-name"), plan.person.name),
        Fact(say("label-born"), day_in_words(plan.person.born)),
        Fact(say("label-nhs-number"), plan.person.nhs_number.spaced),
    )


def _made(plan: ActionPlan) -> tuple[Fact, ...]:
    facts = [
        Fact(say("label-made-on"), day_in_words(plan.made_on)),
        Fact(say("label-made-by"), plan.made_by),
        Fact(say("label-review-due"), day_in_words(needed(plan.review_due, "the day of the next review"))),
        Fact(say("label-practice"), plan.practice_name),
        Fact(say("label-phone"), plan.practice_phone),
    ]
    if plan.out_of_hours_phone:
        facts.append(Fact(say("label-out-of-hours"), plan.out_of_hours_phone))
    return tuple(facts)


def _best_peak_flow(plan: ActionPlan) -> str:
    best = plan.best_peak_flow
    if best is None:
        return ""
    return say(
        "best-peak-flow",
        litres=best.litres_a_minute,
        scale=needed(best.scale, "the scale of the best peak flow").value,
        measured=day_in_words(needed(best.measured_on, "the day of the best peak flow")),
    )


def _notes(plan: ActionPlan) -> tuple[Note, ...]:
    notes = [
        Note(say("after-title"), say("after-attack")),
        Note(say("triggers-title"), _triggers(plan)),
    ]
    if plan.goal.strip():
        notes.append(Note(say("goal-title"), plan.goal))
    return tuple(notes)


def _triggers(plan: ActionPlan) -> str:
    """Known triggers in our words, the person's own words as they stand."""
    needed(plan.triggers or None, "the triggers")
    listed = ", ".join(_trigger(trigger) for trigger in plan.triggers)
    return listed[:1].upper() + listed[1:]


def _trigger(trigger: str) -> str:
    slug = f"trigger-{trigger}"
    return say(slug) if has_phrase(BOOK, slug) else trigger
