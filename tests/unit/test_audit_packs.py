"""Packs by nation and year; what lacks a list is named and never counted."""

from __future__ import annotations

import pytest

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.indicator import NATIONS
from imp2art.audit.packs import indicators_for, missing_lists, pack_of
from imp2art.codes.codelist import Codelist, Provenance
from imp2art.codes.identifiers import SnomedCode
from imp2art.codes.library import read_library
from imp2art.codes.slots import SLOTS
from imp2art.codes.versions import keep_version
from imp2art.core.refusal import Refusal

LIBRARY = read_library()


@pytest.mark.parametrize("nation", NATIONS)
def test_an_indicator_is_counted_or_named_as_not_configured(nation):
    ready, lacking = indicators_for(nation, LIBRARY)
    slugs = {indicator.slug for indicator in ready}
    assert not slugs & lacking.keys()
    assert slugs | lacking.keys() == set(pack_of(nation, "2026/27").slugs)


@pytest.mark.parametrize("nation", NATIONS)
def test_nothing_that_is_counted_reads_a_list_without_codes(nation):
    ready, _ = indicators_for(nation, LIBRARY)
    assert len(ready) >= 30
    assert all(len(LIBRARY.codelist(slug)) for indicator in ready for slug in indicator.codelists)


def test_what_lacks_a_list_says_which():
    _, lacking = indicators_for("England", LIBRARY)
    assert lacking["case-finding"] == ("suspected-asthma", "wheeze")
    assert lacking["suspected-unconfirmed"] == ("suspected-asthma",)


def test_a_list_made_of_others_lacks_what_they_lack():
    missing = missing_lists(INDICATORS["qof-ast012"], LIBRARY)
    assert missing == (
        "blood-eosinophils",
        "bronchial-challenge",
        "feno",
        "house-dust-mite-test",
        "total-ige",
    )


def test_an_indicator_counts_once_its_lists_are_imported(tmp_path):
    provenance = Provenance("made up for a test", "1", "2026-11-01", "F")
    for slug in SLOTS:
        keep_version(tmp_path, Codelist(slug, slug, {SnomedCode("195967001"): "Asthma"}, provenance))
    ready, lacking = indicators_for("England", read_library(tmp_path))
    assert lacking == {}
    assert [indicator.slug for indicator in ready] == list(pack_of("England", "2026/27").slugs)


def test_only_england_has_what_its_contract_asks():
    assert "qof-ast007" in pack_of("England", "2025/26").slugs
    for nation in NATIONS[1:]:
        assert not [slug for slug in pack_of(nation, "2025/26").slugs if slug.startswith("qof-")]


def test_a_pack_says_its_name_and_each_rule_s_version():
    pack = pack_of("England", "2025/26")
    assert pack.name == "England 2025/26"
    versions = {rule.slug: rule.version for rule in pack.rules}
    assert versions["qof-ast007"].startswith("AST007")
    later = {rule.slug: rule.version for rule in pack_of("England", "2026/27").rules}
    assert later["qof-ast007"].startswith("AST015")


def test_a_pack_s_digest_tells_its_rules_its_year_and_its_nation():
    packs = [pack_of(nation, year) for nation in NATIONS for year in ("2024/25", "2025/26", "2026/27")]
    assert len({pack.digest for pack in packs}) == len(packs)
    assert pack_of("Wales", "2025/26").digest == pack_of("Wales", "2025/26").digest
    assert {rule.digest for rule in packs[0].rules} <= {each.digest for each in INDICATORS.values()}


def test_a_nation_is_known_by_its_name_and_as_an_extract_writes_it():
    assert pack_of("northern-ireland", "2025/26") == pack_of("Northern Ireland", "2025/26")
    assert indicators_for("england", LIBRARY) == indicators_for("England", LIBRARY)


@pytest.mark.parametrize("nation", ["England ", "Cornwall", ""])
def test_an_unknown_nation_is_refused_with_the_known_ones(nation):
    with pytest.raises(Refusal, match="England, Scotland, Wales, Northern Ireland"):
        indicators_for(nation, LIBRARY)


@pytest.mark.parametrize("year", ["2025", "2025/27", "25/26", "2025/26 ", "1999/00"])
def test_a_year_that_is_none_is_refused(year):
    with pytest.raises(Refusal, match="write it as 2025/26"):
        pack_of("England", year)
