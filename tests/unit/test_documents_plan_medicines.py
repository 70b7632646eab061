"""How a plan names an inhaler: short, with nothing lost, for every inhaler of the library."""

import re
from dataclasses import replace

import pytest

from imp2art.asthma.plan.action_plan import PlanInhaler
from imp2art.asthma.plan.known import plan_inhaler
from imp2art.asthma.regimen import Regimen
from imp2art.codes.library import read_library
from imp2art.codes.medicine import Device, Medicine
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.medicines import InhalerCard, every_day_cards, short_name
from imp2art.documents.plan.words import ENGLISH

INHALED = {Device.PMDI, Device.BREATH_ACTUATED, Device.DPI, Device.SOFT_MIST}
INHALERS = [medicine for medicine in read_library().medicines.values() if medicine.device in INHALED]
PLAN = read_plan(example_plan(Regimen.PREVENTER_RELIEVER))


def card_of(inhaler: PlanInhaler) -> InhalerCard:
    return every_day_cards(replace(PLAN, usual=replace(PLAN.usual, preventer=inhaler)), ENGLISH)[0]


@pytest.mark.parametrize(
    ("name", "strength", "short"),
    [
        ("Clenil Modulite 100micrograms/dose inhaler (Chiesi Ltd)", "100", "Clenil Modulite"),
        (
            "Easyhaler Budesonide 100micrograms/dose dry powder inhaler (Orion (UK) Ltd)",
            "100",
            "Easyhaler Budesonide",
        ),
        ("Symbicort 200/6 Turbohaler (AstraZeneca UK Ltd)", "200/6", "Symbicort 200/6 Turbohaler"),
        ("Flixotide 50micrograms/dose Evohaler", "50", "Flixotide Evohaler"),
        (
            "Budesonide 200micrograms/dose / Formoterol 6micrograms/dose dry powder inhaler",
            "200/6",
            "Budesonide / Formoterol",
        ),
        ("Sirdupla 25micrograms/dose / 125micrograms/dose inhaler", "125/25", "Sirdupla"),
        ("Relvar Ellipta 92micrograms/dose / 22micrograms/dose dry powder inhaler", "", None),
        ("inhaler", "100", "inhaler"),
        (" inhaler", "100", " inhaler"),
    ],
)
def test_the_name_is_as_people_say_it(name: str, strength: str, short: str | None) -> None:
    assert short_name(PlanInhaler("", name, strength, "pMDI")) == (short or name)


def test_no_inhaler_of_the_library_loses_its_strength() -> None:
    assert [medicine.name for medicine in INHALERS if not told_strength(medicine)] == []


def told_strength(medicine: Medicine) -> bool:
    card = card_of(plan_inhaler(medicine))
    told = re.findall(r"[0-9.]+", " ".join((card.name, *card.details)))
    numbers = [
        f"{part.micrograms.normalize():f}" for part in medicine.ingredients if part.micrograms is not None
    ]
    return bool(told) and (set(numbers) <= set(told) or any(number in card.name for number in numbers))


def test_no_generic_inhaler_of_the_library_loses_an_ingredient() -> None:
    generic = [
        medicine
        for medicine in INHALERS
        if " / " in medicine.name and not medicine.name.startswith("Generic")
    ]
    lost = [
        (medicine.name, short_name(plan_inhaler(medicine)))
        for medicine in generic
        for part in medicine.ingredients
        if part.name.split()[0].title() in medicine.name
        and part.name.split()[0].title() not in short_name(plan_inhaler(medicine))
    ]
    assert generic
    assert lost == []


def test_every_kind_of_inhaler_has_words_for_its_device() -> None:
    kinds = {card_of(plan_inhaler(medicine)).details[-1] for medicine in INHALERS}
    assert kinds == {
        "Spray inhaler",
        "Breath-driven spray inhaler",
        "Dry powder inhaler",
        "Soft mist inhaler",
    }


@pytest.mark.parametrize(
    ("device", "picture"),
    [
        (Device.PMDI, "pmdi"),
        (Device.BREATH_ACTUATED, "pmdi"),
        (Device.DPI, "dry-powder"),
        (Device.SOFT_MIST, "other"),
    ],
)
def test_the_picture_is_of_the_device(device: Device, picture: str) -> None:
    assert card_of(PlanInhaler("", "A", "", device.value)).picture == picture
