"""What stands beside a review's questions: the year, the scores so far, the risks, the treatment.

Worked out once from the record when the review is opened; together with today's answers it gives the level
of control and what guidance says to consider.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imp2art.asthma.carbon import InhalerCarbon, carbon_of
from imp2art.asthma.control import ControlScore, score_acq, score_act, score_cact, score_rcp3q
from imp2art.asthma.control_level import ControlFacts, ControlLevel, classify_control, needed_treatment
from imp2art.asthma.gina import GinaFacts
from imp2art.asthma.inhalers import current_medicines
from imp2art.asthma.recorded_control import RecordedControl, recorded_this_year
from imp2art.asthma.reference import NotConfigured, whole
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.first_checks import first_checks
from imp2art.asthma.risk.background import background
from imp2art.asthma.risk.facts import Flag, RiskFacts, risk_facts
from imp2art.asthma.risk.flags import checks_not_run
from imp2art.asthma.treatment.consider import Consider
from imp2art.asthma.treatment.facts import Treatment, TreatmentFacts, treatment_of
from imp2art.asthma.treatment.suggest import suggest_treatment
from imp2art.asthma.year import YearOfCare, year_of_care
from imp2art.codes.library import Library
from imp2art.core.age import age_on
from imp2art.record.patient_record import PatientRecord

# Conditions that the review asks for in its own list, and the slug of the same in the risk room.
_TOLD = {"eczema": "atopic-disease"}


@dataclass(frozen=True, slots=True)
class ReviewBeside:
    """`year` is the 12 months up to the day; `carbon` is of the inhalers in use."""

    facts: RiskFacts
    age: int
    year: YearOfCare
    recorded: tuple[RecordedControl, ...]
    treatment: Treatment
    carbon: tuple[InhalerCarbon, ...]
    not_checked: tuple[NotConfigured, ...]


def beside_review(record: PatientRecord, library: Library, on: date, taken_on: date) -> ReviewBeside:
    """Everything that the record tells beside a review held on a day. `taken_on` is the extract's day."""
    facts = risk_facts(record, library, on, taken_on)
    return ReviewBeside(
        facts=facts,
        age=age_on(record.patient.born, on),
        year=year_of_care(record, library, on, whole("year-months", on)),
        recorded=recorded_this_year(record, library, on),
        treatment=treatment_of(record, library, facts.seen),
        carbon=tuple(carbon_of(each) for each in current_medicines(record, library, facts.seen)),
        not_checked=checks_not_run(on, library),
    )


def control_today(review: Review, beside: ReviewBeside) -> ControlLevel:
    """The level of control from today's answers and the year before them."""
    return classify_control(_control_facts(review, beside))


def background_today(review: Review, beside: ReviewBeside) -> tuple[Flag, ...]:
    """What raises the risk by itself, with what the person told today."""
    told = [_TOLD.get(slug, slug) for slug in review.comorbidities]
    return background(beside.facts, [*told, "passive-smoke"] if review.passive_smoke else told)


def consider_today(review: Review, beside: ReviewBeside) -> tuple[Consider, ...]:
    """What guidance says to consider, given today's answers."""
    known = _control_facts(review, beside)
    return suggest_treatment(
        TreatmentFacts(
            age=beside.age,
            on=beside.facts.on,
            control=classify_control(known).level,
            treatment=beside.treatment,
            attack_treated=any(needed_treatment(attack) for attack in known.attacks),
            night_waking=review.gina_night,
            first=first_checks(review),
        )
    )


def _control_facts(review: Review, beside: ReviewBeside) -> ControlFacts:
    return ControlFacts(
        age=beside.age,
        on=beside.facts.on,
        today=_scores(review, beside.age, beside.facts.on),
        gina=GinaFacts(review.gina_day, review.gina_night, review.gina_reliever, review.gina_activity),
        recorded=beside.recorded,
        attacks=beside.year.attacks,
        attacks_told=review.attacks_12_months,
        relievers=beside.facts.relievers,
    )


def _scores(review: Review, age: int, on: date) -> tuple[ControlScore, ...]:
    """Today's instruments. The form lets no total through that lies outside its range."""
    totals = (
        (score_act, review.act_score),
        (score_cact, review.cact_score),
        (score_acq, review.acq_score),
    )
    asked = (score_rcp3q(review.rcp3q, age, on),)
    return asked + tuple(score(Decimal(total), age, on) for score, total in totals if total is not None)
