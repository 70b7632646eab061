"""A manifest is read back as it was written, and a wrong one is refused."""

from dataclasses import replace

import pytest

from imp2art.codes.manifest import ListEntry, manifest_text, parse_manifest
from imp2art.core.refusal import Refusal

ENTRY = ListEntry("saba", "Reliever", 'a "source"; é\n', "v1", "2025-01-01", "F", "v1.csv", "sha256:0")


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    entries = (ENTRY, replace(ENTRY, slug="ics", source="back\\slash"))
    assert parse_manifest(manifest_text(entries), "manifest.toml") == entries


def test_no_entry_is_an_empty_manifest() -> None:
    assert parse_manifest("", "manifest.toml") == ()


@pytest.mark.parametrize("text", ["[[list]", "[[list]]\nslug = 'a'", "list = 3", "[[list]]\nnothing = 1"])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is not a manifest of codelists"):
        parse_manifest(text, "manifest.toml")


@pytest.mark.parametrize("tag", ["M", "", "X"])
def test_a_list_without_a_trusted_source_is_refused(tag: str) -> None:
    with pytest.raises(Refusal, match="Only a list with a source"):
        parse_manifest(manifest_text((replace(ENTRY, tag=tag),)), "manifest.toml")


@pytest.mark.parametrize(
    "change", [{"file": "../v1.csv"}, {"file": "v1.txt"}, {"slug": "../saba"}, {"slug": ""}]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="not allowed"):
        parse_manifest(manifest_text((replace(ENTRY, **change),)), "manifest.toml")


def test_a_number_where_text_belongs_is_refused() -> None:
    text = manifest_text((ENTRY,)).replace('version = "v1"', "version = 1")
    with pytest.raises(Refusal, match="text in quotes"):
        parse_manifest(text, "manifest.toml")
