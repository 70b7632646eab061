"""Whether the usual treatment of a plan is whole, and its regimen fits its inhalers (H-03, H-05)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imp2art.asthma.inhalers import classes_of
from imp2art.asthma.plan.action_plan import ActionPlan, Gap, PlanInhaler, UsualTreatment, missing, unsafe
from imp2art.asthma.reference import number, whole
from imp2art.asthma.regimen import Regimen, may_be_used_as
from imp2art.codes.identifiers import DmdCode
from imp2art.codes.library import Library
from imp2art.codes.medicine import Ingredient, Medicine, MedicineClass
from imp2art.core.age import age_on
from imp2art.core.refusal import Refusal

# One product under two labels: metered 200/6, delivered 160/4.5 (clinical fact file §3.5).
_BUDESONIDE_FORMOTEROL = (
    frozenset({Ingredient("budesonide", Decimal(200)), Ingredient("formoterol", Decimal(6))}),
    frozenset({Ingredient("budesonide", Decimal(160)), Ingredient("formoterol", Decimal("4.5"))}),
)


def treatment_gaps(plan: ActionPlan, library: Library) -> Iterator[Gap]:
    """What is missing or wrong in the every-day part of the plan."""
    usual = plan.usual
    if usual.preventer is None and not usual.without_preventer:
        yield missing("preventer")
    if usual.reliever is None:
        yield missing("reliever")
    if usual.reliever_puffs is None or usual.reliever_puffs < 1:
        yield missing("reliever-puffs")
    yield from _mistyped(plan)
    yield from _misnamed(usual, library)
    if plan.regimen is None:
        yield missing("regimen")
    elif plan.regimen is Regimen.PREVENTER_RELIEVER:
        yield from _two_inhalers(usual, library)
    else:
        yield from _one_inhaler(plan, plan.regimen, library)


def product(inhaler: PlanInhaler | None, library: Library) -> Medicine | None:
    """What the library knows of the plan's inhaler; None where it knows nothing."""
    code = _code(inhaler)
    return library.medicine(code) if code else None


def kinds(inhaler: PlanInhaler | None, library: Library) -> frozenset[MedicineClass]:
    """The classes whose lists hold the plan's inhaler, an imported list's too; empty for an unknown one."""
    code = _code(inhaler)
    return classes_of(code, library) if code else frozenset()


def _code(inhaler: PlanInhaler | None) -> DmdCode | None:
    try:
        return DmdCode(inhaler.code) if inhaler else None
    except Refusal:
        return None


def most_a_day(medicine: Medicine | None, plan: ActionPlan) -> int | None:
    """The sourced daily maximum of a one-inhaler product, all puffs counted; None where there is none."""
    if medicine is None or frozenset(medicine.ingredients) not in _BUDESONIDE_FORMOTEROL:
        return None
    limit = number("budesonide-formoterol-most-a-day", plan.made_on)
    return None if limit is None else int(limit)


def outer_most_a_day(plan: ActionPlan) -> int:
    """The highest daily maximum that any one-inhaler product has a source for; none may go beyond it."""
    return whole("one-inhaler-outer-most-a-day", plan.made_on)


def _two_inhalers(usual: UsualTreatment, library: Library) -> Iterator[Gap]:
    if usual.preventer and MedicineClass.ICS not in kinds(usual.preventer, library):
        yield unsafe("preventer-holds-no-steroid")
    if usual.reliever and MedicineClass.SABA not in kinds(usual.reliever, library):
        yield unsafe("reliever-is-not-one")
    if usual.without_preventer:
        if usual.morning_puffs or usual.evening_puffs:
            yield unsafe("preventer-contradicts")
    elif not _daily_puffs_told(usual):
        yield missing("preventer-puffs")


def _daily_puffs_told(usual: UsualTreatment) -> bool:
    if usual.morning_puffs is None or usual.evening_puffs is None:
        return False
    return usual.morning_puffs + usual.evening_puffs > 0


def _one_inhaler(plan: ActionPlan, regimen: Regimen, library: Library) -> Iterator[Gap]:
    usual = plan.usual
    inhaler = product(usual.reliever, library)
    if usual.preventer and usual.reliever and usual.preventer.code != usual.reliever.code:
        yield unsafe("two-inhalers-on-one-inhaler-plan")
    if usual.reliever and MedicineClass.ICS_FORMOTEROL not in kinds(usual.reliever, library):
        yield unsafe("needs-formoterol")
    elif usual.reliever and not may_be_used_as(regimen, inhaler):
        yield unsafe("not-licensed-for-this-use")
    yield from _too_young(plan, regimen, inhaler)
    yield from _regular_puffs(usual, regimen)
    yield from _daily_maximum(plan, inhaler)


def _too_young(plan: ActionPlan, regimen: Regimen, inhaler: Medicine | None) -> Iterator[Gap]:
    """AIR and MART from 12; MART with beclometasone and formoterol from 18 (clinical fact file §3.5)."""
    age = age_on(plan.person.born, plan.made_on)
    if regimen is Regimen.AIR and age < whole("air-youngest", plan.made_on):
        yield unsafe("air-under-12")
    if regimen is Regimen.MART and age < whole("mart-youngest", plan.made_on):
        yield unsafe("mart-under-12")
    names = {ingredient.name for ingredient in inhaler.ingredients} if inhaler else set()
    beclometasone = any(name.startswith("beclometasone") for name in names)
    if beclometasone and age < whole("beclometasone-mart-youngest", plan.made_on):
        yield unsafe("beclometasone-mart-under-18")


def _regular_puffs(usual: UsualTreatment, regimen: Regimen) -> Iterator[Gap]:
    regular = (usual.morning_puffs or 0) + (usual.evening_puffs or 0)
    if regimen is Regimen.AIR and regular:
        yield unsafe("air-with-daily-puffs")
    if regimen is Regimen.MART and not _daily_puffs_told(usual):
        yield missing("preventer-puffs")


def _daily_maximum(plan: ActionPlan, inhaler: Medicine | None) -> Iterator[Gap]:
    usual, highest = plan.usual, most_a_day(inhaler, plan)
    regular = (usual.morning_puffs or 0) + (usual.evening_puffs or 0)
    if usual.max_puffs_a_day is None or usual.max_puffs_a_day < 1:
        yield missing("max-puffs-a-day")
    elif highest is not None and usual.max_puffs_a_day > highest:
        yield unsafe("max-puffs-a-day-too-many")
    elif highest is None and usual.max_puffs_a_day > outer_most_a_day(plan):
        yield unsafe("max-puffs-a-day-beyond-any")
    elif inhaler is not None and highest is None and not usual.max_checked:
        yield missing("max-puffs-a-day-not-held")
    elif usual.max_puffs_a_day <= regular:
        yield unsafe("max-puffs-a-day-too-few")


def _misnamed(usual: UsualTreatment, library: Library) -> Iterator[Gap]:
    """An inhaler whose name is not the one of its code: one of the two is wrong (H-07)."""
    for inhaler in (usual.preventer, usual.reliever):
        known = product(inhaler, library)
        if inhaler is not None and known is not None and inhaler.name != known.name:
            yield unsafe("inhaler-misnamed")
            return


def _mistyped(plan: ActionPlan) -> Iterator[Gap]:
    usual, limit = plan.usual, whole("puffs-mistyped-over", plan.made_on)
    for puffs in (usual.morning_puffs, usual.evening_puffs, usual.reliever_puffs):
        if puffs is not None and not 0 <= puffs <= limit:
            yield unsafe("puffs-mistyped")
            return
