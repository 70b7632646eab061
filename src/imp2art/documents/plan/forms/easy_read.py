"""Easy read: the same plan, one idea a line, a picture beside each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imp2art.asthma.plan.action_plan import ActionPlan, ActionPoint, PointAction
from imp2art.documents.plan.medicines import InhalerCard
from imp2art.documents.plan.page import PlanPage
from imp2art.documents.plan.steps import WorseStep
from imp2art.documents.plan.words import PlanWords

_ACTIONS = {
    PointAction.START_STEROID_TABLETS: "tablets",
    PointAction.CONTACT_PRACTICE: "phone",
    PointAction.GET_URGENT_HELP: "phone",
}
_SIGNS = {"waking-at-night": "night", "cannot-sleep": "night", "more-puffs-than-usual": "needed"}
_ATTACK_STEPS = ("sit", "inhaler", "phone")


@dataclass(frozen=True, slots=True)
class EasyLine:
    """`picture` names a drawing of templates/drawings.typ. `strong` lines are what to do or to take."""

    picture: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class EasyPart:
    """A part with its heading; `zone` is `attack`, `worse`, `every-day` or `about`."""

    zone: str
    title: str
    lines: tuple[EasyLine, ...]


def write_easy_read(plan: ActionPlan, page: PlanPage, words: PlanWords) -> tuple[EasyPart, ...]:
    """The attack first (H-12), then what to do when worse, then every day, then whose plan it is."""
    inhaler = page.inhalers[-1].picture if page.inhalers else "other"
    return (
        EasyPart("attack", page.attack.title, tuple(_attack(plan, page, inhaler))),
        EasyPart("worse", page.worse.title, tuple(_worse(plan, page, inhaler, words))),
        EasyPart("every-day", page.every_day.title, tuple(_every_day(page))),
        EasyPart("about", words.say("this-plan"), tuple(_about(page))),
    )


def _attack(plan: ActionPlan, page: PlanPage, inhaler: str) -> Iterator[EasyLine]:
    yield EasyLine("warning", f"{page.attack_box.signs_title}:")
    yield from _signs(page.attack_box.signs, plan.emergency.signs)
    yield EasyLine("warning", page.attack.text, strong=True)
    for place, step in enumerate(page.attack_box.steps):
        name = _ATTACK_STEPS[place] if place < len(_ATTACK_STEPS) else "tick"
        picture = inhaler if name == "inhaler" else name
        yield EasyLine(picture, step.act, strong=True)
        yield from (EasyLine(picture, line) for line in (step.what, *step.more) if line)


def _worse(plan: ActionPlan, page: PlanPage, inhaler: str, words: PlanWords) -> Iterator[EasyLine]:
    yield EasyLine("chest", page.worse.text)
    points = sorted(plan.action_points, key=lambda point: point.order)
    for point, step in zip(points, page.steps, strict=True):
        yield EasyLine("warning", f"{page.if_any}:")
        yield from _signs(step.signs, point.signs)
        yield EasyLine("tick", f"{page.then}:")
        yield from _actions(point, step, inhaler, words)


def _signs(said: tuple[str, ...], slugs: tuple[str, ...]) -> Iterator[EasyLine]:
    """What is noticed; a line beyond the slugs is the peak flow."""
    for place, line in enumerate(said):
        yield EasyLine(_SIGNS.get(slugs[place], "chest") if place < len(slugs) else "meter", line)


def _actions(point: ActionPoint, step: WorseStep, inhaler: str, words: PlanWords) -> Iterator[EasyLine]:
    how_long = None if point.days is None else words.say("for-days", count=point.days)
    first, *more = step.actions
    yield EasyLine(_ACTIONS.get(point.action or PointAction.CONTACT_PRACTICE, inhaler), first, strong=True)
    yield from (EasyLine("days" if line == how_long else "phone", line) for line in more)


def _every_day(page: PlanPage) -> Iterator[EasyLine]:
    yield EasyLine("tick", page.every_day.text)
    for card in page.inhalers:
        yield from _card(card)
    if page.best_peak_flow:
        yield EasyLine("meter", page.best_peak_flow)


def _card(card: InhalerCard) -> Iterator[EasyLine]:
    yield EasyLine(card.picture, f"{card.title}: {card.name}", strong=True)
    yield from (EasyLine(card.picture, line) for line in card.details)
    yield from (EasyLine(dose.time, f"{dose.label}: {dose.puffs}", strong=True) for dose in card.doses)
    yield from (EasyLine(card.picture, line) for line in card.lines)


def _about(page: PlanPage) -> Iterator[EasyLine]:
    for fact in (*page.person, page.version, *page.made):
        yield EasyLine("tick", f"{fact.label}: {fact.value}")
    yield from (EasyLine("tick", f"{note.title}: {note.text}") for note in page.notes)
    yield EasyLine("tick", page.current)
