"""Every indicator is one file of its own name, with its words beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from imp2art.audit import definitions
from imp2art.audit.definitions import CODELISTS, INDICATORS
from imp2art.audit.indicator import NATIONS, Direction, Topic
from imp2art.audit.reports.report import Fact, FactCode, Verdict
from imp2art.documents.evidence import evidence_of, read_evidence
from imp2art.documents.report_words import fact_in_words
from imp2art.documents.words import phrase, read_book
from tests.audit_people import LIBRARY
from tests.reading_age import grade, longest_sentence

FILES = {path.stem for path in Path(definitions.__file__).parent.glob("*.py")} - {"__init__"}
BOOK = read_book("indicators").phrases
WORDS = ("title", "count", "why", "do", "rule", "source")


def test_file_is_slug():
    assert {slug.replace("-", "_") for slug in INDICATORS} == FILES


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_indicator_has_its_words(slug):
    assert {f"{slug}-{part}" for part in WORDS} <= BOOK.keys()
    assert BOOK[f"{slug}-count"].slots == {"numerator", "count"}


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_count_of_one_person_has_a_singular_form(slug):
    told = phrase("indicators", f"{slug}-count", numerator="0", count=1)
    assert "1 person" in told or "1 child " in told


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_indicator_says_why_it_matters_by_evidence_that_is_there(slug):
    assert INDICATORS[slug].evidence
    assert len(evidence_of(INDICATORS[slug].evidence)) == len(set(INDICATORS[slug].evidence))


def test_no_evidence_is_left_that_no_indicator_names():
    named = {each for indicator in INDICATORS.values() for each in indicator.evidence}
    assert read_evidence().keys() == named


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_indicator_has_a_direction_a_topic_and_nations(slug):
    indicator = INDICATORS[slug]
    assert isinstance(indicator.direction, Direction)
    assert isinstance(indicator.topic, Topic)
    assert set(indicator.nations) <= set(NATIONS)
    assert indicator.nations


def test_what_the_contract_of_england_asks_is_in_the_pack_of_england_alone():
    of_england = {slug for slug, each in INDICATORS.items() if each.nations == ("England",)}
    assert of_england == {slug for slug in INDICATORS if slug.startswith("qof-")}


def test_there_are_thirty_indicators_and_more_and_each_topic_has_its_own():
    assert len(INDICATORS) >= 30
    assert {indicator.topic for indicator in INDICATORS.values()} == set(Topic)


def test_an_indicator_stands_among_those_of_its_topic():
    topics = [indicator.topic for indicator in INDICATORS.values()]
    changes = [topic for place, topic in enumerate(topics) if topics[place - 1 : place] != [topic]]
    assert len(changes) == len(set(changes))


# What a rule's sentence may only say where the rule reads one of these lists.
SAID_OF = {
    "action plan": {"asthma-plan"},
    "self-management plan": {"plan-agreed"},
    "steroid tablets": {"oral-steroid"},
    "oral steroids": {"oral-steroid"},
    "asthma review": {"asthma-review"},
    "invit": {"invitation"},
    "technique": {"technique-observed"},
    "three questions": {"rcp3q-score", "control-score"},
    "ACT": {"act-score", "control-score"},
    "number of attacks": {"exacerbation-count", "attack-coded"},
    "emergency": {"attack-coded", "emergency-admission", "emergency-attendance"},
    "short-acting reliever": {"saba"},
    "long-acting reliever": {"laba"},
    "inhaled steroid": {"ics"},
    "salbutamol": {"salbutamol-carbon-known"},
    "beta-blocker": {"beta-blocker-non-selective"},
    "smoke": {"smoking-current"},
    "montelukast": {"ltra"},
    "theophylline": {"theophylline"},
    "exhaled nitric oxide": {"asthma-test-adult"},
    "suspected": {"suspected-asthma"},
    "wheeze": {"wheeze"},
    "education": {"self-management-education"},
    "declined monitoring": {"monitoring-declined"},
    "dissented": {"informed-dissent"},
    "resolved": {"asthma-resolved"},
}


@pytest.mark.parametrize("said", SAID_OF)
def test_a_rule_names_nothing_that_it_does_not_read(said):
    for slug, indicator in INDICATORS.items():
        if said in BOOK[f"{slug}-rule"].text:
            assert SAID_OF[said] & indicator.codelists, slug
    assert any(said in BOOK[f"{slug}-rule"].text for slug in INDICATORS)


@pytest.mark.parametrize("slug", INDICATORS)
def test_no_words_are_too_long_to_be_read(slug):
    assert len(BOOK[f"{slug}-title"].text) <= 45
    assert len(BOOK[f"{slug}-do"].text) <= 160
    assert len(BOOK[f"{slug}-why"].text) <= 260
    assert grade(BOOK[f"{slug}-do"].text) <= 10
    assert longest_sentence(BOOK[f"{slug}-do"].text) <= 25


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


LED_BY = {
    FactCode.WITHOUT_AFTER_ATTACK: ("plan-after-attack",),
    FactCode.START_WITH: ("plan-12-months", "plan-after-attack"),
    FactCode.COUNTED: ("asthma-register",),
    FactCode.ARE_BETTER: ("",),
    FactCode.ARE_WORSE: ("",),
}


@pytest.mark.parametrize("code", FactCode)
@pytest.mark.parametrize("number", [0, 1, 12])
def test_every_headline_fact_has_its_sentence(code, number):
    for slug in LED_BY.get(code, ("plan-12-months",)):
        sentence = fact_in_words(Fact(code, slug, number, date(2026, 4, 30)))
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_no_words_are_left_of_an_indicator_that_is_gone():
    titles = {slug.removesuffix("-title") for slug in BOOK if slug.endswith("-title")} - {"report"}
    assert titles == set(INDICATORS)


def test_a_changed_rule_has_another_digest():
    digests = {indicator.digest for indicator in INDICATORS.values()}
    assert len(digests) == len(INDICATORS)
