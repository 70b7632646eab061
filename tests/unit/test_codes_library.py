"""The library that ships with the project: every list is whole, sourced and what it says it is."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.identifiers import CodingSystem, DmdCode, SnomedCode
from imp2art.codes.library import DERIVED, MEDICINE_LISTS, is_medicine_list, read_library
from imp2art.codes.list_files import read_list, read_manifest
from imp2art.codes.manifest import ListEntry
from imp2art.codes.medicine import Device
from imp2art.codes.slots import SLOTS
from imp2art.codes.versions import keep_version
from imp2art.core.refusal import Refusal

OWN = Path(str(resources.files("imp2art.codes"))) / "library"
LIBRARY = read_library()
EVENT_SLUGS = [
    "asthma-diagnosis",
    "asthma-resolved",
    "asthma-review",
    "asthma-plan",
    "plan-declined",
    "rcp3q-score",
    "rcp3q-sleep-yes",
    "rcp3q-sleep-no",
    "rcp3q-day-yes",
    "rcp3q-day-no",
    "rcp3q-activities-yes",
    "rcp3q-activities-no",
    "act-score",
    "acq-score",
    "cact-score",
    "control-score",
    "exacerbation-count",
    "exacerbation",
    "emergency-admission",
    "emergency-attendance",
    "technique-observed",
    "smoking-current",
    "smoking-ex",
    "smoking-never",
    "smoking-advice",
    "invitation",
    "unsuitable",
    "monitoring-declined",
    "informed-dissent",
    "peak-flow",
    "peak-flow-best",
    "adherence-good",
    "adherence-poor",
    "trigger",
    "self-management-education",
    "at-risk",
    "near-fatal",
    "days-off",
    "mart-started",
    "plan-agreed",
    "spirometry-reversibility",
    "peak-flow-variability",
    "attack-coded",
    "asthma-test-adult",
    "asthma-test-child",
]
ENTRIES = [entry for entry in read_manifest(OWN) if entry.slug != "medicines"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OWN, tmp_path / "library"))


@pytest.mark.parametrize("slug", [*EVENT_SLUGS, *sorted(MEDICINE_LISTS)])
def test_the_library_has_the_list(slug: str) -> None:
    assert len(LIBRARY.codelist(slug)) > 0


def test_the_library_has_no_list_that_nobody_named() -> None:
    assert set(LIBRARY.slugs) == {*EVENT_SLUGS, *MEDICINE_LISTS, *SLOTS}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
def test_every_code_of_the_list_has_a_term(entry: ListEntry) -> None:
    assert all(read_list(OWN, entry).terms.values())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
def test_the_list_says_where_it_came_from_and_when(entry: ListEntry) -> None:
    assert all((entry.title, entry.source, entry.version, entry.dated))


def test_every_file_of_the_folder_is_in_the_manifest() -> None:
    assert {path.name for path in OWN.glob("*.csv")} == {entry.file for entry in read_manifest(OWN)}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
def test_a_damaged_list_is_refused_by_name(copy: Path, entry: ListEntry) -> None:
    path = copy / entry.file
    content = path.read_bytes()
    path.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    with pytest.raises(Refusal, match=rf"{entry.file} is damaged.*Restore"):
        read_list(copy, entry)


def test_a_missing_list_is_refused_by_name(copy: Path) -> None:
    (copy / "trigger.csv").unlink()
    entry = next(entry for entry in ENTRIES if entry.slug == "trigger")
    with pytest.raises(Refusal, match=r"trigger\.csv is missing"):
        read_list(copy, entry)


def test_a_list_of_events_holds_no_medicine() -> None:
    systems = {code.system for slug in EVENT_SLUGS for code in LIBRARY.codelist(slug)}
    assert systems == {CodingSystem.SNOMED, CodingSystem.READ_V2, CodingSystem.CTV3}


def test_a_list_of_medicines_holds_only_medicines() -> None:
    kinds = [slug for slug in LIBRARY.slugs if is_medicine_list(slug)]
    assert {code.system for slug in kinds for code in LIBRARY.codelist(slug)} == {CodingSystem.DMD}


def test_asthma_treatment_is_its_classes_without_the_triple_inhalers() -> None:
    parts = DERIVED["asthma-treatment"].parts
    expected = {code for part in parts for code in LIBRARY.codelist(part)}
    assert set(LIBRARY.codelist("asthma-treatment")) == expected - set(LIBRARY.codelist("ics-laba-lama"))


@pytest.mark.parametrize("slug", ["lama", "ics-laba-lama"])
def test_what_the_treatment_cluster_leaves_out_puts_nobody_on_the_register(slug: str) -> None:
    treatment = LIBRARY.codelist("asthma-treatment")
    assert [code for code in LIBRARY.codelist(slug) if code in treatment] == []


def test_no_oral_steroid_is_asthma_treatment() -> None:
    oral, treatment = LIBRARY.codelist("oral-steroid"), LIBRARY.codelist("asthma-treatment")
    assert len(oral - treatment) == len(oral)


def test_the_control_scores_are_the_three_instruments() -> None:
    assert [code for code in LIBRARY.codelist("control-score") if code.system is CodingSystem.SNOMED] == [
        "443117005",
        "763077003",
        "905301000000103",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("asthma-diagnosis", "asthma-resolved"),
        ("rcp3q-sleep-yes", "rcp3q-sleep-no"),
        ("rcp3q-day-yes", "rcp3q-day-no"),
        ("rcp3q-activities-yes", "rcp3q-activities-no"),
        ("smoking-current", "smoking-ex"),
        ("smoking-current", "smoking-never"),
        ("smoking-ex", "smoking-never"),
        ("adherence-good", "adherence-poor"),
        ("asthma-plan", "plan-declined"),
        ("laba", "ics-laba"),
        ("peak-flow", "peak-flow-best"),
    ],
)
def test_lists_that_contradict_each_other_share_no_code(one: str, other: str) -> None:
    assert not set(LIBRARY.codelist(one)) & set(LIBRARY.codelist(other))


def test_history_of_asthma_is_no_diagnosis() -> None:
    assert SnomedCode("161527007") not in LIBRARY.codelist("asthma-diagnosis")


def test_an_unknown_list_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refusal, match=r"no codelist called 'asthma'.*asthma-review"):
        LIBRARY.codelist("asthma")


def test_all_codes_are_the_codes_of_all_lists() -> None:
    assert SnomedCode("195967001") in LIBRARY.all_codes()
    assert len(LIBRARY.all_codes()) == len(
        {code for slug in LIBRARY.slugs for code in LIBRARY.codelist(slug)}
    )


def test_the_digests_name_every_list() -> None:
    assert LIBRARY.digests()["asthma-review"] == LIBRARY.codelist("asthma-review").digest


def test_the_project_s_own_library_can_be_read_twice_alike() -> None:
    assert read_library().digests() == LIBRARY.digests()


def test_a_medicine_is_known_by_its_code() -> None:
    symbicort = LIBRARY.medicine(DmdCode("3294611000001104"))
    assert symbicort is not None
    assert symbicort.name == "Symbicort 200/6 Turbohaler (AstraZeneca UK Ltd)"


def test_a_snomed_code_is_no_medicine() -> None:
    assert LIBRARY.medicine(SnomedCode("320139002")) is None


def test_every_medicine_has_a_class() -> None:
    assert all(medicine.classes for medicine in LIBRARY.medicines.values())


def test_every_formoterol_combination_is_a_steroid_and_a_combination() -> None:
    combined = LIBRARY.codelist("ics-formoterol")
    assert set(combined) <= set(LIBRARY.codelist("ics")) & set(LIBRARY.codelist("ics-laba"))


def test_every_formoterol_combination_holds_formoterol() -> None:
    for code in LIBRARY.codelist("ics-formoterol"):
        assert "formoterol" in {ingredient.name for ingredient in LIBRARY.medicines[code].ingredients}


@pytest.mark.parametrize("use", ["mart", "air"])
def test_only_a_formoterol_combination_is_licensed_as_reliever(use: str) -> None:
    licensed = {code for code, medicine in LIBRARY.medicines.items() if use in medicine.uses}
    assert licensed <= set(LIBRARY.codelist("ics-formoterol"))


def test_what_is_licensed_for_air_is_licensed_for_mart() -> None:
    assert all("mart" in medicine.uses for medicine in LIBRARY.medicines.values() if "air" in medicine.uses)


@pytest.mark.parametrize(
    "code",
    ["31063411000001101", "31063111000001106", "4373811000001100", "25254711000001106", "40852311000001103"],
)
def test_a_high_strength_is_never_for_mart(code: str) -> None:
    assert LIBRARY.medicines[DmdCode(code)].uses == frozenset()


def test_beclometasone_with_formoterol_is_never_for_air() -> None:
    extrafine = [m for m in LIBRARY.medicines.values() if any("beclo" in i.name for i in m.ingredients)]
    assert not any("air" in medicine.uses for medicine in extrafine)


def test_a_delivered_dose_on_the_label_is_kept_as_the_metered_dose() -> None:
    duoresp = LIBRARY.medicines[DmdCode("25254111000001105")]
    assert [(i.name, int(i.micrograms or 0)) for i in duoresp.ingredients] == [
        ("budesonide", 200),
        ("formoterol", 6),
    ]


def test_where_no_metered_dose_is_known_none_is_given() -> None:
    alvesco = LIBRARY.medicines[DmdCode("9004211000001109")]
    assert [ingredient.micrograms for ingredient in alvesco.ingredients] == [None]


def test_a_salbutamol_inhaler_has_200_doses() -> None:
    for code in LIBRARY.codelist("saba"):
        medicine = LIBRARY.medicines[code]
        if medicine.device is Device.PMDI:
            assert medicine.doses_per_device == 200


def test_a_tablet_has_no_doses_in_a_device() -> None:
    tablets = [m for m in LIBRARY.medicines.values() if m.device in (Device.TABLET, Device.LIQUID)]
    assert {medicine.doses_per_device for medicine in tablets} == {None}


def test_a_medicine_with_a_steroid_is_in_the_list_of_steroids() -> None:
    steroids = ("beclometasone", "budesonide", "fluticasone", "mometasone", "ciclesonide")
    holding = {
        code
        for code, medicine in LIBRARY.medicines.items()
        if any(ingredient.name.startswith(steroids) for ingredient in medicine.ingredients)
    }
    assert holding == set(LIBRARY.codelist("ics"))


def test_a_slot_says_why_it_has_no_codes() -> None:
    for slug in SLOTS:
        slot = LIBRARY.codelist(slug)
        assert len(slot) == 0
        assert "no code was found" in slot.provenance.source
        assert LIBRARY.unfilled[slug] == (slug,)


def test_a_list_made_of_slots_names_those_that_lack_codes() -> None:
    assert set(LIBRARY.unfilled) == {*SLOTS, "asthma-test-adult", "asthma-test-child"}
    assert LIBRARY.unfilled["asthma-test-adult"] == ("feno", "bronchial-challenge", "blood-eosinophils")


def test_an_imported_list_fills_its_slot(tmp_path: Path) -> None:
    provenance = Provenance("UK browser", "1", "2026-11-01", "F")
    keep_version(
        tmp_path, Codelist("suspected-asthma", "Suspected", {SnomedCode("195967001"): "A"}, provenance)
    )
    filled = read_library(tmp_path)
    assert len(filled.codelist("suspected-asthma")) == 1
    assert "suspected-asthma" not in filled.unfilled
    assert "wheeze" in filled.unfilled


def test_every_high_dose_strength_is_an_inhaled_steroid() -> None:
    assert set(LIBRARY.codelist("ics-high-dose")) < set(LIBRARY.codelist("ics"))


@pytest.mark.parametrize(
    ("code", "is_high"),
    [
        ("3294611000001104", False),  # Symbicort 200/6
        ("4373811000001100", True),  # Symbicort 400/12
        ("12906411000001100", False),  # Fostair 100/6
        ("40852311000001103", True),  # Luforbec 200/6, younger than the published list
        ("10619311000001107", False),  # Clenil 200: beclometasone alone is high from 250 on
        ("3187211000001106", False),  # Seretide 250 Accuhaler: a powder is high from 500 on
        ("539811000001106", True),  # Seretide 250 Evohaler
    ],
)
def test_a_strength_is_high_where_openprescribing_says_so(code: str, is_high: bool) -> None:
    assert (DmdCode(code) in LIBRARY.codelist("ics-high-dose")) is is_high


def test_every_salbutamol_of_high_carbon_is_pressurised() -> None:
    devices = {LIBRARY.medicines[code].device for code in LIBRARY.codelist("salbutamol-high-carbon")}
    assert devices == {Device.PMDI, Device.BREATH_ACTUATED}
    known, high = LIBRARY.codelist("salbutamol-carbon-known"), LIBRARY.codelist("salbutamol-high-carbon")
    assert {LIBRARY.medicines[code].device for code in known - high} == {Device.DPI}


def test_attacks_as_codes_are_those_of_the_attack_and_of_emergency_care() -> None:
    parts = ("exacerbation", "emergency-attendance", "emergency-admission")
    assert set(LIBRARY.codelist("attack-coded")) == {c for part in parts for c in LIBRARY.codelist(part)}


def test_a_plan_that_is_agreed_is_a_plan() -> None:
    assert set(LIBRARY.codelist("plan-agreed")) < set(LIBRARY.codelist("asthma-plan"))
