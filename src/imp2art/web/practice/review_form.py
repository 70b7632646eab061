"""The review's questions: from the form's texts to a `Review`, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imp2art.asthma.action_plan import PeakFlowScale
from imp2art.asthma.control import Rcp3q
from imp2art.asthma.review import NoPlanReason, Review, ReviewMode, Smoking
from imp2art.web.practice.fields import NO, YES, Sent

Texts = dict[str, tuple[str, ...]]

LONGEST_WORDS = 2_000
_YES_NO = {
    "technique_observed": "Inhaler technique",
    "medicines_checked": "Medicines checked",
    "adherence_good": "Taking the preventer",
    "smoking_advice_given": "Advice to stop smoking",
    "agenda_met": "What matters to them",
    "teach_back_done": "Teach-back",
}
_RCP3Q = {
    "sleep": "Difficulty sleeping",
    "day": "Symptoms in the day",
    "activities": "Usual activities",
}
_WHOLE = {
    "act_score": (5, 25, "The Asthma Control Test total"),
    "cact_score": (0, 27, "The Childhood Asthma Control Test total"),
    "attacks_12_months": (0, 99, "The number of attacks"),
    "days_off": (0, 365, "The number of days off"),
    "peak_flow": (30, 900, "Peak flow"),
}


def review_from(sent: Sent, triggers: tuple[str, ...]) -> Review:
    """The answers. Those that could not be read are None, with an error in `sent`.

    `triggers` are the slugs that may be chosen.
    """
    yes_no: dict[str, Any] = {name: sent.yes_no(name, what) for name, what in _YES_NO.items()}
    whole: dict[str, Any] = {name: sent.whole(name, *rule) for name, rule in _WHOLE.items()}
    return Review(
        mode=sent.one_of("mode", ReviewMode, "How you met"),
        agenda=sent.text("agenda", LONGEST_WORDS, "What matters to them"),
        rcp3q=Rcp3q(**{name: sent.yes_no(f"rcp_{name}", what) for name, what in _RCP3Q.items()}),
        acq_score=sent.decimal("acq_score", 0, 6, "The Asthma Control Questionnaire score"),
        smoking=sent.one_of("smoking", Smoking, "Smoking"),
        triggers=sent.several("triggers", triggers, "Triggers"),
        peak_flow_scale=sent.one_of("peak_flow_scale", PeakFlowScale, "The peak-flow meter"),
        no_plan_reason=sent.one_of("no_plan_reason", NoPlanReason, "Why there is no plan"),
        note=sent.text("note", LONGEST_WORDS, "The note"),
        **yes_no,
        **whole,
    )


def texts_of_review(review: Review) -> Texts:
    """The form that shows these answers."""
    plain = ("mode", "agenda", "acq_score", "smoking", "peak_flow_scale", "no_plan_reason", "note", *_WHOLE)
    return (
        shown({name: getattr(review, name) for name in plain})
        | shown({name: yes_or_no(getattr(review, name)) for name in _YES_NO})
        | shown({f"rcp_{name}": yes_or_no(getattr(review.rcp3q, name)) for name in _RCP3Q})
        | {"triggers": review.triggers}
    )


def yes_or_no(answer: bool | None) -> str | None:
    """The text of a yes/no answer; None where it was not asked."""
    return None if answer is None else YES if answer else NO


def shown(values: Mapping[str, object]) -> Texts:
    """Values as the texts of their fields; None is an empty field."""
    return {name: ("" if value is None else str(value),) for name, value in values.items()}
