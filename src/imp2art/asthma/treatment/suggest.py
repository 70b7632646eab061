"""What guidance says to consider for one person today: never a dose, never a product, nothing chosen.

Warnings first; then, by age and control, a start, a step up, a step down, or to keep on. "Needs a closer
look" leads to no step: look closer first (H-17). Without a level of control nothing is suggested (H-16).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from imp2art.asthma.control import Control
from imp2art.asthma.reference import number, whole
from imp2art.asthma.regimen import Regimen
from imp2art.asthma.treatment.adults import start_adult, step_down_adult, step_up_adult
from imp2art.asthma.treatment.children import start_child, start_under_5, step_up_child, step_up_under_5
from imp2art.asthma.treatment.consider import Consider, ConsiderKind, consider
from imp2art.asthma.treatment.facts import TreatmentFacts
from imp2art.codes.medicine import MedicineClass

_POOR = (Control.POOR, Control.VERY_POOR)
Pathway = Callable[[TreatmentFacts], tuple[Consider, ...]]


def suggest_treatment(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """What to consider, in the order in which it is to be told; nothing before the guideline was in force."""
    if number("pathway-adult-from", facts.on) is None:
        return ()
    return (*_warnings(facts), *_pathway(facts))


def _warnings(facts: TreatmentFacts) -> Iterator[Consider]:
    treatment, warn = facts.treatment, ConsiderKind.WARN
    if MedicineClass.SABA in treatment.classes and not treatment.has_preventer:
        yield from consider("never-saba-alone", warn, facts)
    if MedicineClass.LABA in treatment.classes and not treatment.has_preventer:
        yield from consider("never-laba-alone", warn, facts)
    if treatment.saba_beside is not None:
        yield from consider("saba-beside-one-inhaler", warn, facts)
    if treatment.why == "air-under-12":
        yield from consider("air-not-under-12", warn, facts)
    if treatment.why in ("as-needed-without-formoterol", "mart-code-without-formoterol"):
        yield from consider("formoterol-only", warn, facts)
    if MedicineClass.LTRA in treatment.classes:
        yield from consider("montelukast-mood", warn, facts)


def _pathway(facts: TreatmentFacts) -> tuple[Consider, ...]:
    start, step_up = _of_age(facts)
    if facts.control is Control.INCOMPLETE:
        return ()
    if not facts.treatment.has_preventer:
        untreated_and_well = (
            facts.control is Control.GOOD and MedicineClass.SABA not in facts.treatment.classes
        )
        return () if untreated_and_well else start(facts)
    if facts.treatment.why == "two-preventers":
        return consider("two-preventers", ConsiderKind.CANNOT_TELL, facts)
    if facts.control in _POOR:
        return step_up(facts)
    if facts.control is Control.GOOD:
        return _well(facts)
    return ()


def _of_age(facts: TreatmentFacts) -> tuple[Pathway, Pathway]:
    if facts.age >= whole("pathway-adult-from", facts.on):
        return start_adult, step_up_adult
    if facts.age >= whole("pathway-child-from", facts.on):
        return start_child, step_up_child
    return start_under_5, step_up_under_5


def _well(facts: TreatmentFacts) -> tuple[Consider, ...]:
    """Good control: a step down once the preventer has been in use for long enough, else keep on."""
    weeks, since = number("step-down-after-weeks", facts.on), facts.treatment.since
    long = weeks is not None and since is not None and facts.on - since >= timedelta(weeks=int(weeks))
    if facts.treatment.regimen is Regimen.AIR or not long or facts.attack_treated:
        return consider("keep", ConsiderKind.KEEP, facts)
    if facts.age < whole("pathway-adult-from", facts.on):
        return consider("down", ConsiderKind.STEP_DOWN, facts)
    return step_down_adult(facts)
