"""Every indicator is one file of its own name, with its words beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from imp2art.audit import definitions
from imp2art.audit.definitions import CODELISTS, INDICATORS
from imp2art.audit.indicator import Direction
from imp2art.audit.report import FactCode, Verdict
from imp2art.documents.words import phrase, read_book
from tests.audit_people import LIBRARY

FILES = {path.stem for path in Path(definitions.__file__).parent.glob("*.py")} - {"__init__"}
BOOK = read_book("indicators").phrases
WORDS = ("title", "count", "why", "do", "rule", "source")


def test_file_is_slug():
    assert {slug.replace("-", "_") for slug in INDICATORS} == FILES


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_indicator_has_its_words(slug):
    assert {f"{slug}-{part}" for part in WORDS} <= BOOK.keys()
    assert BOOK[f"{slug}-count"].slots == {"numerator", "denominator"}


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_clause_has_its_words_and_a_name_of_its_own(slug):
    names = [clause.name for clause in INDICATORS[slug].clauses]
    assert len(set(names)) == len(names)
    assert {f"clause-{name}" for name in names} <= BOOK.keys()


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_rule_names_a_source_that_is_not_memory(slug):
    source = INDICATORS[slug].source
    assert source.name
    assert source.dated
    assert source.tag in {"F", "F2", "C"}


def test_every_codelist_is_in_the_library():
    assert set(CODELISTS) <= set(LIBRARY.slugs)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_sentence(verdict):
    assert phrase("indicators", f"verdict-{verdict}")


@pytest.mark.parametrize("direction", Direction)
def test_every_direction_has_its_words(direction):
    assert phrase("indicators", f"direction-{direction}")


@pytest.mark.parametrize("code", [code for code in FactCode if code is not FactCode.WITHOUT_AFTER_ATTACK])
def test_every_headline_fact_has_its_sentence(code):
    assert f"plan-12-months-fact-{code}" in BOOK


def test_no_words_are_left_of_an_indicator_that_is_gone():
    titles = {slug.removesuffix("-title") for slug in BOOK if slug.endswith("-title")} - {"report"}
    assert titles == set(INDICATORS)


def test_a_changed_rule_has_another_digest():
    digests = {indicator.digest for indicator in INDICATORS.values()}
    assert len(digests) == len(INDICATORS)
