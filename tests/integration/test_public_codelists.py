"""Every public codelist at hand is read; our own lists agree with the real ones.

The lists lie beside the repository and are not part of it. Without them these tests are skipped.
"""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from imp2art.codes.codelist import Codelist
from imp2art.codes.csv_import import ParsedList, parse_codelist
from imp2art.codes.identifiers import CodingSystem, Ctv3Code
from imp2art.codes.library import read_library
from imp2art.codes.medicine import MedicineClass
from imp2art.core.refusal import Refusal
from imp2art.flows.import_codelist import StatedFacts, import_codelist

LISTS = Path(__file__).parents[3] / "shared/codelists"
pytestmark = pytest.mark.skipif(not LISTS.is_dir(), reason="../shared/codelists is not here")
LIBRARY = read_library()
QOF = "nhsd-primary-care-domain-refsets-{}_cod.csv"

# File → codes, rows that repeat an earlier code.
EVENT_LISTS = {
    "bristol-asthma_exacerbations_snomed.csv": (36, 0),
    "essential-asthma-concepts.csv": (168, 0),
    "gm-sde-smoking-status-current.snomed.tsv": (45, 0),
    "gm-sde-smoking-status-currently-not.snomed.tsv": (9, 0),
    "gm-sde-smoking-status-ex-trivial.snomed.tsv": (2, 0),
    "gm-sde-smoking-status-ex.snomed.tsv": (26, 0),
    "gm-sde-smoking-status-never.snomed.tsv": (3, 0),
    "gm-sde-smoking-status-passive.snomed.tsv": (9, 0),
    QOF.format("ast"): (141, 0),
    "nhsd-primary-care-domain-refsets-ast_cod.disease_incidence-2025.csv": (141, 0),
    QOF.format("astcontass"): (3, 0),
    QOF.format("astexacb"): (1, 0),
    QOF.format("astinvite"): (13, 0),
    QOF.format("astmondec"): (1, 0),
    QOF.format("astpcadec"): (1, 0),
    QOF.format("astpcapu"): (1, 0),
    QOF.format("astres"): (1, 0),
    QOF.format("carehome"): (21, 0),
    QOF.format("ld"): (333, 0),
    QOF.format("rev"): (10, 0),
    QOF.format("writpastp"): (3, 0),
    "opensafely-asthma-annual-review-qof.csv": (10, 0),
    "opensafely-asthma-diagnosis.csv": (194, 125),
    "opensafely-current-asthma.csv": (192, 124),
    "opensafely-influenza-vaccination-clinical-codes-given.csv": (35, 0),
    "opensafely-influenza-vaccination-clinical-codes-not-given.csv": (21, 0),
    "opensafely-smoking-clear.csv": (101, 0),
    "opensafely-smoking-unclear.csv": (92, 0),
    "opensafely-structured-medication-review-nhs-england.csv": (1, 0),
    "pincer-ast.csv": (124, 0),
    "pincer-ast_res.csv": (1, 0),
    "primis-covid19-vacc-uptake-ast.csv": (113, 0),
    "primis-covid19-vacc-uptake-astadm.csv": (2, 0),
}
MEDICINE_LISTS = {
    "opensafely-asthma-inhaler-salbutamol-medication.csv": (50, 0),
    "opensafely-asthma-inhaler-steroid-medication.csv": (216, 0),
    "opensafely-asthma-oral-prednisolone-medication.csv": (144, 9),
    "opensafely-asthma-related-drug-treatment-codes.csv": (1431, 0),
    "opensafely-high-dose-ics-inhalers.csv": (56, 0),
    "opensafely-high-dose-multiple-ingredient-ics-inhalers.csv": (26, 0),
    "opensafely-high-dose-single-ingredient-ics-inhalers.csv": (28, 0),
    "opensafely-influenza-vaccination.csv": (39, 0),
    "opensafely-laba-ics-combination-inhaler.csv": (65, 0),
    "opensafely-laba-lama-combination-inhaler.csv": (13, 0),
    "opensafely-laba-lama-ics-combination-inhaler.csv": (4, 0),
    "opensafely-leukotriene-receptor-antagonist-medication.csv": (66, 0),
    "opensafely-low-and-medium-dose-ics-inhalers.csv": (160, 0),
    "opensafely-low-and-medium-dose-multiple-ingredient-ics-inhalers.csv": (43, 0),
    "opensafely-low-and-medium-dose-single-ingredient-ics-inhalers.csv": (119, 0),
    "opensafely-nebulised-asthma-and-copd-medications.csv": (115, 0),
    "opensafely-saba-inhaler-medications.csv": (49, 0),
    "opensafely-sama-medication.csv": (11, 0),
    "opensafely-single-ingredient-ics.csv": (147, 0),
    "opensafely-single-ingredient-laba-inhalers.csv": (31, 0),
    "opensafely-single-ingredient-lama-inhalers.csv": (16, 0),
    "pincer-nsbb.csv": (1088, 0),
    "primis-covid19-vacc-uptake-astrx.csv": (172, 4),
    "primis-covid19-vacc-uptake-astrxm1.csv": (1015, 0),
    "primis-covid19-vacc-uptake-astrxm2.csv": (172, 4),
}
ICD10_LISTS = (
    "opensafely-asthma-exacerbation-secondary-care.csv",
    "user-markdrussell-asthma-secondary-care.csv",
)
DAMAGED = "ncl-asthma_features_codelist.csv"


