"""Answers for which the library holds no code of the same meaning: they stay in the review alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from imp2art.asthma.review.answers import Review

# Each slug is the key of its words (`uncoded-…`); the rule says whether such an answer was given.
UNCODED: Mapping[str, Callable[[Review], bool]] = MappingProxyType(
    {
        "attack": lambda review: review.attack is not None,
        "gina": lambda review: any(
            answer is not None
            for answer in (review.gina_day, review.gina_night, review.gina_reliever, review.gina_activity)
        ),
        "technique-steps": lambda review: bool(review.technique_checks),
        "technique-not-done": lambda review: review.technique_not_done is not None,
        "vaping": lambda review: review.vaping is not None,
        "passive-smoke": lambda review: review.passive_smoke is not None,
        "work-makes-worse": lambda review: review.work_makes_worse is not None,
        "mood-low": lambda review: review.mood_low is not None,
        "comorbidities": lambda review: bool(review.comorbidities),
        "lung-function": lambda review: review.fev1_litres is not None or review.fvc_litres is not None,
        "feno": lambda review: review.feno_ppb is not None,
        "eosinophils": lambda review: review.eosinophils is not None,
        "links-given": lambda review: bool(review.links_given),
        "patient-acknowledged": lambda review: review.patient_acknowledged is not None,
    }
)


def answers_not_coded(review: Review) -> tuple[str, ...]:
    """What was answered and writes no coded entry, in the order of the page."""
    return tuple(slug for slug, answered in UNCODED.items() if answered(review))
