"""The action plan as plain lines: for a screen reader, a message, a comparison of two versions."""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.documents.directions import isolate
from imp2art.documents.plan.medicines import InhalerCard
from imp2art.documents.plan.page import PlanPage
from imp2art.documents.plan.words import capitals


def text_of(page: PlanPage, notices: tuple[str, ...] = ()) -> str:
    """The words of the page in reading order, one line each, an empty line between parts.

    On a page that reads from the right, numbers and names stand between marks that keep their order.
    """
    head = (*notices, *_head(page))
    parts = (head, _every_day(page), _worse(page), _attack(page), _foot(page))
    text = "\n\n".join("\n".join(part) for part in parts) + "\n"
    return isolate(text, page.language)


def _head(page: PlanPage) -> Iterator[str]:
    yield page.title
    for fact in (*page.person, page.version, *page.made):
        yield f"{fact.label}: {fact.value}"


def _every_day(page: PlanPage) -> Iterator[str]:
    yield capitals(page.every_day.title, page.language)
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
    yield capitals(page.worse.title, page.language)
    yield page.worse.text
    for step in page.steps:
        yield f"{page.if_any}:"
        yield from (f"- {sign}" for sign in step.signs)
        yield f"{page.then}:"
        yield from (f"- {action}" for action in step.actions)


def _attack(page: PlanPage) -> Iterator[str]:
    yield capitals(page.attack.title, page.language)
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
