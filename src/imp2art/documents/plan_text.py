"""The action plan as plain lines: for a screen reader, a message, a comparison of two versions."""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.documents.plan_medicines import InhalerCard
from imp2art.documents.plan_page import PlanPage


def text_of(page: PlanPage) -> str:
    """The words of the page in reading order, one line each, an empty line between parts."""
    parts = (_head(page), _every_day(page), _worse(page), _attack(page), _foot(page))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(page: PlanPage) -> Iterator[str]:
    yield page.title
    for fact in (*page.person, page.version, *page.made):
        yield f"{fact.label}: {fact.value}"


def _every_day(page: PlanPage) -> Iterator[str]:
    yield page.every_day.title.upper()
    yield page.every_day.text
    for card in page.inhalers:
        yield from _card(card)
    if page.best_peak_flow:
        yield page.best_peak_flow


def _card(card: InhalerCard) -> Iterator[str]:
    yield f"{card.title}: {card.name}"
    yield from card.details
    for dose in card.doses:
        yield f"- {dose.label}: {dose.puffs}"
    yield from card.lines


def _worse(page: PlanPage) -> Iterator[str]:
    yield page.worse.title.upper()
    yield page.worse.text
    for step in page.steps:
        yield f"{page.if_any}:"
        yield from (f"- {sign}" for sign in step.signs)
        yield f"{page.then}:"
        yield from (f"- {action}" for action in step.actions)


def _attack(page: PlanPage) -> Iterator[str]:
    yield page.attack.title.upper()
    yield page.attack.text
    yield f"{page.attack_box.signs_title}:"
    yield from (f"- {sign}" for sign in page.attack_box.signs)
    for step in page.attack_box.steps:
        yield step.act
        yield from (line for line in (step.what, *step.more) if line)


def _foot(page: PlanPage) -> Iterator[str]:
    for note in page.notes:
        yield f"{note.title}: {note.text}"
    yield page.current
