"""The review's page: the form read into values, and the values shown as a form with its column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from imp2art.asthma.action_plan import PointAction
from imp2art.asthma.regimen import Regimen
from imp2art.asthma.review import NoPlanReason
from imp2art.codes.library import Library
from imp2art.documents.words import find_phrase
from imp2art.flows.write_review import DraftBody, ReviewDesk
from imp2art.web.design.words import sentence
from imp2art.web.practice.fields import FieldError, Sent
from imp2art.web.practice.form import Form
from imp2art.web.practice.offered import offered_for, words_of_sign, words_of_trigger
from imp2art.web.practice.plan_form import POINTS, plan_from, texts_of_plan
from imp2art.web.practice.prefilled import sources_of
from imp2art.web.practice.review_form import Texts, review_from, texts_of_review
from imp2art.web.practice.so_far import so_far

_ACTIONS = (
    (PointAction.RESTART_PREVENTER, "Take the preventer again"),
    (PointAction.INCREASE_PREVENTER, "Take more of the preventer"),
    (PointAction.EXTRA_RELIEVER, "Take extra puffs of the reliever"),
    (PointAction.START_STEROID_TABLETS, "Start steroid tablets"),
    (PointAction.CONTACT_PRACTICE, "Call the practice"),
    (PointAction.GET_URGENT_HELP, "Get help the same day"),
)


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
    """The form that shows a draft."""
    return texts_of_plan(body.plan) | texts_of_review(body.review)


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
        "preventers": _names(offered.preventers),
        "relievers": _names(offered.relievers),
        "worse_signs": [(slug, words_of_sign(slug)) for slug in offered.worse_signs],
        "attack_signs": [(slug, words_of_sign(slug)) for slug in offered.attack_signs],
        "triggers": [(slug, sentence(words_of_trigger(slug))) for slug in offered.triggers],
        "regimens": [(kind, find_phrase("flags", f"regimen-name-{kind}").text) for kind in Regimen],
        "reasons": [(reason, find_phrase("review", f"no-plan-{reason}").text) for reason in NoPlanReason],
        "actions": _ACTIONS,
        "points": POINTS,
    }


def _names(inhalers: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(code, inhaler.name) for code, inhaler in inhalers.items()]
