"""The review's page: the form read into values, and the values shown as a form with its column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from imp2art.asthma.plan.state import PlanState
from imp2art.asthma.reference import number
from imp2art.asthma.review.answers import NoPlanReason, ReviewKind
from imp2art.codes.library import Library
from imp2art.documents.words import find_phrase, phrase
from imp2art.flows.write_review import DraftBody, ReviewDesk
from imp2art.web.design.words import short_day
from imp2art.web.practice.beside_panels import panels_of
from imp2art.web.practice.fields import FieldError, Sent
from imp2art.web.practice.form import Form, Texts
from imp2art.web.practice.offered import offered_for
from imp2art.web.practice.plan_choices import plan_choices
from imp2art.web.practice.plan_form import plan_from, texts_of_plan
from imp2art.web.practice.review import choices
from imp2art.web.practice.review.answers import review_from, texts_of_review
from imp2art.web.practice.review.prefilled import sources_of
from imp2art.web.practice.review.so_far import so_far
from imp2art.web.practice.technique_panel import technique_panel

_ASKED_IN_REVIEW = ("plan_acknowledged", "plan_teach_back")


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What a form said. `names` are the words for each field that was read."""

    body: DraftBody
    texts: Mapping[str, tuple[str, ...]]
    errors: tuple[FieldError, ...]
    names: Mapping[str, str]


def read_form(texts: Mapping[str, tuple[str, ...]], desk: ReviewDesk, library: Library, on: date) -> ReadForm:
    """The draft that a form holds. What could not be read is None there, with an error here."""
    sent = Sent(texts)
    offered = offered_for(desk.body.plan, desk.began.plan, desk.prefilled.medicines, library)
    review = review_from(sent, offered.triggers, on)
    plan = plan_from(sent, desk.body.plan, offered)
    return ReadForm(DraftBody(review, plan), texts, tuple(dict.fromkeys(sent.errors)), sent.names)


def texts_of(body: DraftBody) -> Texts:
    """The form that shows a draft. Their agreement and own words are asked once, in the review."""
    plan = {name: texts for name, texts in texts_of_plan(body.plan).items() if name not in _ASKED_IN_REVIEW}
    return plan | texts_of_review(body.review)


def page_of(desk: ReviewDesk, form: Form, library: Library, on: date) -> dict[str, Any]:
    """The values that `practice/review.jinja` shows."""
    offered = offered_for(desk.body.plan, desk.began.plan, desk.prefilled.medicines, library)
    return {
        "desk": desk,
        "today": on,
        "form": Form(form.texts, form.errors, sources_of(desk, texts_of(desk.body), on)),
        "so_far": so_far(desk.body, desk.standing),
        "version": desk.version,
        "key": desk.key,
        **plan_choices(desk.body.plan, offered),
        "reasons": [(reason, find_phrase("review", f"no-plan-{reason}").text) for reason in NoPlanReason],
        "after_attack": _after_attack(desk, on),
        "technique": technique_panel(desk.prefilled.medicines),
        **panels_of(desk.body.review, desk.beside),
        "not_watched": choices.choices(choices.NOT_WATCHED),
        "comorbidities": choices.choices(choices.COMORBIDITIES),
        "links": choices.links(),
    }


def _after_attack(desk: ReviewDesk, on: date) -> dict[str, Any] | None:
    """What the section on the attack shows beside its questions; None in a routine review."""
    review = desk.body.review
    if review.kind is not ReviewKind.POST_ATTACK:
        return None
    overtaken = desk.need.plan_made_on if desk.need.plan_state is PlanState.REPLACED else None
    return {
        "none_found": "" if desk.prefilled.latest_attack else phrase("review", "attack-none-found"),
        "overtaken": phrase("review", "attack-plan-overtaken", date=short_day(overtaken))
        if overtaken
        else "",
        "follow_up": _follow_up(on),
        "where": choices.choices(choices.WHERE),
        "plan_use": choices.choices(choices.PLAN_USE),
        "causes": choices.choices(choices.CAUSES),
    }


def _follow_up(on: date) -> str:
    """When to look again after a change of treatment; empty where guidance is not configured."""
    first, last = number("change-review-earliest-weeks", on), number("change-review-weeks", on)
    if first is None or last is None:
        return ""
    days = (short_day(on + timedelta(weeks=int(weeks))) for weeks in (first, last))
    return phrase("review", "attack-follow-up-after-change", first=next(days), last=next(days))
