"""The pathways at 5 to 11 years and under 5 (NG245 as in the NHS Dumfries and Galloway formulary, §3.3–3.4).

Bands of dose under 12 are not configured: where the next step hangs on the dose in use, both ways are named
and the prescriber, who knows it, chooses.
"""

from __future__ import annotations

from imp2art.asthma.regimen import Regimen
from imp2art.asthma.treatment.consider import Consider, ConsiderKind, consider
from imp2art.asthma.treatment.facts import TreatmentFacts
from imp2art.codes.medicine import MedicineClass

_UP, _START = ConsiderKind.STEP_UP, ConsiderKind.START
_ONE_INHALER = ("mart-under-12", "not-licensed-for-this-use")


def start_child(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """No preventer: a low dose of one, twice a day, with a reliever."""
    return consider("child-start", _START, facts)


def step_up_child(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """The next step where control is poor: MART where they can manage it, or an antileukotriene first."""
    treatment = facts.treatment
    if treatment.regimen is Regimen.MART or treatment.why in _ONE_INHALER:
        return consider("child-up-from-mart", _UP, facts)
    if MedicineClass.ICS_LABA in treatment.classes:
        return consider("child-up-from-ics-laba", _UP, facts)
    if MedicineClass.LTRA in treatment.classes:
        return consider("child-up-from-ltra", _UP, facts)
    able = consider("child-up-mart", _UP, facts)
    return (*able, *consider("child-up-ltra", _UP, facts))


def start_under_5(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """No preventer: a trial of a low dose for 8 to 12 weeks, with a reliever."""
    return consider("under-5-start", _START, facts)


def step_up_under_5(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """The next step where control is poor."""
    if MedicineClass.LTRA in facts.treatment.classes:
        return consider("under-5-refer", ConsiderKind.REFER, facts)
    return consider("under-5-up", _UP, facts)
