"""The everyday medicines of a plan: each inhaler with its picture, its times and its puffs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imp2art.asthma.action_plan import ActionPlan, PlanInhaler, UsualTreatment
from imp2art.asthma.regimen import Regimen
from imp2art.codes.medicine import Device
from imp2art.documents.plan_words import needed, puffs, say

_MAKER = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)$")  # “(Orion Pharma (UK) Ltd)”
_SAID_BELOW = re.compile(
    r"\s*[0-9.]+\s?micrograms\s?/\s?dose"
    r"|\s+(?:inhaler|CFC free|dry powder|breath[ -]actuated|pressurised|inhalation powder)\b"
)
_LONE_SLASHES = re.compile(r"\s*/(?:\s*/)*\s*$")
_BARE_NUMBERS = re.compile(r"[0-9./]+")
_DEVICE_WORDS = {
    Device.PMDI: "device-pmdi",
    Device.BREATH_ACTUATED: "device-breath-actuated",
    Device.DPI: "device-dry-powder",
    Device.SOFT_MIST: "device-soft-mist",
}
_PICTURES = {Device.PMDI: "pmdi", Device.BREATH_ACTUATED: "pmdi", Device.DPI: "dry-powder"}


@dataclass(frozen=True, slots=True)
class Dose:
    """`time` is `morning`, `night` or `needed`: it picks the drawing beside `label`."""

    time: str
    label: str
    puffs: str


@dataclass(frozen=True, slots=True)
class InhalerCard:
    """`picture` is `pmdi`, `dry-powder` or `other`; `picture_words` says the same to a screen reader."""

    title: str
    name: str
    details: tuple[str, ...]
    picture: str
    picture_words: str
    doses: tuple[Dose, ...]
    lines: tuple[str, ...]


def every_day_cards(plan: ActionPlan) -> tuple[InhalerCard, ...]:
    """Preventer and reliever, or the one inhaler of MART and AIR."""
    if plan.regimen is Regimen.MART:
        return _one_inhaler_card(plan.usual, "mart-why", _daily_doses(plan.usual))
    if plan.regimen is Regimen.AIR:
        return _one_inhaler_card(plan.usual, "air-why", ())
    needed(plan.regimen, "which kind of treatment it is for")
    return (*_preventer_card(plan.usual), *_reliever_card(plan.usual))


def _one_inhaler_card(usual: UsualTreatment, why: str, daily: tuple[Dose, ...]) -> tuple[InhalerCard, ...]:
    inhaler = usual.reliever or usual.preventer
    if inhaler is None:
        return ()
    most = needed(usual.max_puffs_a_day, "the most puffs in one day")
    lines = (say(why), say("when-needed-why"), say("max-a-day", count=most))
    return (_card(say("one-inhaler-title"), inhaler, (*daily, _needed_dose(usual)), lines),)


def _preventer_card(usual: UsualTreatment) -> tuple[InhalerCard, ...]:
    if usual.preventer is None:
        return ()
    return (_card(say("preventer-title"), usual.preventer, _daily_doses(usual), (say("preventer-why"),)),)


def _reliever_card(usual: UsualTreatment) -> tuple[InhalerCard, ...]:
    if usual.reliever is None:
        return ()
    doses = (_needed_dose(usual),)
    return (_card(say("reliever-title"), usual.reliever, doses, (say("when-needed-why"),)),)


def short_name(inhaler: PlanInhaler) -> str:
    """The name as people say it: “Clenil Modulite” for “Clenil Modulite 100micrograms/dose inhaler (Chiesi
    Ltd)”. Only what the lines below say again goes, and the maker; without a strength the name stays.
    """
    name = _MAKER.sub("", inhaler.name)
    if not inhaler.strength:
        return name
    return _LONE_SLASHES.sub("", _SAID_BELOW.sub("", name)).strip() or name


def _daily_doses(usual: UsualTreatment) -> tuple[Dose, ...]:
    times = (("morning", usual.morning_puffs), ("night", usual.evening_puffs))
    return tuple(Dose(time, say(time), puffs(count)) for time, count in times if count)


def _needed_dose(usual: UsualTreatment) -> Dose:
    count = needed(usual.reliever_puffs, "how many puffs of the reliever to take")
    return Dose("needed", say("when-needed"), puffs(count))


def _card(title: str, inhaler: PlanInhaler, doses: tuple[Dose, ...], lines: tuple[str, ...]) -> InhalerCard:
    picture = _PICTURES.get(_device(inhaler), "other")
    return InhalerCard(
        title, short_name(inhaler), _details(inhaler), picture, say(f"picture-{picture}"), doses, lines
    )


def _details(inhaler: PlanInhaler) -> tuple[str, ...]:
    """Strength, kind of device and, only where the product's data has it, colour (H-04)."""
    colour = say("inhaler-colour", colour=inhaler.colour) if inhaler.colour else ""
    return tuple(part for part in (_strength(inhaler), _device_words(inhaler), colour) if part)


def _strength(inhaler: PlanInhaler) -> str:
    """Only what the name does not say; bare numbers are micrograms of each ingredient, as on the label."""
    if inhaler.strength in short_name(inhaler):
        return ""
    if _BARE_NUMBERS.fullmatch(inhaler.strength):
        return say("strength", micrograms=inhaler.strength)
    return inhaler.strength


def _device_words(inhaler: PlanInhaler) -> str:
    slug = _DEVICE_WORDS.get(_device(inhaler))
    return say(slug) if slug else inhaler.device


def _device(inhaler: PlanInhaler) -> Device:
    try:
        return Device(inhaler.device)
    except ValueError:
        return Device.OTHER
