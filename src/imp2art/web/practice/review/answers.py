"""The review's questions: from the form's texts to a `Review`, and back."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from imp2art.asthma.control import Rcp3q
from imp2art.asthma.peak_flow import PeakFlowScale
from imp2art.asthma.reference import whole
from imp2art.asthma.review.answers import NoPlanReason, Review, ReviewKind, ReviewMode, Smoking
from imp2art.web.practice.fields import Sent
from imp2art.web.practice.form import Texts, shown, yes_or_no
from imp2art.web.practice.review.attack_form import attack_from, texts_of_attack
from imp2art.web.practice.review.choices import COMORBIDITIES, LINKS, NOT_WATCHED, slugs
from imp2art.web.practice.technique_panel import technique_checks_from, texts_of_technique

LONGEST_WORDS = 2_000
_YES_NO = (
    "medicines_checked",
    "adherence_good",
    "technique_observed",
    "smoking_advice_given",
    "vaping",
    "gina_day",
    "gina_night",
    "gina_reliever",
    "gina_activity",
    "passive_smoke",
    "work_makes_worse",
    "mood_low",
    "agenda_met",
    "teach_back_done",
    "patient_acknowledged",
)
# The bounds of lung function only keep out what is no such number.
_FEV1 = (0, 12, "FEV1")
_FVC = (0, 15, "FVC")
_FENO = (1, 999, "FeNO")
_EOSINOPHILS = (0, 50, "Eosinophils")
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
    "technique_not_done",
    "feno_ppb",
    "no_plan_reason",
    "note",
    "fev1_litres",
    "fvc_litres",
    "eosinophils",
)


def review_from(sent: Sent, triggers: tuple[str, ...], on: date) -> Review:
    """The answers, read in the order of the page. What could not be read is None, with an error in `sent`.

    `triggers` are the slugs that may be chosen; the ranges of scores are those in force `on` the day.
    """
    core = _core_from(sent, triggers, on)
    return _with_close(_with_depth(core, sent), sent)


def _core_from(sent: Sent, triggers: tuple[str, ...], on: date) -> Review:
    kind = sent.one_of("kind", ReviewKind, "The kind of review") or ReviewKind.ROUTINE
    return Review(
        kind=kind,
        agenda=sent.text("agenda", LONGEST_WORDS, "What matters to them"),
        mode=sent.one_of("mode", ReviewMode, "How you met"),
        attack=attack_from(sent, on) if kind is ReviewKind.POST_ATTACK else None,
        rcp3q=_rcp3q_from(sent),
        attacks_12_months=sent.whole("attacks_12_months", 0, 99, "The number of attacks"),
        days_off=sent.whole("days_off", 0, 365, "The number of days off"),
        act_score=sent.whole("act_score", *_range("act", on), "The Asthma Control Test total"),
        cact_score=sent.whole("cact_score", *_range("cact", on), "The Childhood Asthma Control Test total"),
        peak_flow=sent.whole("peak_flow", *_range("peak-flow", on), "Peak flow"),
        peak_flow_scale=sent.one_of("peak_flow_scale", PeakFlowScale, "The scale of the meter"),
        medicines_checked=sent.yes_no("medicines_checked", "Medicines"),
        adherence_good=sent.yes_no("adherence_good", "Taking the preventer"),
        technique_observed=sent.yes_no("technique_observed", "Inhaler technique"),
        technique_not_done=sent.choice(
            "technique_not_done", slugs(NOT_WATCHED), "Why technique was not watched"
        ),
        technique_checks=technique_checks_from(sent),
        triggers=sent.several("triggers", triggers, "Triggers"),
        smoking=sent.one_of("smoking", Smoking, "Smoking"),
        smoking_advice_given=sent.yes_no("smoking_advice_given", "Advice to stop smoking"),
        vaping=sent.yes_no("vaping", "Vaping"),
        acq_score=sent.decimal("acq_score", *_range("acq", on), "The Asthma Control Questionnaire score"),
    )


def _with_depth(review: Review, sent: Sent) -> Review:
    return replace(
        review,
        gina_day=sent.yes_no("gina_day", "Symptoms in the day, 4 weeks"),
        gina_night=sent.yes_no("gina_night", "Nights woken, 4 weeks"),
        gina_reliever=sent.yes_no("gina_reliever", "Use of the reliever, 4 weeks"),
        gina_activity=sent.yes_no("gina_activity", "Kept from doing things, 4 weeks"),
        fev1_litres=sent.decimal("fev1_litres", *_FEV1),
        fvc_litres=sent.decimal("fvc_litres", *_FVC),
        feno_ppb=sent.whole("feno_ppb", *_FENO),
        eosinophils=sent.decimal("eosinophils", *_EOSINOPHILS),
        passive_smoke=sent.yes_no("passive_smoke", "Smoke at home"),
        work_makes_worse=sent.yes_no("work_makes_worse", "Worse at work"),
        mood_low=sent.yes_no("mood_low", "Mood"),
        comorbidities=sent.several("comorbidities", slugs(COMORBIDITIES), "Other conditions"),
    )


def _with_close(review: Review, sent: Sent) -> Review:
    return replace(
        review,
        links_given=sent.several("links_given", slugs(LINKS), "What was shown or given"),
        agenda_met=sent.yes_no("agenda_met", "What matters to them, talked about"),
        teach_back_done=sent.yes_no("teach_back_done", "In their own words"),
        patient_acknowledged=sent.yes_no("patient_acknowledged", "They agree with the plan"),
        note=sent.text("note", LONGEST_WORDS, "The note"),
        no_plan_reason=sent.one_of("no_plan_reason", NoPlanReason, "Why there is no plan"),
    )


def texts_of_review(review: Review) -> Texts:
    """The form that shows these answers."""
    return (
        shown({name: getattr(review, name) for name in _PLAIN})
        | shown({name: yes_or_no(getattr(review, name)) for name in _YES_NO})
        | shown({f"rcp_{each.name}": yes_or_no(getattr(review.rcp3q, each.name)) for each in fields(Rcp3q)})
        | {"triggers": review.triggers, "comorbidities": review.comorbidities}
        | {"links_given": review.links_given, "kind": _kind_named(review.kind)}
        | texts_of_technique(review.technique_checks)
        | (texts_of_attack(review.attack) if review.attack else {})
    )


def _kind_named(kind: ReviewKind) -> tuple[str, ...]:
    """A form that names no kind is a routine review."""
    return () if kind is ReviewKind.ROUTINE else (kind,)


def _range(name: str, on: date) -> tuple[int, int]:
    return whole(f"{name}-lowest", on), whole(f"{name}-highest", on)


def _rcp3q_from(sent: Sent) -> Rcp3q:
    return Rcp3q(
        sleep=sent.yes_no("rcp_sleep", "Hard to sleep"),
        day=sent.yes_no("rcp_day", "Symptoms in the day"),
        activities=sent.yes_no("rcp_activities", "Usual activities"),
    )
