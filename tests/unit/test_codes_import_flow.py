"""A newer list replaces the one in force, every version stays, and a failed import changes nothing."""

import csv
from datetime import date
from pathlib import Path

import pytest

from imp2art.codes import versions
from imp2art.codes.identifiers import CodingSystem, SnomedCode
from imp2art.codes.library import read_library
from imp2art.core.refusal import Refusal
from imp2art.flows.import_codelist import ImportedList, StatedFacts, import_codelist

FACTS = StatedFacts("v1", "somewhere public", date(2026, 3, 31))
REVIEWS = "code,term\n394700004,Asthma annual review\n401182001,Asthma monitoring by nurse\n"
NEWER = "code,term\n394700004,Asthma annual review\n715191006,Telehealth asthma monitoring\n"


def bring(folder: Path, text: str, slug: str = "asthma-review", facts: StatedFacts = FACTS) -> ImportedList:
    path = folder / "published.csv"
    path.write_text(text)
    return import_codelist(path, slug, facts, folder / "codelists", may_shrink=True)


def test_half_a_list_is_not_taken_unasked(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_text(REVIEWS)
    with pytest.raises(Refusal, match=r"would drop 8 of the \d+ codes of asthma-review.*--accept"):
        import_codelist(path, "asthma-review", FACTS, tmp_path / "codelists")
    assert not (tmp_path / "codelists").exists()


def all_files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_imported_list_is_in_force(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    assert set(read_library(tmp_path / "codelists").codelist("asthma-review")) == {"394700004", "401182001"}


def test_a_list_that_waits_for_its_codes_is_filled_and_nothing_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_text("code,term\n715191006,Made up for a test\n")
    done = import_codelist(path, "suspected-asthma", FACTS, tmp_path / "codelists")
    assert (len(done.changes.added), len(done.changes.removed)) == (1, 0)
    library = read_library(tmp_path / "codelists")
    assert library.codelist("suspected-asthma").title == "Suspected asthma"
    assert "suspected-asthma" not in library.unfilled


def test_a_list_made_of_others_follows_the_slot_that_was_filled(tmp_path: Path) -> None:
    bring(tmp_path, "code,term\n715191006,Made up for a test\n", "feno")
    library = read_library(tmp_path / "codelists")
    assert SnomedCode("715191006") in library.codelist("asthma-test-adult")
    assert library.unfilled["asthma-test-adult"] == ("bronchial-challenge", "blood-eosinophils")


def test_the_other_lists_stay_as_they_are(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    changed = read_library(tmp_path / "codelists").digests()
    assert {slug for slug, digest in read_library().digests().items() if changed[slug] != digest} == {
        "asthma-review"
    }


def test_what_changed_is_reported(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    changes = bring(tmp_path, NEWER, facts=StatedFacts("v2", None, date(2026, 4, 30))).changes
    assert (set(changes.added), set(changes.removed), set(changes.kept)) == (
        {"715191006"},
        {"401182001"},
        {"394700004"},
    )


def test_every_version_is_kept(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    bring(tmp_path, NEWER, facts=StatedFacts("v2", None, date(2026, 4, 30)))
    assert all_files(tmp_path / "codelists") == {
        "asthma-review/manifest.toml",
        "asthma-review/v1.csv",
        "asthma-review/v2.csv",
    }


def test_an_older_version_can_come_back_into_force(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    bring(tmp_path, NEWER, facts=StatedFacts("v2", None, date(2026, 4, 30)))
    bring(tmp_path, REVIEWS)
    assert read_library(tmp_path / "codelists").codelist("asthma-review").provenance.version == "v1"


def test_the_list_says_where_it_came_from(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    provenance = read_library(tmp_path / "codelists").codelist("asthma-review").provenance
    assert (provenance.source, provenance.version, provenance.dated) == (
        "somewhere public",
        "v1",
        "2026-03-31",
    )


def test_without_a_version_the_file_s_digest_names_it(tmp_path: Path) -> None:
    done = bring(tmp_path, REVIEWS, facts=StatedFacts(None, None, date(2026, 3, 31)))
    assert len(done.codelist.provenance.version) == 12
    assert done.codelist.provenance.source == "file published.csv"


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    manifest = tmp_path / "codelists/asthma-review/manifest.toml"
    before = (manifest.read_bytes(), manifest.stat().st_mtime_ns)
    done = bring(tmp_path, REVIEWS, facts=StatedFacts("v2", None, date(2026, 4, 30)))
    assert not done.is_new
    assert (manifest.read_bytes(), manifest.stat().st_mtime_ns) == before


def test_read_codes_stay_when_snomed_codes_are_replaced(tmp_path: Path) -> None:
    bring(tmp_path, "code,term\n527171000000103,a\n", slug="asthma-plan")
    plan = read_library(tmp_path / "codelists").codelist("asthma-plan")
    assert {code.system for code in plan} == {CodingSystem.SNOMED, CodingSystem.READ_V2}
    assert [code for code in plan if code.system is CodingSystem.SNOMED] == ["527171000000103"]


def test_a_code_without_a_term_keeps_the_one_it_has(tmp_path: Path) -> None:
    done = bring(tmp_path, "code,term\n394700004,\n")
    assert done.codelist.terms[SnomedCode("394700004")] == "Asthma annual review"


def test_an_imported_class_changes_the_asthma_treatments(tmp_path: Path) -> None:
    bring(tmp_path, "type,id,nm\nvmp,39113611000001102,Salbutamol\n", slug="saba")
    library = read_library(tmp_path / "codelists")
    assert len(library.codelist("saba")) == 1
    assert len(read_library().codelist("asthma-treatment") - library.codelist("asthma-treatment")) == 35


def test_rejected_rows_are_listed_with_their_reason(tmp_path: Path) -> None:
    done = bring(tmp_path, REVIEWS + "394700005,damaged\n")
    assert done.rejects is not None
    with done.rejects.open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["row", "column", "reason"]
    assert rows[1][:2] == ["4", "code"]


def test_rejects_of_an_earlier_try_do_not_stay(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS + "394700005,damaged\n")
    done = bring(tmp_path, NEWER, facts=StatedFacts("v2", None, date(2026, 4, 30)))
    assert done.rejects is None
    assert not list((tmp_path / "codelists").rglob("*.rejects.csv"))


@pytest.mark.parametrize(
    ("slug", "text", "reason"),
    [
        ("nosuch", REVIEWS, "no codelist called 'nosuch'"),
        ("asthma-review", "code\n394700005\n", "none of its 1 rows"),
        ("asthma-review", "code,term\nJ45,Asthma\n", "ICD-10"),
        ("saba", REVIEWS, "holds no medicine"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(tmp_path: Path, slug: str, text: str, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        bring(tmp_path, text, slug)
    assert all_files(tmp_path) == {"published.csv"}


@pytest.mark.parametrize("version", ["../v1", "a/b", "v 1", "x" * 61, ".hidden"])
def test_a_version_that_is_no_file_name_is_refused(tmp_path: Path, version: str) -> None:
    with pytest.raises(Refusal, match="A version is up to 60 letters"):
        bring(tmp_path, REVIEWS, facts=StatedFacts(version, None, date(2026, 3, 31)))


def test_two_lists_cannot_have_the_same_version(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    with pytest.raises(Refusal, match="already kept, with other codes"):
        bring(tmp_path, NEWER)
    assert set(read_library(tmp_path / "codelists").codelist("asthma-review")) == {"394700004", "401182001"}


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        import_codelist(tmp_path / "no.csv", "asthma-review", FACTS, tmp_path / "codelists")


@pytest.mark.parametrize("at", ["v2.csv", "manifest.toml"])
def test_an_import_that_dies_between_two_writes_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    bring(tmp_path, REVIEWS)
    before = read_library(tmp_path / "codelists").digests()
    whole = versions.write_whole

    def dies(path: Path, content: bytes) -> None:
        if path.name == at:
            path.with_name(f".{path.name}.partial").write_bytes(content[:10])
            raise OSError("no space left on device")
        whole(path, content)

    monkeypatch.setattr(versions, "write_whole", dies)
    with pytest.raises(OSError, match="no space"):
        bring(tmp_path, NEWER, facts=StatedFacts("v2", None, date(2026, 4, 30)))
    monkeypatch.undo()
    assert read_library(tmp_path / "codelists").digests() == before
    bring(tmp_path, NEWER, facts=StatedFacts("v2", None, date(2026, 4, 30)))
    assert read_library(tmp_path / "codelists").codelist("asthma-review").provenance.version == "v2"


def test_a_damaged_version_is_refused_by_name(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    with (tmp_path / "codelists/asthma-review/v1.csv").open("a") as file:
        file.write("snomed,394720003,Asthma medication review\n")
    with pytest.raises(Refusal, match=r"v1\.csv is damaged or was changed by hand"):
        read_library(tmp_path / "codelists")


def test_a_manifest_in_the_wrong_folder_is_refused(tmp_path: Path) -> None:
    bring(tmp_path, REVIEWS)
    (tmp_path / "codelists/asthma-review").rename(tmp_path / "codelists/asthma-plan")
    with pytest.raises(Refusal, match="is not the manifest of asthma-plan"):
        read_library(tmp_path / "codelists")
