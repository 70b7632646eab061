"""The review's questions: from the form's texts to a `Review`, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from imp2art.asthma.action_plan import PeakFlowScale
from imp2art.asthma.control import Rcp3q
from imp2art.asthma.reference import whole
from imp2art.asthma.review import NoPlanReason, Review, ReviewMode, Smoking
from imp2art.web.practice.fields import NO, YES, Sent

Texts = dict[str, tuple[str, ...]]

LONGEST_WORDS = 2_000
_YES_NO = (
    "technique_observed",
    "medicines_checked",
    "adherence_good",
    "smoking_advice_given",
    "agenda_met",
    "teach_back_done",
)
_PLAIN = (
    "mode",
    "agenda",
    "act_score",
    "cact_score",
    "acq_score",
    "attacks_12_months",
    "days_off",
    "smoking",
    "peak_flow",
    "peak_flow_scale",
    "no_plan_reason",
    "note",
)


def review_from(sent: Sent, triggers: tuple[str, ...], on: date) -> Review:
    """The answers, read in the order of the page. What could not be read is None, with an error in `sent`.

    `triggers` are the slugs that may be chosen; the ranges of scores are those in force `on` the day.
    """
    return Review(
        agenda=sent.text("agenda", LONGEST_WORDS, "What matters to them"),
        mode=sent.one_of("mode", ReviewMode, "How you met"),
        rcp3q=_rcp3q_from(sent),
        attacks_12_months=sent.whole("attacks_12_months", 0, 99, "The number of attacks"),
        days_off=sent.whole("days_off", 0, 365, "The number of days off"),
        act_score=sent.whole("act_score", *_range("act", on), "The Asthma Control Test total"),
        cact_score=sent.whole("cact_score", *_range("cact", on), "The Childhood Asthma Control Test total"),
        acq_score=sent.decimal("acq_score", *_range("acq", on), "The Asthma Control Questionnaire score"),
        peak_flow=sent.whole("peak_flow", *_range("peak-flow", on), "Peak flow"),
        peak_flow_scale=sent.one_of("peak_flow_scale", PeakFlowScale, "The scale of the meter"),
        medicines_checked=sent.yes_no("medicines_checked", "Medicines"),
        adherence_good=sent.yes_no("adherence_good", "Taking the preventer"),
        technique_observed=sent.yes_no("technique_observed", "Inhaler technique"),
        triggers=sent.several("triggers", triggers, "Triggers"),
        smoking=sent.one_of("smoking", Smoking, "Smoking"),
        smoking_advice_given=sent.yes_no("smoking_advice_given", "Advice to stop smoking"),
        agenda_met=sent.yes_no("agenda_met", "What matters to them, talked about"),
        teach_back_done=sent.yes_no("teach_back_done", "In their own words"),
        note=sent.text("note", LONGEST_WORDS, "The note"),
        no_plan_reason=sent.one_of("no_plan_reason", NoPlanReason, "Why there is no plan"),
    )


def texts_of_review(review: Review) -> Texts:
    """The form that shows these answers."""
    return (
        shown({name: getattr(review, name) for name in _PLAIN})
        | shown({name: yes_or_no(getattr(review, name)) for name in _YES_NO})
        | shown({f"rcp_{each.name}": yes_or_no(getattr(review.rcp3q, each.name)) for each in fields(Rcp3q)})
        | {"triggers": review.triggers}
    )


def _range(name: str, on: date) -> tuple[int, int]:
    return whole(f"{name}-lowest", on), whole(f"{name}-highest", on)


def _rcp3q_from(sent: Sent) -> Rcp3q:
    return Rcp3q(
        sleep=sent.yes_no("rcp_sleep", "Hard to sleep"),
        day=sent.yes_no("rcp_day", "Symptoms in the day"),
        activities=sent.yes_no("rcp_activities", "Usual activities"),
    )


def yes_or_no(answer: bool | None) -> str | None:
    """The text of a yes/no answer; None where it was not asked."""
    return None if answer is None else YES if answer else NO


def shown(values: Mapping[str, object]) -> Texts:
    """Values as the texts of their fields; None is an empty field."""
    return {name: ("" if value is None else str(value),) for name, value in values.items()}
