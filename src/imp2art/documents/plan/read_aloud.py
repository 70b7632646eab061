"""The plan as a voice should say it: telephone numbers digit by digit, strengths in two, the attack first.

It is for a screen reader, a phone's own voice, or someone who reads to another. The NHS number is left out:
it helps nobody who listens, and others may hear it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.documents.plan.medicines import InhalerCard
from imp2art.documents.plan.page import PlanPage, write_page
from imp2art.documents.plan.words import ENGLISH, PlanWords

_EMERGENCY = re.compile(r"(?<!\d)(999|111)(?!\d)")
_STRENGTH = re.compile(r"(?<=\d)\s?/\s?(?=\d)")
_ENDS = (".", "?", "!", ":", "।", "۔", "؟")


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """A part of the plan with its heading, each line one sentence."""

    title: str
    lines: tuple[str, ...]


def read_aloud(plan: ActionPlan, words: PlanWords = ENGLISH) -> tuple[SpokenPart, ...]:
    """The parts in the order in which they matter: attack, worse, every day, whose plan it is."""
    page = write_page(plan, words)
    parts = (
        (page.attack.title, _attack(page)),
        (page.worse.title, _worse(page)),
        (page.every_day.title, _every_day(page)),
        (words.say("this-plan"), _about(plan, page, words)),
    )
    phones = (plan.practice_phone, plan.out_of_hours_phone, plan.carer_phone)
    return tuple(SpokenPart(title, tuple(say(line, phones) for line in lines)) for title, lines in parts)


def say(line: str, phones: tuple[str, ...] = ()) -> str:
    """One line as a voice says it right: `01632 960001` as 0 1 6 3 2, 9 6 0 0 0 1; `200/6` as 200, 6."""
    for phone in sorted(filter(None, phones), key=len, reverse=True):
        line = line.replace(phone, _digits(phone))
    line = _EMERGENCY.sub(lambda found: " ".join(found[1]), line)
    line = _STRENGTH.sub(", ", line)
    return line if line.endswith(_ENDS) else f"{line}."


def _digits(phone: str) -> str:
    """Digit by digit, with a pause where the number has a space; letters, as of an extension, stay."""
    return ", ".join(" ".join(group) if group.isdigit() else group for group in phone.split())


def _attack(page: PlanPage) -> Iterator[str]:
    yield page.attack.text
    yield f"{page.attack_box.signs_title}:"
    yield from page.attack_box.signs
    for step in page.attack_box.steps:
        yield from (line for line in (step.act, step.what, *step.more) if line)


def _worse(page: PlanPage) -> Iterator[str]:
    yield page.worse.text
    for step in page.steps:
        yield f"{page.if_any}:"
        yield from step.signs
        yield f"{page.then}:"
        yield from step.actions


def _every_day(page: PlanPage) -> Iterator[str]:
    yield page.every_day.text
    for card in page.inhalers:
        yield from _card(card)
    if page.best_peak_flow:
        yield page.best_peak_flow


def _card(card: InhalerCard) -> Iterator[str]:
    yield f"{card.title}: {card.name}"
    yield from card.details
    yield from (f"{dose.label}: {dose.puffs}" for dose in card.doses)
    yield from card.lines


def _about(plan: ActionPlan, page: PlanPage, words: PlanWords) -> Iterator[str]:
    number = plan.person.nhs_number.spaced
    facts = (fact for fact in (*page.person, page.version, *page.made) if fact.value != number)
    yield from (f"{fact.label}: {fact.value}" for fact in facts)
    yield from (f"{note.title}: {note.text}" for note in page.notes)
    yield page.current
    if plan.currency_code:
        yield words.say("currency-aloud", code=", ".join(plan.currency_code))
