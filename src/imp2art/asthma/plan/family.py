"""Which family of plan fits a person, and which copies of it there are (hazards H-03 and H-28).

One function of the regimen and the age decides. The regimen comes from the inhalers, the age from the
day of birth: nobody chooses a family against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.reference import whole
from imp2art.asthma.regimen import Regimen
from imp2art.core.age import age_on, birthday
from imp2art.core.finding import Finding, Outcome


class PlanFamily(StrEnum):
    """The families of plan (clinical fact file §4.2)."""

    PREVENTER_RELIEVER = "preventer-reliever"
    MART = "mart"
    AIR = "air"
    CHILD = "child"  # 5 to 11: in the child's words, with what the grown-up does
    UNDER_FIVES = "under-fives"  # wheeze plan, addressed to the family (NICE NG245 1.14.3)


class PlanCopy(StrEnum):
    """Who a copy speaks to. All copies of a version have its numbers; a school's shows less."""

    OWN = "own"
    CARER = "carer"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class FamilyFinding:
    """The family, or None, with the clause that decided."""

    family: PlanFamily | None
    finding: Finding


def classify_family(regimen: Regimen | None, born: date, on: date) -> FamilyFinding:
    """The family for a regimen and an age; none where the regimen is not known or not for that age."""
    age = age_on(born, on)
    if regimen is None:
        return _none("no-regimen")
    if regimen is Regimen.AIR and age < whole("air-youngest", on):
        return _none("air-under-12")
    if regimen is Regimen.MART and age < whole("mart-youngest", on):
        return _none("mart-under-12")
    if age < whole("plan-child-from", on):
        return _found(PlanFamily.UNDER_FIVES, "under-5")
    if age < whole("plan-child-until", on):
        return _found(PlanFamily.CHILD, "5-to-11")
    return _found(PlanFamily(regimen.value), "regimen")


def family_of(plan: ActionPlan) -> PlanFamily | None:
    """The family of a plan on the day it is made."""
    return classify_family(plan.regimen, plan.person.born, plan.made_on).family


def copies_of(born: date, on: date) -> tuple[PlanCopy, ...]:
    """The copies to offer at an age. An under-5's own plan already speaks to the carer."""
    age = age_on(born, on)
    copies = [PlanCopy.OWN]
    if whole("plan-child-from", on) <= age < whole("carer-copy-until", on):
        copies.append(PlanCopy.CARER)
    if age < whole("school-copy-until", on):
        copies.append(PlanCopy.SCHOOL)
    return tuple(copies)


def outgrown_on(born: date, made_on: date, on: date) -> date | None:
    """The birthday since a plan was made from which another family fits; the newest, None for none."""
    ages = (whole("plan-child-from", on), whole("plan-child-until", on))
    days = (birthday(born, age) for age in ages)
    return max((day for day in days if made_on < day <= on), default=None)


def _found(family: PlanFamily, clause: str) -> FamilyFinding:
    return FamilyFinding(family, Finding(Outcome.MET, clause))


def _none(clause: str) -> FamilyFinding:
    return FamilyFinding(None, Finding(Outcome.CANNOT_TELL, clause))