def parse(name: str, medicines: bool) -> ParsedList:
    return parse_codelist((LISTS / name).read_bytes(), name, medicines)


def snomed(codelist: Codelist) -> set[str]:
    return {str(code) for code in codelist if code.system is CodingSystem.SNOMED}


def real(*names: str) -> set[str]:
    return {str(code) for name in names for code in parse(QOF.format(name), False).terms}


def test_every_file_of_the_folder_is_accounted_for() -> None:
    files = {path.name for path in LISTS.iterdir() if path.suffix in (".csv", ".tsv")}
    assert files == {*EVENT_LISTS, *MEDICINE_LISTS, *ICD10_LISTS, DAMAGED}


@pytest.mark.parametrize("name", EVENT_LISTS)
def test_a_public_list_of_events_is_read_whole(name: str) -> None:
    parsed = parse(name, medicines=False)
    assert (len(parsed.terms), parsed.repeated, len(parsed.faults)) == (*EVENT_LISTS[name], 0)


@pytest.mark.parametrize("name", MEDICINE_LISTS)
def test_a_public_list_of_medicines_is_read_whole(name: str) -> None:
    parsed = parse(name, medicines=True)
    assert (len(parsed.terms), parsed.repeated, len(parsed.faults)) == (*MEDICINE_LISTS[name], 0)


@pytest.mark.parametrize("name", ICD10_LISTS)
def test_a_public_icd10_list_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match=f"{name} holds ICD-10 codes"):
        parse(name, medicines=False)


@pytest.mark.parametrize("name", MEDICINE_LISTS)
def test_a_public_list_of_medicines_is_refused_as_events(name: str) -> None:
    with pytest.raises(Refusal, match="holds medicines"):
        parse(name, medicines=False)


def test_the_list_that_a_spreadsheet_ruined_keeps_only_its_short_codes() -> None:
    parsed = parse(DAMAGED, medicines=True)
    assert {len(code) <= 15 for code in parsed.terms} == {True}
    assert len(parsed.terms) == 70


def test_the_list_that_a_spreadsheet_ruined_is_refused_row_by_row() -> None:
    faults = parse(DAMAGED, medicines=True).faults
    reasons = Counter("check digit is wrong" in fault.reason for fault in faults)
    assert reasons == {True: 326, False: 34}


def test_the_rows_refused_are_exactly_the_long_codes() -> None:
    with (LISTS / DAMAGED).open(encoding="utf-8-sig", newline="") as file:
        long = [line for line, row in enumerate(csv.DictReader(file), start=2) if len(row["CODE"]) > 15]
    assert [fault.row for fault in parse(DAMAGED, medicines=True).faults] == long


def test_a_list_is_imported_and_in_force(tmp_path: Path) -> None:
    facts = StatedFacts("4909d74a", "opensafely/asthma_sro", date(2024, 2, 2))
    done = import_codelist(LISTS / QOF.format("ast"), "asthma-diagnosis", facts, tmp_path)
    assert (len(done.changes.added), len(done.changes.removed), len(done.changes.kept)) == (121, 0, 22)
    assert snomed(read_library(tmp_path).codelist("asthma-diagnosis")) == real("ast")


def test_a_newer_cluster_shows_what_changed(tmp_path: Path) -> None:
    older, newer = QOF.format("ast"), "nhsd-primary-care-domain-refsets-ast_cod.disease_incidence-2025.csv"
    import_codelist(
        LISTS / older, "asthma-diagnosis", StatedFacts("4909d74a", None, date(2024, 2, 2)), tmp_path
    )
    changes = import_codelist(
        LISTS / newer, "asthma-diagnosis", StatedFacts("3a005293", None, date(2025, 9, 26)), tmp_path
    ).changes
    assert set(changes.removed) == {"395022009", "10692681000119108"}
    assert set(changes.added) == {"10674791000119101", "10676271000119104"}


@pytest.mark.parametrize(
    ("slug", "clusters"),
    [
        ("asthma-resolved", ("astres",)),
        ("asthma-review", ("rev",)),
        ("asthma-plan", ("writpastp",)),
        ("control-score", ("astcontass",)),
        ("exacerbation-count", ("astexacb",)),
        ("invitation", ("astinvite",)),
        ("monitoring-declined", ("astmondec",)),
        ("informed-dissent", ("astpcadec",)),
        ("unsuitable", ("astpcapu",)),
    ],
)
def test_our_list_is_the_cluster(slug: str, clusters: tuple[str, ...]) -> None:
    assert snomed(LIBRARY.codelist(slug)) == real(*clusters)


