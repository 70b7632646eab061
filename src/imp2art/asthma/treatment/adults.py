"""The pathway from 12 years (NICE NG245 1.7, as restated; clinical fact file §3.2)."""

from __future__ import annotations

from imp2art.asthma.control import Control
from imp2art.asthma.regimen import Regimen
from imp2art.asthma.treatment.bands import Band
from imp2art.asthma.treatment.consider import Consider, ConsiderKind, consider
from imp2art.asthma.treatment.facts import TreatmentFacts
from imp2art.codes.medicine import MedicineClass

_UP, _START, _REFER = ConsiderKind.STEP_UP, ConsiderKind.START, ConsiderKind.REFER
_CANNOT = ConsiderKind.CANNOT_TELL


def start_adult(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """No preventer: as-needed low-dose steroid with formoterol, or MART where things are bad."""
    severe = facts.control is Control.VERY_POOR or facts.night_waking is True or facts.attack_treated
    return consider("start-low-mart" if severe else "start-air", _START, facts)


def step_up_adult(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """The next step where control is poor."""
    treatment = facts.treatment
    if treatment.band is Band.HIGH:
        return consider("refer-high-dose", _REFER, facts)
    if treatment.regimen is Regimen.AIR:
        return consider("up-low-mart", _UP, facts)
    if treatment.regimen is Regimen.MART:
        return _from_mart(facts)
    if treatment.add_ons and MedicineClass.ICS_LABA in treatment.classes:
        return consider("up-moderate-mart-from-add-on", _UP, facts)
    if treatment.band is Band.LOW and MedicineClass.ICS_LABA not in treatment.classes:
        return consider("up-low-mart-from-legacy", _UP, facts)
    return consider("pathway-not-held", _CANNOT, facts)


def _from_mart(facts: TreatmentFacts) -> tuple[Consider, ...]:
    if facts.treatment.add_ons:
        return consider("up-other-add-on", _UP, facts)
    if facts.treatment.band is Band.LOW:
        return consider("up-moderate-mart", _UP, facts)
    if facts.treatment.band is Band.MODERATE:
        tests = consider("up-feno-eosinophils", _UP, facts)
        return (*tests, *consider("up-add-on", _UP, facts))
    return consider("mart-band-not-known", _CANNOT, facts)


def step_down_adult(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """Control has been good for long enough: less, and from the lowest steps to as needed."""
    treatment = facts.treatment
    lowest = treatment.regimen is Regimen.MART or (
        MedicineClass.ICS_LABA not in treatment.classes and MedicineClass.SABA in treatment.classes
    )
    low = treatment.band is Band.LOW and lowest and not treatment.add_ons
    return consider("down-to-air" if low else "down", ConsiderKind.STEP_DOWN, facts)
