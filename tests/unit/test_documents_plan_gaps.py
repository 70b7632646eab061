"""Every gap that the check of a plan can find has its words."""

import re
from pathlib import Path

import imp2art.asthma
from imp2art.asthma.action_plan import missing, unsafe
from imp2art.documents.plan_gaps import BOOK, gap_in_words
from imp2art.documents.words import has_phrase

RULES = Path(imp2art.asthma.__file__).parent
NAMED = re.compile(r'\b(missing|unsafe)\("([a-z0-9-]+)"')


def test_every_gap_that_a_rule_names_has_words() -> None:
    named = {gap for rule in RULES.glob("plan_*.py") for gap in NAMED.findall(rule.read_text())}
    assert len(named) > 40
    assert [f"{why}-{slug}" for why, slug in sorted(named) if not has_phrase(BOOK, f"{why}-{slug}")] == []


def test_a_gap_says_its_action_point() -> None:
    assert gap_in_words(missing("point-dose", 2)) == "action point 2: the dose is missing"


def test_a_gap_of_the_whole_plan_says_no_point() -> None:
    assert gap_in_words(unsafe("air-under-12")) == "AIR is for people of 12 and over"
