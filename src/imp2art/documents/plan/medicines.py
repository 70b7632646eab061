"""The everyday medicines of a plan: each inhaler with its picture, its times and its puffs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imp2art.asthma.plan.action_plan import ActionPlan, PlanInhaler, UsualTreatment
from imp2art.asthma.regimen import Regimen
from imp2art.codes.medicine import Device
from imp2art.documents.plan.words import PlanWords, needed, puffs

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


def every_day_cards(plan: ActionPlan, words: PlanWords) -> tuple[InhalerCard, ...]:
    """Preventer and reliever, or the one inhaler of MART and AIR."""
    if plan.regimen is Regimen.MART:
        return _one_inhaler_card(plan, "mart-why", _daily_doses(plan.usual, words), words)
    if plan.regimen is Regimen.AIR:
        return _one_inhaler_card(plan, "air-why", (), words)
    needed(plan.regimen, "which kind of treatment it is for")
    return (*_preventer_card(plan, words), *_reliever_card(plan, words))


def reliever_cards(plan: ActionPlan, words: PlanWords) -> tuple[InhalerCard, ...]:
    """What relieves, for those who need no daily doses: the reliever, or the one inhaler when needed."""
    if plan.regimen in (Regimen.MART, Regimen.AIR):
        return _one_inhaler_card(plan, f"{plan.regimen.value}-why", (), words)
    return _reliever_card(plan, words)


def _one_inhaler_card(
    plan: ActionPlan, why: str, daily: tuple[Dose, ...], words: PlanWords
) -> tuple[InhalerCard, ...]:
    usual = plan.usual
    inhaler = usual.reliever or usual.preventer
    if inhaler is None:
        return ()
    most = needed(usual.max_puffs_a_day, "the most puffs in one day")
    lines = (
        words.say(why),
        words.say("when-needed-why"),
        words.say("max-a-day", count=most),
        *_spacer(plan, inhaler, words),
    )
    return (
        _card(words.say("one-inhaler-title"), inhaler, (*daily, _needed_dose(usual, words)), lines, words),
    )


def _preventer_card(plan: ActionPlan, words: PlanWords) -> tuple[InhalerCard, ...]:
    inhaler = plan.usual.preventer
    if inhaler is None:
        return ()
    doses = _daily_doses(plan.usual, words)
    lines = (words.say("preventer-why"), *_spacer(plan, inhaler, words))
    return (_card(words.say("preventer-title"), inhaler, doses, lines, words),)


def _reliever_card(plan: ActionPlan, words: PlanWords) -> tuple[InhalerCard, ...]:
    inhaler = plan.usual.reliever
    if inhaler is None:
        return ()
    doses = (_needed_dose(plan.usual, words),)
    lines = (words.say("when-needed-why"), *_spacer(plan, inhaler, words))
    return (_card(words.say("reliever-title"), inhaler, doses, lines, words),)


def takes_spacer(plan: ActionPlan, inhaler: PlanInhaler | None) -> bool:
    """Whether this inhaler is a spray and the signer said that it is used with a spacer."""
    return plan.spacer is True and inhaler is not None and _device(inhaler) is Device.PMDI


def _spacer(plan: ActionPlan, inhaler: PlanInhaler, words: PlanWords) -> tuple[str, ...]:
    return (words.say("with-spacer"),) if takes_spacer(plan, inhaler) else ()


def short_name(inhaler: PlanInhaler) -> str:
    """The name as people say it: “Clenil Modulite” for “Clenil Modulite 100micrograms/dose inhaler (Chiesi
    Ltd)”. Only what the lines below say again goes, and the maker; without a strength the name stays.
    """
    name = _MAKER.sub("", inhaler.name)
    if not inhaler.strength:
        return name
    return _LONE_SLASHES.sub("", _SAID_BELOW.sub("", name)).strip() or name


def _daily_doses(usual: UsualTreatment, words: PlanWords) -> tuple[Dose, ...]:
    times = (("morning", usual.morning_puffs), ("night", usual.evening_puffs))
    return tuple(Dose(time, words.say(time), words.of(puffs(count))) for time, count in times if count)


def _needed_dose(usual: UsualTreatment, words: PlanWords) -> Dose:
    count = needed(usual.reliever_puffs, "how many puffs of the reliever to take")
    return Dose("needed", words.say("when-needed"), words.of(puffs(count)))


def _card(
    title: str, inhaler: PlanInhaler, doses: tuple[Dose, ...], lines: tuple[str, ...], words: PlanWords
) -> InhalerCard:
    picture = _PICTURES.get(_device(inhaler), "other")
    return InhalerCard(
        title,
        short_name(inhaler),
        _details(inhaler, words),
        picture,
        words.say(f"picture-{picture}"),
        doses,
        lines,
    )


def _details(inhaler: PlanInhaler, words: PlanWords) -> tuple[str, ...]:
    """Strength, kind of device and, only where the product's data has it, colour (H-04)."""
    colour = words.say("inhaler-colour", colour=inhaler.colour) if inhaler.colour else ""
    return tuple(part for part in (_strength(inhaler, words), _device_words(inhaler, words), colour) if part)


def _strength(inhaler: PlanInhaler, words: PlanWords) -> str:
    """Only what the name does not say; bare numbers are micrograms of each ingredient, as on the label."""
    if inhaler.strength in short_name(inhaler):
        return ""
    if _BARE_NUMBERS.fullmatch(inhaler.strength):
        return words.say("strength", micrograms=inhaler.strength)
    return inhaler.strength


def _device_words(inhaler: PlanInhaler, words: PlanWords) -> str:
    slug = _DEVICE_WORDS.get(_device(inhaler))
    return words.say(slug) if slug else inhaler.device


def _device(inhaler: PlanInhaler) -> Device:
    try:
        return Device(inhaler.device)
    except ValueError:
        return Device.OTHER
