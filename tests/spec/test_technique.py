"""Chapter 8. How each kind of inhaler is used: the steps to watch, chosen from the inhalers in use.

The steps are in our own words, as a draft for a clinician to sign; the leaflet of the device decides.
"""

import xml.etree.ElementTree as ET

import pytest

from imp2art.asthma.inhalers import current_medicines
from imp2art.asthma.technique import STEPS, TechniqueKind, checklists, kinds_of
from imp2art.codes.medicine import Device
from imp2art.documents.technique.drawings import SCENE_OF, draw_step
from imp2art.documents.words import find_phrase, read_book
from tests.spec.people import CLENIL_100, LIBRARY, PREDNISOLONE, SALBUTAMOL, SYMBICORT_200, TODAY, person

EVERY_STEP = [(kind, step) for kind, steps in STEPS.items() for step in steps]


def lists_of(*codes):
    life = person()
    for code in codes:
        life = life.took(code, "2026-11-02")
    return {each.kind: each for each in checklists(current_medicines(life.record, LIBRARY, TODAY))}


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        (SALBUTAMOL, {TechniqueKind.PMDI_SPACER, TechniqueKind.PMDI}),
        (SYMBICORT_200, {TechniqueKind.DRY_POWDER}),
        (PREDNISOLONE, set()),
    ],
)
def test_the_checklist_is_that_of_the_inhalers_in_use(code, kinds):
    assert set(lists_of(code)) == kinds


def test_two_inhalers_of_one_kind_share_a_checklist():
    assert len(lists_of(SALBUTAMOL, CLENIL_100)[TechniqueKind.PMDI].inhalers) == 2


@pytest.mark.parametrize(("code", "rinse"), [(SALBUTAMOL, False), (CLENIL_100, True)])
def test_after_a_steroid_inhaler_the_mouth_is_rinsed(code, rinse):
    assert lists_of(code)[TechniqueKind.PMDI].rinse is rinse


def test_every_inhaler_of_the_library_has_a_checklist():
    inhaled = {Device.PMDI, Device.BREATH_ACTUATED, Device.DPI, Device.SOFT_MIST}
    without = [m.name for m in LIBRARY.medicines.values() if (m.device in inhaled) is not bool(kinds_of(m))]
    assert without == []


def test_capsules_are_told_from_other_dry_powders():
    capsules = [m for m in LIBRARY.medicines.values() if TechniqueKind.DRY_POWDER_CAPSULE in kinds_of(m)]
    assert capsules
    assert all("Breezhaler" in medicine.name for medicine in capsules)


@pytest.mark.parametrize("kind", TechniqueKind)
def test_a_checklist_has_five_to_eight_steps(kind):
    assert 5 <= len(STEPS[kind]) <= 8


def test_nobody_breathes_out_into_a_dry_powder_inhaler():
    for kind in (TechniqueKind.DRY_POWDER, TechniqueKind.DRY_POWDER_CAPSULE):
        assert "never into it" in find_phrase("technique", f"step-{kind}-breathe-out-away").text


@pytest.mark.parametrize(
    ("kind", "pace"),
    [
        (TechniqueKind.PMDI, "slow"),
        (TechniqueKind.PMDI_SPACER, "slow"),
        (TechniqueKind.BREATH_ACTUATED, "slow"),
        (TechniqueKind.DRY_POWDER, "fast"),
        (TechniqueKind.DRY_POWDER_CAPSULE, "fast"),
        (TechniqueKind.SOFT_MIST, "press"),
    ],
)
def test_a_mist_is_breathed_in_slowly_and_a_powder_fast(kind, pace):
    assert pace in {SCENE_OF[step] for step in STEPS[kind]} & {"slow", "fast", "press"}
    assert not {"slow", "fast"} <= {SCENE_OF[step] for step in STEPS[kind]}


@pytest.mark.parametrize(("kind", "step"), EVERY_STEP, ids=lambda part: str(part))
def test_every_step_has_its_words_and_a_picture_that_says_what_it_shows(kind, step):
    assert find_phrase("technique", f"step-{kind}-{step}").text.endswith(".")
    drawing = ET.fromstring(draw_step(kind, step))
    assert drawing.find("{*}title").text == find_phrase("technique", f"drawing-{SCENE_OF[step]}").text
    assert drawing.get("role") == "img"


def test_no_word_of_technique_is_left_over():
    slugs = set(read_book("technique").phrases)
    used = {f"step-{kind}-{step}" for kind, step in EVERY_STEP} | {f"kind-{kind}" for kind in TechniqueKind}
    used |= {f"drawing-{scene}" for scene in SCENE_OF.values()}
    assert slugs - used == {"rinse", "leaflet", "right", "wrong", "corrected", "none", "summary"}
