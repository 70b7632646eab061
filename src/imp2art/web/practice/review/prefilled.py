"""Where each prefilled value of the review is from and how old it is; what guidance says beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from imp2art.asthma.plan.draft import PlanDraft
from imp2art.asthma.plan.known import FieldSource
from imp2art.asthma.plan.suggestions import Suggestion
from imp2art.asthma.recorded_control import RecordedControl
from imp2art.asthma.review.prefill import Prefilled, ReviewPrefill
from imp2art.flows.write_review import ReviewDesk
from imp2art.web.design.said import source_of_constant, words
from imp2art.web.design.said_of_care import control_in_words
from imp2art.web.design.words import age_in_words, short_day
from imp2art.web.practice.form import Texts
from imp2art.web.practice.offered import words_of_trigger
from imp2art.web.practice.plan_form import texts_of_plan

Known = TypeVar("Known")

# A source names a part of the plan; these are the form's fields that show it.
_FIELDS = {
    "usual": ("preventer", "morning_puffs", "evening_puffs", "reliever", "reliever_puffs", "max_puffs_a_day"),
    "action_points": ("point_1_signs", "point_2_signs", "point_3_signs", "point_4_signs"),
    "emergency": ("attack_signs",),
    "triggers": (),  # asked in the review, which tells its own source
}


def sources_of(desk: ReviewDesk, texts: Texts, on: date) -> dict[str, str]:
    """A sentence a field. One of the plan stands only while the field still holds what was prefilled."""
    told = plan_sources(desk.began, texts, on)
    for field, beside in _beside(desk.prefilled, on):
        told[field] = f"{told[field]} {beside}" if field in told else beside
    return told


def plan_sources(began: PlanDraft, texts: Texts, on: date) -> dict[str, str]:
    """The same for the plan's fields alone: the record, the last plan, and guidance beside them."""
    begun = texts_of_plan(began.plan)
    told = {
        field: f"{_sentence(source, on)}."
        for source in began.sources
        for field in _fields_of(source.field)
        if begun.get(field) == texts.get(field) and any(begun.get(field, ()))
    }
    for field, beside in _guidance(began.suggestions, on):
        told[field] = f"{told[field]} {beside}" if field in told else beside
    return told


def _fields_of(part: str) -> tuple[str, ...]:
    name = part.removeprefix("usual.")
    return _FIELDS.get(name, (name,))


def _sentence(source: FieldSource, on: date) -> str:
    said = words("review", f"source-{source.source}", source.on)
    return said[:1].upper() + said[1:] + ("" if source.source == "default" else _ago(source.on, on))


def _ago(then: date, now: date) -> str:
    return f" ({age_in_words(then, now)})"


def _beside(known: ReviewPrefill, on: date) -> Iterator[tuple[str, str]]:
    """What the record tells beside a question of today."""
    if known.attacks_12_months:
        yield "attacks_12_months", _recorded(known.attacks_12_months, str(known.attacks_12_months.value), on)
    if known.latest_attack:
        found = known.latest_attack.on
        yield "after_attack_on", f"Found in the record: {short_day(found)}{_ago(found, on)}."
    if known.smoking:
        yield "smoking", _recorded(known.smoking, known.smoking.value, on)
    if known.triggers:
        listed = ", ".join(words_of_trigger(slug).lower() for slug in known.triggers.value)
        yield "triggers", _recorded(known.triggers, listed, on)
    if known.best_peak_flow:
        yield (
            "peak_flow",
            f"Best {_recorded(known.best_peak_flow, str(known.best_peak_flow.value), on).lower()}",
        )
    if known.technique_last_observed:
        seen = known.technique_last_observed
        yield "technique_observed", f"Last watched {short_day(seen)}{_ago(seen, on)}."
    if known.preventer_last_issued:
        issued = known.preventer_last_issued
        yield "adherence_good", f"Preventer last issued {short_day(issued)}{_ago(issued, on)}."
    if known.control:
        yield _control_field(known.control), _control(known.control, on)


def _recorded(known: Prefilled[Known], value: str, on: date) -> str:
    return f"In the record: {value}, {short_day(known.on)}{_ago(known.on, on)}."


def _control_field(control: RecordedControl) -> str:
    return {"rcp3q": "rcp_sleep"}.get(control.score.instrument, f"{control.score.instrument}_score")


def _control(control: RecordedControl, on: date) -> str:
    meaning = control_in_words(control.score.control)
    return f"Last time, {short_day(control.on)}{_ago(control.on, on)}: {control.score.score}, {meaning}."


def _guidance(suggestions: tuple[Suggestion, ...], on: date) -> Iterator[tuple[str, str]]:
    """A number of guidance is shown with its source; it enters the plan only by the signer's hand."""
    for suggestion in suggestions:
        source = source_of_constant(suggestion.source, on)
        yield _suggested_field(suggestion.field), f"Guidance: {suggestion.value.normalize():f} ({source})."


def suggested_numbers(suggestions: tuple[Suggestion, ...]) -> dict[str, str]:
    """Guidance by field of the form, for a button beside each: one press, one number."""
    return {_suggested_field(each.field): f"{each.value.normalize():f}" for each in suggestions}


def _suggested_field(field: str) -> str:
    """`action_points.1.dose` is the form's `point_1_dose`, `emergency.max_puffs` its `attack_max_puffs`."""
    name = field.removeprefix("usual.").replace("action_points.", "point_").replace("emergency.", "attack_")
    return name.replace(".", "_")