def test_our_diagnoses_are_the_essential_concepts_of_the_newest_cluster() -> None:
    essential = parse("essential-asthma-concepts.csv", False).terms
    newest = parse("nhsd-primary-care-domain-refsets-ast_cod.disease_incidence-2025.csv", False).terms
    assert snomed(LIBRARY.codelist("asthma-diagnosis")) == {str(code) for code in newest if code in essential}


def test_our_emergency_admissions_are_the_cluster() -> None:
    primis = parse("primis-covid19-vacc-uptake-astadm.csv", False).terms
    assert snomed(LIBRARY.codelist("emergency-admission")) == set(primis)


def test_our_attacks_are_in_the_public_list() -> None:
    assert snomed(LIBRARY.codelist("exacerbation")) <= set(
        parse("bristol-asthma_exacerbations_snomed.csv", False).terms
    )


@pytest.mark.parametrize(
    ("slug", "names"),
    [("smoking-current", ("current",)), ("smoking-ex", ("ex", "ex-trivial")), ("smoking-never", ("never",))],
)
def test_our_smoking_codes_are_in_the_public_sets(slug: str, names: tuple[str, ...]) -> None:
    public = {
        code for name in names for code in parse(f"gm-sde-smoking-status-{name}.snomed.tsv", False).terms
    }
    assert snomed(LIBRARY.codelist(slug)) <= set(public)


def test_a_ctv3_smoking_code_means_the_same_in_the_public_list() -> None:
    public = parse("opensafely-smoking-clear.csv", False).terms
    assert public[Ctv3Code("Ub1na")] == "Ex-smoker"
    assert public[Ctv3Code("XE0oh")] == "Never smoked tobacco"
    assert public[Ctv3Code("137R.")] == "Smoker"


def test_every_essential_concept_of_ours_has_the_public_term_s_identifier() -> None:
    known = {str(code) for name in EVENT_LISTS for code in parse(name, False).terms}
    ours = {code for slug in LIBRARY.slugs for code in snomed(LIBRARY.codelist(slug))}
    assert ours <= known


def published_names() -> dict[str, set[str]]:
    """Every dm+d code of the public lists with the names that they give it."""
    names: dict[str, set[str]] = {}
    for name in MEDICINE_LISTS:
        for code, term in parse(name, True).terms.items():
            names.setdefault(str(code), set()).add(re.sub(r" \(product\)$", "", term))
    return names


def test_every_medicine_from_a_list_at_hand_has_the_name_that_a_list_gives_it() -> None:
    names = published_names()
    at_hand = [m for m in LIBRARY.medicines.values() if m.source in MEDICINE_LISTS]
    assert len(at_hand) > 200
    assert [m.name for m in at_hand if m.name not in names.get(str(m.code), set())] == []


def test_every_medicine_that_follows_another_is_said_to_do_so_by_the_list() -> None:
    names = published_names()
    followers = {m for m in LIBRARY.medicines.values() if "the VMP that follows" in m.source}
    assert len(followers) == 6
    for medicine in followers:
        before = re.search(r"follows (\d+)", medicine.source)
        assert before is not None
        assert f"VMP subsequent to {before[1]}" in names[str(medicine.code)]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (MedicineClass.ICS_LABA, "opensafely-laba-ics-combination-inhaler.csv"),
        (MedicineClass.SABA, "opensafely-saba-inhaler-medications.csv"),
        (MedicineClass.LTRA, "opensafely-leukotriene-receptor-antagonist-medication.csv"),
        (MedicineClass.TRIPLE, "opensafely-laba-lama-ics-combination-inhaler.csv"),
        (MedicineClass.LABA, "opensafely-single-ingredient-laba-inhalers.csv"),
        (MedicineClass.LAMA, "opensafely-single-ingredient-lama-inhalers.csv"),
        (MedicineClass.ICS, "opensafely-asthma-inhaler-steroid-medication.csv"),
        (MedicineClass.ORAL_STEROID, "opensafely-asthma-oral-prednisolone-medication.csv"),
    ],
)
def test_a_medicine_that_a_public_class_list_holds_is_in_our_class(kind: MedicineClass, name: str) -> None:
    public = parse(name, True).terms
    ours = {code for code in LIBRARY.medicines if code in public}
    assert ours <= set(LIBRARY.codelist(kind))
    assert ours


def test_our_asthma_treatments_of_the_cluster_s_time_are_in_the_cluster() -> None:
    cluster = parse("opensafely-asthma-related-drug-treatment-codes.csv", True).terms
    ours = LIBRARY.codelist("asthma-treatment")
    assert len([code for code in ours if code in cluster]) / len(ours) > 0.8
