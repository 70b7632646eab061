"""What the review's form offers to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from imp2art.asthma.inhalers import CurrentMedicine, is_inhaler
from imp2art.asthma.plan.action_plan import ActionPlan, PlanInhaler
from imp2art.asthma.plan.known import plan_inhaler
from imp2art.codes.library import Library
from imp2art.codes.medicine import MedicineClass
from imp2art.documents.words import phrase, read_book

# Clinical fact file §4.2: the signs of the UK plan family. Words: content/action_plan.toml.
WORSE_SIGNS = (
    "symptoms-back",
    "waking-at-night",
    "activities-limited",
    "reliever-three-times-a-week",
    "more-puffs-than-usual",
    "not-better",
)
ATTACK_SIGNS = (
    "reliever-not-helping",
    "inhaler-not-helping",
    "reliever-within-four-hours",
    "hard-to-walk-or-talk",
    "breathing-fast",
    "cannot-sleep",
)
_PREVENTERS = frozenset({MedicineClass.ICS})
_RELIEVERS = frozenset({MedicineClass.SABA, MedicineClass.ICS_FORMOTEROL})


@dataclass(frozen=True, slots=True)
class Offered:
    """Inhalers by code, those of the record first; slugs of signs and triggers."""

    preventers: Mapping[str, PlanInhaler]
    relievers: Mapping[str, PlanInhaler]
    worse_signs: tuple[str, ...]
    attack_signs: tuple[str, ...]
    triggers: tuple[str, ...]


def offered_for(
    plan: ActionPlan, begun: ActionPlan, medicines: tuple[CurrentMedicine, ...], library: Library
) -> Offered:
    """What fits a person: what their plan says, what it was begun with, and all that the library knows."""
    preventers = (plan.usual.preventer, begun.usual.preventer)
    relievers = (plan.usual.reliever, begun.usual.reliever)
    return Offered(
        preventers=_inhalers(preventers, medicines, _PREVENTERS, library),
        relievers=_inhalers(relievers, medicines, _RELIEVERS, library),
        worse_signs=_with(WORSE_SIGNS, (sign for point in plan.action_points for sign in point.signs)),
        attack_signs=_with(ATTACK_SIGNS, plan.emergency.signs),
        triggers=_with(_known_triggers(), plan.triggers),
    )


def words_of_sign(slug: str) -> str:
    """The sign as the plan prints it."""
    return phrase("action_plan", f"sign-{slug}")


def words_of_trigger(slug: str) -> str:
    """The trigger as the plan prints it; a person's own words stand as they are."""
    known = read_book("action_plan").phrases.get(f"trigger-{slug}")
    return known.text if known else slug


def _known_triggers() -> tuple[str, ...]:
    slugs = read_book("action_plan").phrases
    return tuple(slug.removeprefix("trigger-") for slug in slugs if slug.startswith("trigger-"))


def _with(known: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def _inhalers(
    named: tuple[PlanInhaler | None, ...],
    medicines: tuple[CurrentMedicine, ...],
    kinds: frozenset[MedicineClass],
    library: Library,
) -> dict[str, PlanInhaler]:
    current = [m.medicine for m in medicines if m.medicine and m.classes & kinds]
    others = sorted(
        (m for m in library.medicines.values() if m.classes & kinds and is_inhaler(m.code, library)),
        key=lambda medicine: medicine.name.casefold(),
    )
    listed = [*filter(None, named), *map(plan_inhaler, (*current, *others))]
    by_name: dict[str, PlanInhaler] = {}
    for inhaler in listed:  # the table holds some products under two codes: the record's own comes first
        by_name.setdefault(inhaler.name, inhaler)
    return {inhaler.code: inhaler for inhaler in by_name.values()}
